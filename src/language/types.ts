/**
 * The static types of expression values, and what every compiled piece of language looks like from outside.
 * Everything that a bot.yaml can name in an expression has one of these types before the bot starts.
 */
import type { Problem } from "./problem.ts";
import type { RichText } from "./rich-text.ts";
import type { Env, Value, Values } from "./values.ts";

export type ValueType =
  | TextType
  | { readonly kind: "number" | "integer" | "boolean" | "duration" | "time" | "date" }
  /** What `.mention` gives: the only value that pings. */
  | { readonly kind: "mention" }
  /** Text that a message shows as code; at run time a plain string. */
  | { readonly kind: "code" }
  | ListType
  | ObjectType
  /** The literal `empty`. */
  | { readonly kind: "empty" }
  /** A value that may be missing; missing is `null` at run time. Never nested. */
  | OptionalType
  /** Known only at run time (the body of an HTTP answer); compared by what it then is, never an error before. */
  | { readonly kind: "unknown" };

export interface TextType {
  readonly kind: "text";
  /** The only texts it can be, where that is known: comparing it with any other literal is a mistake. */
  readonly choices?: readonly string[];
}

export interface ListType {
  readonly kind: "list";
  readonly of: ValueType;
}

export interface OptionalType {
  readonly kind: "optional";
  readonly of: ValueType;
}

export interface ObjectType {
  readonly kind: "object";
  /** How a person calls it: "person", "channel", "role", "server", "message". */
  readonly name: string;
  /** May be a getter, so that types can refer to each other in a circle. */
  readonly fields: Readonly<Record<string, ValueType>>;
  /** The field shown where the object is printed as text, such as "name"; undefined: it cannot be printed. */
  readonly text: string | undefined;
}

/** The variables an expression may name. Nested names (`options.member`) are fields of object types. */
export type Scope = Readonly<Record<string, ValueType>>;

/** Where a value is read: `["options", "member", "data", "coins"]`. `"*"` stands for any element of a list. */
export type Path = readonly string[];

export type CompiledExpression =
  | {
      readonly ok: true;
      readonly type: ValueType;
      readonly reads: readonly Path[];
      /** The value of an expression that is a literal; absent otherwise. */
      readonly constant?: Value;
      evaluate(values: Values, env: Env): Value;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type CompiledTemplate =
  | {
      readonly ok: true;
      /** It renders the same text always. */
      readonly isStatic: boolean;
      readonly reads: readonly Path[];
      render(values: Values, env: Env): RichText;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type CompiledTextValue =
  | {
      readonly ok: true;
      readonly isStatic: boolean;
      readonly reads: readonly Path[];
      render(values: Values, env: Env): string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Constructors for value types: `t.optional(t.integer)`. */
export const t = {
  text: { kind: "text" },
  number: { kind: "number" },
  integer: { kind: "integer" },
  boolean: { kind: "boolean" },
  duration: { kind: "duration" },
  time: { kind: "time" },
  date: { kind: "date" },
  mention: { kind: "mention" },
  code: { kind: "code" },
  empty: { kind: "empty" },
  unknown: { kind: "unknown" },
  choice: (choices: readonly string[]): TextType => ({ kind: "text", choices }),
  list: (of: ValueType): ListType => ({ kind: "list", of }),
  optional: (of: ValueType): ValueType =>
    of.kind === "optional" || of.kind === "empty" || of.kind === "unknown" ? of : { kind: "optional", of },
  /** `fields` may be a function: it is called once, when first needed, so that types can refer to each other. */
  object: (
    name: string,
    fields: Readonly<Record<string, ValueType>> | (() => Readonly<Record<string, ValueType>>),
    text?: string,
  ): ObjectType => {
    if (typeof fields !== "function") return { kind: "object", name, fields, text };
    let known: Readonly<Record<string, ValueType>> | undefined;
    return {
      kind: "object",
      name,
      text,
      get fields() {
        known ??= fields();
        return known;
      },
    };
  },
} as const satisfies Record<string, unknown>;

const plainNames: Record<Exclude<ValueType["kind"], "list" | "object" | "optional">, string> = {
  text: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "yes or no",
  duration: "a duration",
  time: "a time",
  date: "a date",
  mention: "a mention",
  code: "code",
  empty: "empty",
  unknown: "a value known only while the bot runs",
};

/** The type in words for people: "a whole number", "a list of texts", "a person". */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case "list":
      return type.of.kind === "unknown" || type.of.kind === "empty" ? "a list" : `a list of ${describeMany(type.of)}`;
    case "object":
      return `${/^[aeiou]/i.test(type.name) ? "an" : "a"} ${type.name}`;
    case "optional":
      return `${describeType(type.of)} (may be empty)`;
    default:
      return plainNames[type.kind];
  }
}

function describeMany(type: ValueType): string {
  if (type.kind === "object") return type.name === "person" ? "people" : `${type.name}s`;
  if (type.kind === "text") return "texts";
  if (type.kind === "boolean") return "yes or no answers";
  if (type.kind === "list") return "lists";
  if (type.kind === "optional") return describeMany(type.of);
  return `${plainNames[type.kind].replace(/^an? /, "")}s`;
}

/** The type without "may be empty". */
export function required(type: ValueType): ValueType {
  return type.kind === "optional" ? type.of : type;
}
