/**
 * Words: actions, conditions and triggers. One file per word; the file's name is the word in YAML. Schema, canonical
 * form, reference, completion, capability and rights checks come from these definitions alone.
 */

import type { RichText } from "../language/rich-text.ts";
import type { ObjectType, ValueType } from "../language/types.ts";
import type { Env, Value, Values } from "../language/values.ts";
import type { Sentence } from "../sentences/sentence.ts";
import type { CanonicalArguments, CanonicalDatum, CanonicalValue } from "./canonical.ts";
import type { Control } from "./control.ts";
import type { BotEvent, Channel, Json, MessageContent, Person, RaisedEvent, Role, Standing } from "./event.ts";
import type { Arguments, Block, Fields } from "./fields.ts";
import type { Logger } from "./logger.ts";
import type { OutForm, OutMenu, OutMessage, SentMessage } from "./message.ts";
import type { Actor, NamedId, Truth } from "./permission.ts";
import type { CommandOptionForm, PlatformDefinition, PlatformPort } from "./platform.ts";
import type { Capability, Feed, Right } from "./right.ts";
import type { WarningStore } from "./store.ts";
import type { Web } from "./web.ts";

/** An example of a word: YAML of one action, condition or trigger, run by the tests. */
export interface Example {
  readonly about: string;
  readonly yaml: string;
}

interface Word {
  /** What people call it who do not know its name yet. */
  readonly aka?: readonly string[];
  readonly summary: string;
  readonly examples: readonly Example[];
}

/** How an action ended. A thrown error means *failed*. */
export type Outcome =
  | { readonly end: "done"; readonly value?: Value }
  /** Refused, declined, unanswered: `else` runs; without `else` the person is told `reason`, and the run ends. */
  | { readonly end: "not_done"; readonly reason: Sentence }
  /** There was nothing to do, as with an `if` that is false: `else` runs; without `else` the run goes on. */
  | { readonly end: "skip" }
  /** Goes into one of the action's own blocks, then on; with `loop` once for each item, one after the other. */
  | { readonly end: "enter"; readonly block: Block; readonly loop?: Loop }
  /**
   * Does several of the action's own blocks side by side and goes on when the last has ended. One that ends early, is
   * refused or fails does not end the others.
   */
  | { readonly end: "fork"; readonly branches: readonly Branch[] }
  /** Goes through a block of the file, which has options and saved values of its own, then on. */
  | { readonly end: "call"; readonly block: string; readonly options: Readonly<Record<string, Value>> }
  /** Stores the run until that moment (milliseconds since the epoch), then goes on after this action. */
  | { readonly end: "suspend"; readonly until: number }
  /** Stores the run until somebody answers or the time is over: the word's `answered` and `unanswered` say how it ends. */
  | { readonly end: "await"; readonly wait: Wait }
  | { readonly end: "stop"; readonly event: boolean };

/** A block done once for each item. */
export interface Loop {
  readonly items: readonly Value[];
  /** The variable that holds the item. */
  readonly as?: string;
}

/** One of several blocks done side by side, with what its variable `as` holds. */
export interface Branch {
  readonly block: Block;
  readonly as?: string;
  readonly item?: Value;
}

export const done: Outcome = { end: "done" };
export const doneWith = (value: Value): Outcome => ({ end: "done", value });
export const notDone = (reason: Sentence): Outcome => ({ end: "not_done", reason });

/** What a run waits for: presses and forms whose keys begin with its id, and messages where it says whose. */
export interface Wait {
  /** Of `context.newWait`. */
  readonly id: string;
  /** When the time is over, in milliseconds since the epoch. */
  readonly until: number;
  /** Whose messages in which channel are answers; nobody's, if left out. */
  readonly message?: AwaitedMessage;
  /** What the word remembers, handed back with the answer. */
  readonly state: Json;
}

export interface AwaitedMessage {
  readonly platform: string;
  readonly channelId: string;
  /** Left out: anybody's. */
  readonly personId?: string;
  /** The message that asks: an answer that replies to it is meant for it, however many questions are open. */
  readonly questionId?: string;
}

/** What somebody answered. */
export type Answer =
  | { readonly kind: "message"; readonly message: MessageContent }
  /** `choice` is what stands behind the wait's id and a full stop in the key; `picked` comes with menus. */
  | {
      readonly kind: "press";
      readonly choice: string;
      readonly picked?: readonly string[];
      /** The message that carries it. */
      readonly messageId?: string;
    }
  | { readonly kind: "form"; readonly values: Readonly<Record<string, string>> };

