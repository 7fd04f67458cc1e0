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
  /** The name that they have on this server alone, if they have one. */
  readonly nickname?: string | undefined;
  /** The unique handle without `@`, where the platform has one. */
  readonly username?: string;
  readonly isBot: boolean;
  /** BCP 47 tag, where the platform tells it. */
  readonly language?: string;
  /** When the account was made, in milliseconds since the epoch, where the platform tells it. */
  readonly createdAt?: number;
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
  /** When the person came to the server, in milliseconds since the epoch. */
  readonly joinedAt?: number;
}

/** A file, picture or recording that came with a message. */
export interface Attachment {
  readonly id: string;
  /** The file's name, or what it is where it has none: `photo`. */
  readonly name: string;
  /** Where people can open it. */
  readonly url?: string;
  /** MIME type. */
  readonly contentType?: string;
  /** In bytes. */
  readonly size?: number;
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
  /** Absent: it could not be told whether there are any. */
  readonly attachments?: readonly Attachment[];
  /**
   * Addresses that it leads to as the platform marked them, also where the text shows other words. Where the platform marks
   * none, they are looked for in the text.
   */
  readonly links?: readonly string[];
  /** Usernames that the text mentions where the platform does not say whose they are; `entities` has the others. */
  readonly usernames?: readonly string[];
  /** What was passed on with it, in somebody else's words, where that is not part of the text. */
  readonly forwarded?: string;
  /** The address at which people find the message again. */
  readonly link?: string;
}

/** One option as the platform sent it, before it is checked against its declaration. */
export type RawOption =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean"; readonly boolean: boolean }
  | { readonly kind: "person"; readonly person: Person }
  | { readonly kind: "role"; readonly role: Role }
  | { readonly kind: "channel"; readonly channel: Channel }
  | { readonly kind: "attachment"; readonly attachment: Attachment };

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
  /** How many runs of rules led to it, one causing the next; none, if left out. */
  readonly depth?: number;
  /** The key of the event with which it all began, where rules caused it. */
  readonly cause?: string;
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

/** A choice in a menu that this bot sent; `menu` is the key it was sent with, `picked` the values chosen. */
export interface MenuEvent extends EventBase {
  readonly kind: "menu";
  readonly menu: string;
  readonly picked: readonly string[];
  readonly messageId?: string;
}

/** A form of the platform's own that was filled in; `form` is the key it was opened with. */
export interface FormEvent extends EventBase {
  readonly kind: "form";
  readonly form: string;
  /** By the fields' names, as typed. */
  readonly values: Readonly<Record<string, string>>;
}

/** `message` is what it says now. Edits by the platform itself (a preview that appears) are left out. */
export interface MessageEditedEvent extends EventBase {
  readonly kind: "message_edited";
  readonly message: MessageContent;
}

/** `user` is the author; deletions of messages that the adapter no longer knows are left out. */
export interface MessageDeletedEvent extends EventBase {
  readonly kind: "message_deleted";
  readonly message: MessageContent;
}

/** `user` is who reacted. */
export interface ReactionEvent extends EventBase {
  readonly kind: "reaction_added" | "reaction_removed";
  /** As a file writes it: the character itself, or the name of an emoji of the server's own. */
  readonly emoji: string;
  readonly messageId: string;
  /** Who wrote the message reacted to, where the platform sent it along. */
  readonly author?: Person;
}

export interface MemberEvent extends EventBase {
  readonly kind: "member_joined" | "member_left";
}

/** `user` is who has got or lost the role. */
export interface RoleEvent extends EventBase {
  readonly kind: "role_added" | "role_removed";
  readonly role: Role;
}

/** `channel` is the thread, `user` who began it. */
export interface ThreadEvent extends EventBase {
  readonly kind: "thread_created";
}

/** `channel` is the voice channel. */
export interface VoiceEvent extends EventBase {
  readonly kind: "voice_joined" | "voice_left";
}

/** The clock reached a moment of a schedule, which `at` is; `user` is the bot itself, and there is nobody to answer. */
export interface ScheduleEvent extends EventBase {
  readonly kind: "schedule";
  readonly schedule: string;
}

/** The bot has started; `user` is the bot itself. */
export interface StartupEvent extends EventBase {
  readonly kind: "startup";
}

/** Somebody called an address of this bot; `user` is the bot itself. */
export interface WebhookEvent extends EventBase {
  readonly kind: "webhook";
  readonly webhook: string;
  readonly body: Json;
}

/** `emit` was used: rules listen for it by its name. `user` is who caused the run that emitted it. */
export interface CustomEvent extends EventBase {
  readonly kind: "custom_event";
  readonly name: string;
  readonly values: Readonly<Record<string, Json>>;
}

/** `user` was warned by `by`. */
export interface WarnedEvent extends EventBase {
  readonly kind: "warned";
  readonly by: Person;
  /** When each of the person's warnings that count was given, this one included. Milliseconds since the epoch. */
  readonly warnedAt: readonly number[];
  readonly reason: string;
}

/** Somebody who may has pressed a button of this file: a press as rules hear it. */
export interface PressedEvent extends EventBase {
  readonly kind: "pressed";
  readonly label: string;
  /** The message that carries the button. */
  readonly messageId?: string;
}

/** Somebody who may has picked in a menu of this file. */
export interface PickedEvent extends EventBase {
  readonly kind: "picked";
  /** What stands in the menu while nothing is picked; "" for none. */
  readonly menu: string;
  readonly picked: readonly string[];
  readonly messageId?: string;
}

/** A form of this file is filled in, and what is in it fits. */
export interface SubmittedEvent extends EventBase {
  readonly kind: "submitted";
  readonly title: string;
  /** By the fields' names, as they are kept. */
  readonly answers: Readonly<Record<string, Json>>;
}

/** A number under `data` went from `before` to `after`; `user` is whose it is. */
export interface DataChangedEvent extends EventBase {
  readonly kind: "data_changed";
  readonly data: string;
  readonly before: number;
  readonly after: number;
}

export type BotEvent =
  | MessageEvent
  | CommandEvent
  | ButtonEvent
  | MenuEvent
  | FormEvent
  | MessageEditedEvent
  | MessageDeletedEvent
  | ReactionEvent
  | MemberEvent
  | RoleEvent
  | ThreadEvent
  | VoiceEvent
  | ScheduleEvent
  | StartupEvent
  | WebhookEvent
  | CustomEvent
  | WarnedEvent
  | DataChangedEvent
  | PressedEvent
  | PickedEvent
  | SubmittedEvent;

/**
 * What an action causes, for rules to listen to. It happens where the run's own event did, and to the same person unless
 * another one is named.
 */
export type RaisedEvent =
  | Caused<PressedEvent>
  | Caused<PickedEvent>
  | Caused<SubmittedEvent>
  | Caused<WarnedEvent>
  | Caused<DataChangedEvent>
  | Caused<CustomEvent>;
type Caused<Event extends BotEvent> = Omit<Event, keyof EventBase> & { readonly user?: Person };

/** Where an event leads: adapters hand every event over here and wait, so that back-pressure and closing work. */
export interface EventSink {
  /**
   * Resolves when the event is fully handled; undefined where it is already, because nothing in the file hears it. Never
   * rejects: errors inside actions are caught, logged and audited.
   */
  handle(event: BotEvent): Promise<void> | undefined;
  /**
   * Resolves when the stored work that is due now is done too: what was begun side by side, or follows an answer. For a
   * terminal of pipes, where the next line comes at once.
   */
  caughtUp(): Promise<void>;
}
