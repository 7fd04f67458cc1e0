/**
 * How arguments and settings are described: one description gives the JSON Schema, the canonical form, the check at
 * compile time, the type that `run` receives and the reference page.
 *
 * A field of a *word* takes a literal or exactly one `"{{ expression }}"`; a field of a *settings section* takes a
 * literal only (`static` fields). Text fields of words are templates; `plain` fields never are.
 */

import type { Name } from "../language/name.ts";
import type { Rate } from "../language/rate.ts";
import type { RichText } from "../language/rich-text.ts";
import type { SecretText } from "../language/secret-reference.ts";
import type { Value } from "../language/values.ts";
import type { CanonicalDatum } from "./canonical.ts";
import type { Channel, Person, Role } from "./event.ts";
import type { FileSource } from "./files.ts";
import type { PlatformLimit } from "./limits.ts";
import type { Truth, Who } from "./permission.ts";
import type { Right } from "./right.ts";
import type { Tells } from "./tells.ts";

/** A limit of platforms that what is written must stay within. */
export interface Bounded {
  readonly limit?: PlatformLimit;
  /** It holds only where this argument is written beside it. */
  readonly limitWith?: string;
}

interface Described {
  /** One plain sentence; it becomes the schema's description and the reference. */
  readonly about: string;
  readonly optional?: boolean;
  /** Written as one would in YAML. Makes the field optional for the writer and present for the reader. */
  readonly default?: string | number | boolean | readonly string[];
  readonly examples?: readonly (string | number | boolean)[];
}

export type Field =
  /** A template, rendered to rich text. */
  | (Described & Bounded & { readonly kind: "text"; readonly maxLength?: number })
  /** Characters as written: a name, a label, a path. No template. */
  | (Described &
      Bounded & {
        readonly kind: "plain";
        readonly pattern?: string;
        readonly maxLength?: number;
        /**
         * `fixed_host`: an address whose server is written in the file, whatever else is filled in. `switchable`: the name of
         * a command, rule or schedule of this file; a field `kind` beside it may say of which.
         */
        readonly format?: "url" | "fixed_host" | "switchable" | "timezone" | "language" | "time_of_day";
      })
  /** A text that may hold `${NAME}` references, kept unresolved. */
  | (Described & { readonly kind: "secret" })
  | (Described &
      Bounded & {
        readonly kind: "integer" | "number";
        readonly minimum?: number;
        readonly maximum?: number /** Neither zero nor below. */;
        readonly positive?: boolean /** A duration may stand for it, which is its milliseconds. */;
        readonly orDuration?: true;
      })
  | (Described & { readonly kind: "boolean" })
  /** Milliseconds. */
  | (Described & {
      readonly kind: "duration";
      readonly minimumMs?: number;
      readonly maximumMs?: number /** It is how often something happens. */;
      readonly recurs?: true;
    })
  /** Bytes. */
  | (Described & { readonly kind: "size" })
  /** `5 per 10s per user`. */
  | (Described & { readonly kind: "rate" })
  | (Described & { readonly kind: "choice"; readonly values: readonly string[] })
  /** A share of a whole, from 0 to 1: `10%`, `0.1`. */
  | (Described & { readonly kind: "percent" })
  /** A right of the platform, such as `ban_members`. */
  | (Described & { readonly kind: "right" })
  /** The name of a platform that the file declares. */
  | (Described & { readonly kind: "platform_name" })
  /** Any value: a literal or one expression. Beside a `data_name`, one of the type that is declared. */
  | (Described & {
      readonly kind: "value" /** Only beside data that holds such a thing. */;
      readonly holds?: "number" | "text" /** One entry of the list that is named. */;
      readonly entry?: boolean /** A text may have `{{ }}` in it, beside other characters. */;
      readonly template?: boolean /** Left out, it is the message that caused this: there must be one, or one that the bot wrote. */;
      readonly causing?: "any" | "own" /** What it is given to says what it is, so that it is kept as it is written. */;
      readonly asWritten?: true;
    })
  /** The name of something declared under `data`. */
  | (Described & {
      readonly kind: "data_name" /** Only what holds a number, or a list, may be named. */;
      readonly holds?: "number" | "list" /** Only what belongs to one of these may be named. */;
      readonly scopes?: readonly CanonicalDatum["scope"][];
    })
  /** The name of a block of this file. */
  | (Described & { readonly kind: "block_name" })
  /** The name of a command of this file. */
  | (Described & { readonly kind: "command_name" })
  /** A person: one expression, or a name. */
  | (Described & {
      readonly kind: "person" /** Left out, it is whoever caused this: there must be somebody then. */;
      readonly causer?: boolean;
    })
  | (Described & { readonly kind: "role" })
  /**
   * One place or several: names, `discord:news`, or one expression. Evaluates to a list. `asWritten`: names only, to be
   * compared with where something happens. `forPerson`: what does the same for a person, where one was meant.
   */
  | (Described & { readonly kind: "places"; readonly asWritten?: true; readonly forPerson?: (to: string) => string })
  /** `reaction`: one that people and the bot put under messages. */
  | (Described & { readonly kind: "emoji"; readonly reaction?: true })
  /** A file to send: its path inside the project's folder, or one expression whose value is a file. */
  | (Described & { readonly kind: "file" })
  /** Whom to let in: group names and inline rules, as under `permissions`. `as`: plain names are rights, roles or people. */
  | (Described & { readonly kind: "who"; readonly as?: "can" | "role" | "user" })
  | (Described & { readonly kind: "condition" })
  | (Described & {
      readonly kind: "actions" /** A lone action may be written without the list. */;
      readonly lone?: boolean;
    })
  | (Described & {
      readonly kind: "list";
      readonly of: Field /** A lone item may be written without the list. */;
      readonly lone?: boolean;
      readonly minItems?: number;
      readonly maxItems?: number;
    })
  /** `data`: the keys are names declared under `data`, whose values are read. */
  | (Described & {
      readonly kind: "map";
      readonly of: Field;
      readonly keys?: string;
      readonly data?: true;
      readonly minItems?: number;
      readonly maxItems?: number;
    })
  | (Described & {
      readonly kind: "object";
      readonly fields: Fields /** The field that a plain value stands for. */;
      readonly short?: string /** What is written in it, said where a file is read back. */;
      readonly tells?: Tells;
    });