/** What an answer means. */
export type Answered =
  | Extract<Outcome, { readonly end: "done" | "not_done" }>
  /** The run goes on waiting; what is left out stays as it was. */
  | { readonly end: "wait"; readonly state?: Json; readonly until?: number; readonly message?: AwaitedMessage };

/** A change of declared data: its value afterwards, or a sentence saying why it was not made. */
export type Change = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Sentence };

/** One place in a ranking; who share a value share a place. */
export interface RankedValue {
  readonly place: number;
  readonly value: Value;
  /** The person, or, where each channel has its own value, the channel. */
  readonly user?: Value;
  readonly channel?: Value;
}

/**
 * Reading and changing declared data. Every change is one atomic statement or transaction in the storage. `of` is whose it
 * is, where everybody has their own; the person who caused the event, if undefined.
 */
export interface DataAccess {
  /** Stores `value` after bounds were checked. @returns a sentence when the value does not fit the declaration. */
  set(name: string, of: Person | undefined, value: Value): Promise<Sentence | undefined>;
  /** Adds `by` (may be negative) within the declared bounds. */
  add(name: string, of: Person | undefined, by: number): Promise<Change>;
  /** Puts an entry at the end of a list. The change's value is how many there are now. */
  append(name: string, of: Person | undefined, entry: Value): Promise<Change>;
  /** Takes the first entry out of a list that equals a value, or the one at a position (from 1, from the end below 0). */
  remove(
    name: string,
    of: Person | undefined,
    which: { readonly value: Value } | { readonly position: number },
  ): Promise<Change>;
  /** Forgets the value, so that it is the default again. */
  clear(name: string, of: Person | undefined): Promise<void>;
  /** Moves a part of a number from one person to another, wholly or not at all. The value holds what both have now. */
  transfer(name: string, from: Person, to: Person, amount: number): Promise<Change>;
  /** The highest or lowest values of all who have one here, in order. */
  top(name: string, order: "highest" | "lowest", most: number): Promise<readonly RankedValue[]>;
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

/** What the actions of one run are handed. */
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

/** What an answer must be: as an option of a command, without a name. */
export type AnswerType = Omit<CommandOptionForm, "name" | "description" | "required">;

/** What `answered` is handed: `event` is still what began the run. */
export interface AnswerContext extends ActionContext {
  /** Who answers. */
  readonly answerer: Actor;
  /** The same on every redelivery of the same answer. */
  readonly answerKey: string;
  /** Tells whoever answers, seen by nobody else where the platform can do that. */
  tell(sentence: Sentence): Promise<void>;
}

export type WrittenButton = Arguments<typeof import("./buttons.ts").buttonFields> & { readonly index: number };
/** As it stands in the file, with its place among the buttons and menus of the action. */
export interface WrittenMenu {
  readonly index: number;
  readonly shown: Omit<Arguments<typeof import("./buttons.ts").menuFields>, "do" | "allow">;
  /** It is meant to stand there for years. */
  readonly forGood?: true;
}

/** What a word may build the type of its saved value from, besides `t` of the language. */
export interface SavedTypes {
  /** Somebody kept in a saved value: without what a run reads anew for people, such as their data. */
  readonly person: ObjectType;
  readonly role: ObjectType;
  readonly channel: ObjectType;
  /** A message that the bot has sent. */
  readonly message: ObjectType;
  /** What the file declares under `data`, and the type of each value. */
  readonly data: Readonly<Record<string, { readonly declared: CanonicalDatum; readonly type: ValueType }>>;
}

/** What is known of the types of arguments as they are written. */
export interface WrittenTypes {
  /** Of a literal, or of what an expression gives; of a list, what all its items are. */
  typeOf(written: CanonicalValue | undefined): ValueType;
  /** What actions inside the word's own blocks save, by name; empty until they are compiled. */
  readonly inside: Readonly<Record<string, ValueType>>;
}

export interface ActionDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "action";
  readonly name: string;
  /**
   * The action in plain words, for reading a file back: `mute {member}[ for {for}]`. A stretch in brackets is left out
   * where its field is not written. Left out: its name and its main argument.
   */
  readonly tells?: string;
  readonly fields: F;
  /** The field that a plain value stands for: `reply: Hello` is `reply: { text: Hello }`. */
  readonly short?: keyof F & string;
  /** Of these fields one must be given, and only one. */
  readonly exactlyOne?: readonly (keyof F & string)[];
  /** Whether the bare word alone is an action: `- delete_message`. */
  readonly bare?: boolean;
  /** A block word reads its fields beside its key: `- if: …` `do:` `else:`. `key` is the field under the key itself. */
  readonly block?: { readonly key: keyof F & string };
  /** The right that a person needs to run a command with this action, unless the command says `allow`. */
  readonly right?: Right;
  /** Answers whoever caused the event: there must be somebody. */
  readonly answers?: boolean;
  /** The platform's right that the bot itself needs for the call, checked before it. */
  readonly botRight?: Right;
  /** What the platform must be able to do, given the arguments as written. */
  readonly uses?: readonly Capability[];
  /** Adds to `uses` for arguments that ask for more: `reply` with buttons. Gets the canonical arguments' names. */
  readonly usesWhen?: Readonly<Record<string, Capability>>;
  /** Feeds that it needs to hear its answers, by the arguments as they are written and what the platform can do. */
  readonly feeds?: (args: CanonicalArguments, can: ReadonlySet<Capability>) => readonly Feed[];
  /** Acts on a person: rank is checked, intent and outcome are audited durably; without an audit row it is not done. */
  readonly moderation?: boolean;
  /** The field that names the person acted on, for the rank check. */
  readonly target?: keyof F & string;
  /** Whether people may do it to themselves. */
  readonly onSelf?: boolean;
  /** The field that names the role given or taken, for the rank check. */
  readonly role?: keyof F & string;
  /** Whether doing it twice is the same as once: such a step is repeated after a kill, others are skipped. */
  readonly repeatable?: boolean;
  /** How it can end, for the reference's table. */
  readonly outcomes: { readonly done: string; readonly not_done?: string; readonly failed?: string };
  /**
   * Static type of the value that `save_as` keeps, so that what is done with it is checked before the bot starts. A
   * function where it depends on the arguments as they are written. What it does not say is known only at run time.
   */
  readonly saves?: ValueType | ((args: CanonicalArguments, types: SavedTypes, written: WrittenTypes) => ValueType);
  /** Variables that its own blocks have besides those around it. */
  readonly variables?: (args: CanonicalArguments, written: WrittenTypes) => Readonly<Record<string, ValueType>>;
  /**
   * Its block is done once for each of several items: behind it, what was saved inside is known only by its own
   * `save_as`.
   */
  readonly rounds?: boolean;
  /** Whether it may suspend the run, as every word with `answered` may: what may wait is stored before it is done side by side. */
  readonly waits?: boolean;
  /** Only decides what is done next and does nothing itself: a rule in shadow mode does it too. */
  readonly decides?: boolean;
  run(args: Arguments<F>, context: ActionContext): Outcome | Promise<Outcome>;
  /**
   * Somebody picked in the menu that the action itself has sent (`context.menu`, index 0): one value, or a list where
   * several can be picked. Whom the action's own `allow` leaves out is not let in.
   */
  picked?(picked: Value, args: Arguments<F>, context: ActionContext): Outcome | Promise<Outcome>;
  /** What an answer means to an action that awaits one. */
  answered?(answer: Answer, state: Json, args: Arguments<F>, context: AnswerContext): Answered | Promise<Answered>;
  /** How it ends when nobody answered in time. Left out: not done. */
  unanswered?(state: Json, args: Arguments<F>, context: ActionContext): Outcome | Promise<Outcome>;
  /** Runs a stored `LaterJob` of this word. @throws when it should be tried again. */
  later?(payload: Json, context: LaterContext): Promise<void>;
}

