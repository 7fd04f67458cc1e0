import type { PlatformError } from "../contracts/platform.ts";
import type { Duration } from "../language/values.ts";
import type { catalogue, SentenceKey } from "./catalogue.ts";
import type { VariableKind } from "./form.ts";

/** What the bot says of its own accord, until it is told to somebody in their language. Plain JSON. */
export interface Sentence {
  readonly key: SentenceKey;
  readonly values?: Readonly<Record<string, SentenceValue>>;
}

export type SentenceValue =
  | string
  | number
  | boolean
  | Duration
  | Sentence
  | readonly (string | Sentence)[]
  | undefined;

interface ValueOf {
  readonly text: string | Sentence;
  readonly "text?": string | Sentence | undefined;
  readonly number: number;
  readonly yes_no: boolean;
  readonly duration: Duration;
  readonly list: readonly (string | Sentence)[];
  readonly value: string | number | Duration;
}

type VariablesOf<Key extends SentenceKey> = (typeof catalogue)[Key]["variables"];
type ValuesOf<Variables> = {
  readonly [Name in keyof Variables]: Variables[Name] extends VariableKind ? ValueOf[Variables[Name]] : never;
};

/** A sentence of the catalogue with its variables. */
export function say<Key extends SentenceKey>(
  key: Key,
  ...[values]: [keyof VariablesOf<Key>] extends [never] ? [] : [ValuesOf<VariablesOf<Key>>]
): Sentence {
  return values === undefined ? { key } : { key, values: values as NonNullable<Sentence["values"]> };
}

/** A platform's own reason, which is told as it is. */
export const platformSaid = ({ message }: PlatformError): Sentence => say("platform_said", { text: message });

/** A name in the quotes that the value_ sentences want. */
export const quoted = (name: string): string => `"${name}"`;

/** Where something else may stand besides. */
export const isSentence = (value: object | undefined): value is Sentence => value !== undefined && "key" in value;
