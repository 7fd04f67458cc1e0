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
  /** Somebody types it as an answer, and the question could ask for another type. */
  readonly answer?: true;
}

export interface ListType {
  readonly kind: "list";
  readonly of: ValueType;
}

export interface OptionalType {
  readonly kind: "optional";
  readonly of: ValueType;
  /** What gives it may not have happened: who reads it without asking whether it is there has forgotten something. */
  readonly unsure?: true;
}

export interface ObjectType {
  readonly kind: "object";
  /** How a person calls it: "person", "channel", "role", "server", "message". */
  readonly name: string;
  /** May be a getter, so that types can refer to each other in a circle. */
  readonly fields: Readonly<Record<string, ValueType>>;
  /** The field shown where the object is printed as text, such as "name"; undefined: it cannot be printed. */
  readonly text: string | undefined;
  /** Tells of a name that it does not have here, but in another place. */
  readonly elsewhere?: (name: string) => Omit<Problem, "offset" | "length"> | undefined;
}

/** The variables an expression may name. Nested names (`options.member`) are fields of object types. */
export type Scope = Readonly<Record<string, ValueType>>;

/** Where a value is read: `["options", "member", "data", "coins"]`. `"*"` stands for any element of a list. */
export type Path = readonly string[];

/** Where a value is read that may not be there. */
export interface UnsureRead {
  readonly path: Path;
  readonly offset: number;
  readonly length: number;
  /** Only whether it is there, or what it is compared with, is asked. */
  readonly asked: boolean;
}

export type CompiledExpression =
  | {
      readonly ok: true;
      readonly type: ValueType;
      readonly reads: readonly Path[];
      readonly unsure: readonly UnsureRead[];
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
      readonly unsure: readonly UnsureRead[];
      render(values: Values, env: Env): RichText;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export type CompiledTextValue =
  | {
      readonly ok: true;
      readonly isStatic: boolean;
      readonly reads: readonly Path[];
      readonly unsure: readonly UnsureRead[];
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
  unsure: (of: ValueType): ValueType => ({ kind: "optional", of: of.kind === "optional" ? of.of : of, unsure: true }),
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
  // "a list of counts of votes"
  if (type.kind === "object")
    return type.name === "person" ? "people" : type.name.replace(/(?= of |$)/, "s").replace(/ys\b/, "ies");
  if (type.kind === "text") return "texts";
  if (type.kind === "boolean") return "yes or no answers";
  if (type.kind === "list") return "lists";
  if (type.kind === "optional") return describeMany(type.of);
  return `${plainNames[type.kind].replace(/^an? /, "")}s`;
}

/** The same type, where the value at the end of a path is taken to be there, or not to be missed. */
export function asAsked(type: ValueType, [name, ...rest]: Path): ValueType {
  if (type.kind === "optional") {
    const of = asAsked(type.of, name === undefined ? [] : [name, ...rest]);
    return of === type.of && type.unsure !== true ? type : t.optional(of);
  }
  if (type.kind !== "object" || name === undefined || !Object.hasOwn(type.fields, name)) return type;
  const before = type.fields[name]!;
  const after = asAsked(before, rest);
  return after === before ? type : { ...type, fields: { ...type.fields, [name]: after } };
}

/** The type without "may be empty". */
export function required(type: ValueType): ValueType {
  return type.kind === "optional" ? type.of : type;
}
