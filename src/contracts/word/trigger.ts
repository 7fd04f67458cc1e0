import type { ValueType } from "../../language/types.ts";
import type { Values } from "../../language/values.ts";
import type { BotEvent, Person } from "../event.ts";
import type { Arguments, Fields } from "../fields.ts";
import type { Capability, Feed } from "../right.ts";
import type { Tells } from "../tells.ts";
import type { ValueMakers, Word } from "./shared.ts";

export interface TriggerDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "trigger";
  readonly name: string;
  /** What happens, behind "when", for reading a file back. */
  readonly tells: Tells;
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
  /** It counts what it hears: what an earlier rule keeps from it changes when it starts. */
  readonly counts?: boolean;
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

export const defineTrigger = <const F extends Fields>(
  definition: Omit<TriggerDefinition<F>, "kind">,
): TriggerDefinition<F> => ({
  kind: "trigger",
  ...definition,
});

export type TriggerTest = (context: TriggerContext) => boolean | Promise<boolean>;

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

/** Types that hold what the file declares under `data`. */
export interface NamedTypes {
  readonly person: ValueType;
  readonly role: ValueType;
  readonly channel: ValueType;
}
