import type { Right } from "./right.ts";

/** Anything that survives `JSON.stringify` and back unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Role {
  readonly id: string;
  readonly name: string;
}

/** A person as one platform knows them; `id` never changes, names may. */
export interface Person {
  readonly platform: string;
  readonly id: string;
  /** What people call them here: nickname, else display name, else username. */
  readonly name: string;
  /** The unique handle without `@`, where the platform has one. */
  readonly username?: string;
  readonly isBot: boolean;
  /** BCP 47 tag, where the platform tells it. */
  readonly language?: string;
}

/** Guild, group chat or workspace. */
export interface Server {
  readonly id: string;
  readonly name: string;
}

/** Channel, chat or topic, conversation. `direct` is a private conversation with one person. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly direct: boolean;
}

/**
 * What somebody may do in a server, as the platform says it now. `undefined` members mean "could not be told", which the
 * engine treats as no.
 */
export interface Standing {
  readonly rights?: ReadonlySet<Right>;
  readonly roles?: readonly Role[];
  /** Higher outranks lower; equal outranks nobody. Only comparable within one server. */
  readonly rank?: number;
  readonly owner: boolean;
}

/** A mention inside a text: UTF-16 offsets into that text. */
export interface TextEntity {
  readonly offset: number;
  readonly length: number;
  readonly kind: "user" | "role" | "channel";
  readonly id: string;
  readonly name: string;
  /** The mentioned person, where the platform sent them along. */
  readonly person?: Person;
}

export interface MessageContent {
  readonly id: string;
  /** Plain text; mentions appear as readable names and are described by `entities`. */
  readonly text: string;
  readonly entities: readonly TextEntity[];
  /** The author of the message this one answers. */
  readonly repliedTo?: { readonly messageId: string; readonly author?: Person };
}

/** One option as the platform sent it, before it is checked against its declaration. */
export type RawOption =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean"; readonly boolean: boolean }
  | { readonly kind: "person"; readonly person: Person }
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "channel"; readonly channel: Channel };

/** Somebody calls a command: filled-in options (slash) or text to be read by the option declarations. */
export interface CommandCall {
  readonly name: string;
  /** True when the call can only be meant for this bot, so that an unknown name deserves an answer. */
  readonly addressed: boolean;
  readonly input:
    | { readonly kind: "options"; readonly options: Readonly<Record<string, RawOption>> }
    | { readonly kind: "text"; readonly text: string; readonly entities: readonly TextEntity[] };
}

interface EventBase {
  /** Idempotency key: the same on every redelivery of the same happening, unique within the platform. */
  readonly key: string;
  readonly platform: string;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  readonly server?: Server;
  readonly channel?: Channel;
  readonly user: Person;
  /** The person's standing, where the platform sent it with the event (saves a call). */
  readonly standing?: Standing;
  /**
   * Where an answer goes, in the adapter's own words (chat and message ids, an interaction token). It is stored with a
   * suspended run and given back to the adapter after a restart, so it is plain JSON.
   */
  readonly origin: Json;
}

/** A message; `call` is there when it also reads as a command (prefix, mention, `/name`). */
export interface MessageEvent extends EventBase {
  readonly kind: "message";
  readonly message: MessageContent;
  readonly call?: CommandCall;
}

/** A command that is not also a message: a slash command. */
export interface CommandEvent extends EventBase {
  readonly kind: "command";
  readonly call: CommandCall;
}

/** A press on a button that this bot sent; `button` is the key it was sent with. */
export interface ButtonEvent extends EventBase {
  readonly kind: "button";
  readonly button: string;
  /** The message that carries the button. */
  readonly messageId?: string;
}

export interface MemberJoinedEvent extends EventBase {
  readonly kind: "member_joined";
}

export type BotEvent = MessageEvent | CommandEvent | ButtonEvent | MemberJoinedEvent;

/** Where an event leads: adapters hand every event over here and wait, so that back-pressure and closing work. */
export interface EventSink {
  /** Resolves when the event is fully handled. Never rejects: errors inside actions are caught, logged and audited. */
  handle(event: BotEvent): Promise<void>;
}
