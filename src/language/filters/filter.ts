import type { ValueType } from "../types.ts";
import type { Env, Value } from "../values.ts";

/** The kinds of values a filter takes, without "optional". An integer is also a number. */
export type Kind = Exclude<ValueType["kind"], "optional" | "empty" | "unknown">;

export interface FilterArgument {
  readonly name: string;
  readonly summary: string;
  readonly kinds: readonly Kind[] | "any";
  readonly optional?: boolean;
}

/** Shown in the reference and run by the tests, with `exampleValues`. */
export interface FilterExample {
  readonly expression: string;
  readonly output: string;
}

/** What is wrong with a use of the filter, where kinds alone do not tell. */
export interface FilterMistake {
  /** Which argument, counted from 0; the input where absent. */
  readonly argument?: number;
  readonly mistake: string;
  readonly hint?: string;
}

/** One filter: what the reference says about it, what the checker needs, and what it does. */
export interface Filter {
  readonly name: string;
  readonly summary: string;
  /** The result in plain words, `{}` the input and `{0}` the first argument. Left out, it is called as the input is. */
  readonly tells?: string;
  readonly input: readonly Kind[] | "any";
  /** Makes a value of a text where only the run tells that it is one, such as in what another program sent. */
  readonly fromText?: (written: string, env: Env) => Value;
  /** It is also applied to a missing value; other filters leave missing as missing. */
  readonly acceptsEmpty?: boolean;
  readonly args: readonly FilterArgument[];
  readonly examples: readonly FilterExample[];
  /** `constants` holds the values of arguments that are literals. */
  result(
    input: ValueType,
    args: readonly ValueType[],
    constants: readonly (Value | undefined)[],
  ): ValueType | FilterMistake;
  /** Input and arguments have the declared kinds; an argument left out is undefined. */
  apply(input: Value, args: readonly (Value | undefined)[], env: Env, type: ValueType): Value;
}