/** Keeps the argument types while the registry holds words of all kinds. */
export const defineAction = <const F extends Fields>(
  definition: Omit<ActionDefinition<F>, "kind">,
): ActionDefinition<F> => ({
  kind: "action",
  ...definition,
});

export interface ConditionContext {
  readonly event: BotEvent;
  readonly values: Values;
  readonly actor: Actor;
  /** Message text in lower case, made once per event; empty for events without a message. */
  readonly lowerText: string;
  readonly env: Env;
  readonly here: Surroundings;
}

/** Where an event happened, as far as it can be asked for; every lookup is made at most once. */
export interface Surroundings {
  /** Whether the event calls a command of this file. */
  readonly callsCommand: boolean;
  /** The id of a channel that the file names, on the event's platform. */
  channelId(name: string): NamedId | Promise<NamedId>;
  /** The bot's own standing there; undefined where there is no server, or the platform could not be asked. */
  botStanding(): Standing | undefined | Promise<Standing | undefined>;
}

export type Condition = (context: ConditionContext) => Truth | Promise<Truth>;

export interface ConditionDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "condition";
  readonly name: string;
  readonly fields: F;
  readonly short?: keyof F & string;
  readonly feeds?: readonly Feed[];
  /** What the platform must be able to tell; where it is not, the test is never true. */
  readonly uses?: readonly Capability[];
  /**
   * Words that a text must contain for this test to be true, so that all rules' words can be looked for in one pass.
   * Undefined when it cannot be said.
   */
  readonly words?: (args: Arguments<F>) => { readonly anyOf: readonly string[] } | undefined;
  /** Compiles the test; everything that costs is done here. @returns a sentence when the arguments make no sense. */
  compile(args: Arguments<F>): Condition | { readonly problem: string; readonly field: keyof F & string };
}

