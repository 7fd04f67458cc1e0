import type { ObjectType, ValueType } from "../../language/types.ts";
import type { Value } from "../../language/values.ts";
import type {
  CanonicalAction,
  CanonicalArguments,
  CanonicalBlock,
  CanonicalDatum,
  CanonicalValue,
} from "../canonical.ts";
import type { Json } from "../event.ts";
import type { Arguments, Fields } from "../fields.ts";
import type { Capability, Feed, Right } from "../right.ts";
import type { Tells } from "../tells.ts";
import type { ActionContext, AnswerContext, LaterContext } from "./context.ts";
import type { Answer, Answered, Outcome } from "./outcome.ts";
import type { Word } from "./shared.ts";

export interface ActionDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "action";
  readonly name: string;
  /** What it does, for reading a file back: `mute {member}[ for {for}]`. */
  readonly tells: Tells;
  /** How a branch of a block word begins that has no condition of its own. */
  readonly tellsBranch?: Tells;
  /** What it does to people, where it does something: "ban them". */
  readonly toPeople?: string;
  readonly fields: F;
  /** The field that a plain value stands for: `reply: Hello` is `reply: { text: Hello }`. */
  readonly short?: keyof F & string;
  /** Of these fields one must be given, and only one. */
  readonly exactlyOne?: readonly (keyof F & string)[];
  /** Of these fields one or more must be given: without them there is nothing to do. */
  readonly atLeastOne?: readonly (keyof F & string)[];
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
  /**
   * What it uses in place of `uses`, by the arguments as they are written, where nobody needs a right for it: deleting
   * what the bot itself has written.
   */
  readonly usesFreely?: (args: CanonicalArguments) => readonly Capability[] | undefined;
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
  /**
   * The lists of actions, its own and those of the file's blocks, of which one is done to its end; an empty one where none
   * may be. From them comes what is certain behind it. Left out: nothing that stands inside of it is.
   */
  readonly ways?: (
    args: CanonicalArguments,
    blocks: Readonly<Record<string, CanonicalBlock>>,
  ) => readonly (readonly CanonicalAction[])[];
  /** Whether it may find nothing to do, and then passes itself over as with an `if` that is false. */
  readonly skips?: (args: CanonicalArguments) => boolean;
  /** Whether nothing behind it is done. */
  readonly stops?: boolean;
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

/** A word with what it needs as it is written. */
export function asWritten(word: ActionDefinition, args: CanonicalArguments): ActionDefinition {
  const uses = word.usesFreely?.(args);
  if (uses === undefined) return word;
  const { right: _right, botRight: _botRight, toPeople: _toPeople, ...rest } = word;
  return { ...rest, uses };
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
