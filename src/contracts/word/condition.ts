import type { Env, Values } from "../../language/values.ts";
import type { BotEvent, Standing } from "../event.ts";
import type { Arguments, Fields } from "../fields.ts";
import type { Actor, NamedId, Truth } from "../permission.ts";
import type { Capability, Feed } from "../right.ts";
import type { Tells } from "../tells.ts";
import type { Word } from "./shared.ts";

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
  callsCommand(): boolean;
  /** The id of a channel that the file names, on the event's platform. */
  channelId(name: string): NamedId | Promise<NamedId>;
  /** The bot's own standing there; undefined where there is no server, or the platform could not be asked. */
  botStanding(): Standing | undefined | Promise<Standing | undefined>;
}

export type Condition = (context: ConditionContext) => Truth | Promise<Truth>;

export interface ConditionDefinition<F extends Fields = Fields> extends Word {
  readonly kind: "condition";
  readonly name: string;
  /** What must be so, for reading a file back; `{?has|has no}` where it must not. A lone yes or no is asked for like that. */
  readonly tells: Tells;
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
  /** Its answer is the same for all of an event, whatever rules do about it meanwhile. */
  readonly steady?: boolean;
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
