import type { RichText } from "../../language/rich-text.ts";
import type { Value } from "../../language/values.ts";
import type { Sentence } from "../../sentences/sentence.ts";
import type { Control } from "../control.ts";
import type { BotEvent, Json, MessageContent, Person, RaisedEvent } from "../event.ts";
import type { Arguments } from "../fields.ts";
import type { Logger } from "../logger.ts";
import type { OutForm, OutMenu, OutMessage, SentMessage } from "../message.ts";
import type { Actor } from "../permission.ts";
import type { CommandOptionForm, PlatformDefinition, PlatformPort } from "../platform.ts";
import type { Capability } from "../right.ts";
import type { WarningStore } from "../store.ts";
import type { Web } from "../web.ts";
import type { DataAccess } from "./data-access.ts";
import type { Outcome } from "./outcome.ts";
import type { ValueMakers } from "./shared.ts";

/** What the actions of one run are handed. Methods are called on it, not taken out of it. */
export interface ActionContext {
  readonly event: BotEvent;
  /** The platform the event came from. */
  readonly platform: PlatformPort;
  readonly now: number;
  readonly log: Logger;
  readonly data: DataAccess;
  readonly warnings: Omit<WarningStore, "page" | "restore">;
  /** What was done about somebody in this server, the latest first. */
  moderationOf(person: Person, most: number): Promise<readonly ModerationCase[]>;
  readonly web: Web;
  /** The rule's name as people know it. */
  readonly rule: string;
  /** The port of another platform of this bot; undefined when it is not running. */
  port(platform: string): PlatformPort | undefined;
  /** Answers the event; the first answer of a slash command goes to its interaction. */
  reply(message: OutMessage): Promise<SentMessage>;
  /** Turns written buttons into sendable ones, stored durably before the message goes out. */
  buttons(written: readonly WrittenButton[]): Promise<OutMessage["buttons"]>;
  /** The same for a menu under a message. */
  menu(written: WrittenMenu, message: OutMessage): Promise<OutMenu>;
  /** Reads a file of the project's folder. @throws Error with a sentence for the people who run the bot. */
  readFile(path: string, limit: number): Promise<Uint8Array>;
  later(job: LaterJob): Promise<void>;
  cancelLater(key: string): Promise<void>;
  /** The id of a new wait. Presses on keys that begin with it are kept until this action has ended. */
  newWait(): string;
  /** Reads what somebody wrote as a value of a type. @returns a sentence where it is none. */
  read(
    type: AnswerType,
    given: Pick<MessageContent, "text" | "entities">,
  ): Promise<{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Sentence }>;
  /** Opens a form for whoever caused the event. @returns false where none can be opened from there. */
  openForm(form: OutForm): Promise<boolean>;
  /** Whether a platform (the event's, if left out) can do something. */
  can(capability: Capability, platform?: string): boolean;
  /** The limits of a platform; the event's, if left out. */
  limits(platform?: string): PlatformDefinition["limits"];
  /** A sentence as the person who caused this reads it; as `person` does, where one is given. */
  say(sentence: Sentence, person?: Person): RichText;
  /** The bot's language, as a BCP 47 tag. */
  readonly language: string;
  /** People and places as save_as keeps them. */
  readonly make: ValueMakers;
  /** Takes the command's use of its rate limit back: what it asked for is not done. */
  giveBack(): Promise<void>;
  /** Does another action as if it stood in the file, with its own checks of rank and rights and its own audit rows. */
  act(action: string, args: Readonly<Record<string, unknown>>): Promise<Outcome>;
  /** Lets something happen that rules listen for: it is handled when this run has ended, or waits. */
  raise(event: RaisedEvent): void;
  /** What may be asked of the bot itself. */
  readonly control: Control;
  /** Writes a row of the file's own into the audit log. */
  audit(text: string): Promise<void>;
  /** Marks the event's message as deleted, so that the command in it does not run. */
  cancelCommand(): void;
  random(): number;
}

/** What an answer must be: as an option of a command, without a name. */
export type AnswerType = Omit<CommandOptionForm, "name" | "description" | "required">;

/** One moderation action that was done, as the audit log holds it. */
export interface ModerationCase {
  /** Counts up through the whole audit log. */
  readonly number: number;
  /** The word: `warn`, `mute`. */
  readonly what: string;
  /** Name of who did it; the bot itself where a rule did. */
  readonly by: string;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type WrittenButton = Arguments<typeof import("../buttons.ts").buttonFields> & { readonly index: number };
/** As it stands in the file, with its place among the buttons and menus of the action. */
export interface WrittenMenu {
  readonly index: number;
  readonly shown: Omit<Arguments<typeof import("../buttons.ts").menuFields>, "do" | "allow">;
  /** It is meant to stand there for years. */
  readonly forGood?: true;
}

/** What `answered` is handed: `event` is still what began the run. */
export interface AnswerContext extends ActionContext {
  /** Who answers. */
  readonly answerer: Actor;
  /** The same on every redelivery of the same answer. */
  readonly answerKey: string;
  /** Tells whoever answers, seen by nobody else where the platform can do that. */
  tell(sentence: Sentence): Promise<void>;
}

/** A later piece of work of a word: survives restarts, runs once, late ones run on start. */
export interface LaterJob {
  /** Replaces an earlier job of the same key: `unmute:<server>:<user>`. */
  readonly key: string;
  readonly at: number;
  /** Handed back to the word's `later`. */
  readonly payload: Json;
  /** Where it is done; on the event's platform, if left out. */
  readonly platform?: string;
}

/** What a later piece of work is handed: no person caused it just now. */
export interface LaterContext {
  readonly platform: PlatformPort;
  readonly now: number;
  readonly log: Logger;
  readonly warnings: Omit<WarningStore, "page" | "restore">;
  later(job: LaterJob): Promise<void>;
  /** Writes an audit row for a moderation action done by the clock: intent before, outcome after. */
  audited(
    what: { action: string; serverId: string; target: { id: string; name: string }; reason?: string },
    call: () => Promise<void>,
  ): Promise<void>;
}