export type Fields = { readonly [name: string]: Field };

/** A block of actions as `run` sees it: a name to hand back in `enter`. */
export interface Block {
  readonly block: string;
}

/** A condition as `run` sees it: asked when called, of the run's own event and variables. */
export type Test = () => Truth | Promise<Truth>;

/** What a field is at run time, evaluated. */
export type Evaluated<F extends Field> = F extends { kind: "text" }
  ? RichText
  : F extends { kind: "plain" | "choice" | "data_name" | "block_name" | "command_name" | "platform_name" | "emoji" }
    ? string
    : F extends { kind: "secret" }
      ? SecretText
      : F extends { kind: "integer" | "number" | "duration" | "size" | "percent" }
        ? number
        : F extends { kind: "boolean" }
          ? boolean
          : F extends { kind: "rate" }
            ? Rate
            : F extends { kind: "value" }
              ? Value
              : F extends { kind: "file" }
                ? FileSource
                : F extends { kind: "person" }
                  ? Person
                  : F extends { kind: "role" }
                    ? Role
                    : F extends { kind: "who" }
                      ? Who
                      : F extends { kind: "right" }
                        ? Right
                        : F extends { kind: "places"; asWritten: true }
                          ? readonly Name[]
                          : F extends { kind: "places" }
                            ? readonly ResolvedPlace[]
                            : F extends { kind: "condition" }
                              ? Test
                              : F extends { kind: "actions" }
                                ? Block
                                : F extends { kind: "list"; of: infer O extends Field }
                                  ? readonly Evaluated<O>[]
                                  : F extends { kind: "map"; of: infer O extends Field }
                                    ? Readonly<Record<string, Evaluated<O>>>
                                    : F extends { kind: "object"; fields: infer O extends Fields }
                                      ? Arguments<O>
                                      : never;

/** A place with the platform it is on. */
export interface ResolvedPlace {
  readonly platform: string;
  readonly channel: Channel;
}

type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];

/** The arguments that `run` receives for the fields of a word. */
export type Arguments<F extends Fields> = {
  readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Evaluated<F[K]>;
} & { readonly [K in OptionalKeys<F>]?: Evaluated<F[K]> };
