import type { Value } from "../../language/values.ts";
import type { Sentence } from "../../sentences/sentence.ts";
import type { Json, MessageContent } from "../event.ts";
import type { Block } from "../fields.ts";

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