export const defineCondition = <const F extends Fields>(
  definition: Omit<ConditionDefinition<F>, "kind">,
): ConditionDefinition<F> => ({ kind: "condition", ...definition });

/** `all`, `any`, `not`: conditions made of conditions. */
export interface CombinatorDefinition extends Word {
  readonly kind: "combinator";
  readonly name: "all" | "any" | "not";
}

export interface TriggerDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "trigger";
  readonly name: string;
  readonly fields: F;
  readonly short?: keyof F & string;
  /** The events that it listens for. */
  readonly events: readonly BotEvent["kind"][];
  /**
   * Whether such an event can be one of those that it waits for at all. Asked of every message that is written, so it
   * looks at the event alone and is quick about it. Left out: every one can.
   */
  readonly hears?: (event: BotEvent, self: Person | undefined) => boolean;
  /**
   * Compiles which of those events the arguments ask for; everything that costs is done here. Left out: all of them.
   * Bots' own events and other platforms' have been sorted out before. @returns a sentence when the arguments make no sense.
   */
  readonly matches?: (
    args: Arguments<F>,
  ) => TriggerTest | { readonly problem: string; readonly field: keyof F & string };
  /** Variables that only its rules have, by their types. */
  readonly variables?: (types: NamedTypes) => Readonly<Record<string, ValueType>>;
  /** Values of those variables. */
  readonly values?: (event: BotEvent, make: ValueMakers, args: Arguments<F>) => Values;
  readonly feeds: readonly Feed[];
  readonly uses?: readonly Capability[];
  /** Given by the place in the file, as under `commands`; never written behind `when`. */
  readonly implicit?: boolean;
  /** Whether `message` is a variable in rules of this trigger. */
  readonly hasMessage: boolean;
  /** Nobody caused the event: there is no `user`, and nobody to answer. */
  readonly nobody?: boolean;
  /** The bot was spoken to: where a rule listens for that, a word that is no command is not answered besides. */
  readonly addressed?: boolean;
}

export type TriggerTest = (context: TriggerContext) => boolean | Promise<boolean>;

/** Types that hold what the file declares under `data`. */
export interface NamedTypes {
  readonly person: ValueType;
  readonly role: ValueType;
  readonly channel: ValueType;
}

/** People, roles and places as texts and expressions read them. */
export interface ValueMakers {
  person(person: Person): Value;
  role(role: Role): Value;
  channel(channel: Channel): Value;
}

/** What a trigger may look at to tell whether an event is one of those that it waits for. */
export interface TriggerContext {
  readonly event: BotEvent;
  /** The bot's own account on the event's platform. */
  readonly self: Person | undefined;
  /** Whether the event's message calls a command that the bot has. */
  readonly callsCommand: boolean;
  /**
   * Counts one happening among those of the rule with the same key. @returns true for the one that makes `most` of them
   * within the time, and then not again before it was quiet for as long.
   */
  burst(key: string, most: number, withinMs: number): boolean | Promise<boolean>;
}

export const defineTrigger = <const F extends Fields>(
  definition: Omit<TriggerDefinition<F>, "kind">,
): TriggerDefinition<F> => ({
  kind: "trigger",
  ...definition,
});
