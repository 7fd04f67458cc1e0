/**
 * The one long form of a bot.yaml: every short form written out, every default filled in, values typed, templates and
 * expressions still text, secrets still references. Plain JSON, so that a rule can be stored and hashed; where each
 * piece was written is kept beside it in `Origins`, never inside.
 */
import type { Position } from "../diagnostics/diagnostic.ts";
import type { Rate, RateWindow } from "../language/rate.ts";
import type { SecretText } from "../language/secret-reference.ts";
import type { Messages } from "../sentences/speaker.ts";
import type { AuditPolicy } from "./audit.ts";
import type { CommandOptionForm, Settings } from "./platform.ts";
import type { CanonicalTest } from "./rehearsal.ts";
import type { Right } from "./right.ts";

/** `{ "$": "options.amount" }`: exactly one expression in place of a literal. */
export interface CanonicalExpression {
  readonly $: string;
}

/** An argument in long form, by its field's kind: see `config/canonical`. Durations are ms, sizes bytes. */
export type CanonicalValue =
  | null
  | string
  | number
  | boolean
  | CanonicalExpression
  | Rate
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined }
  | CanonicalAction
  | CanonicalCondition;

export interface CanonicalArguments {
  readonly [field: string]: CanonicalValue | undefined;
}

export interface CanonicalAction {
  readonly action: string;
  readonly args: CanonicalArguments;
  readonly if?: CanonicalCondition;
  readonly else?: readonly CanonicalAction[];
  readonly on_error?: readonly CanonicalAction[];
  readonly save_as?: string;
}

export type CanonicalCondition =
  | { readonly all: readonly CanonicalCondition[] }
  | { readonly any: readonly CanonicalCondition[] }
  | { readonly not: CanonicalCondition }
  | { readonly test: string; readonly args: CanonicalArguments }
  | CanonicalExpression;

export interface CanonicalTrigger {
  readonly trigger: string;
  readonly args: CanonicalArguments;
}

/** One of an `allow` or `deny` list; a list matches when any entry does. */
export type CanonicalWho =
  | { readonly group: string }
  | { readonly can: Right }
  | { readonly role: string }
  | { readonly user: string }
  | { readonly everyone: true };

/** A command, a rule: the same thing with another trigger. */
export interface CanonicalRule {
  /** `command:give`, `rule:Welcome`: unique in the file. */
  readonly id: string;
  readonly name: string;
  readonly was?: string;
  readonly enabled: boolean;
  readonly when: readonly CanonicalTrigger[];
  /** Only there; every declared platform if empty. */
  readonly platforms: readonly string[];
  readonly bots: boolean;
  /** `shadow`: it decides, and writes down what it would do, but does nothing. */
  readonly mode: "live" | "shadow";
  /** What happens while an earlier run of it for the same person on the same server is under way. */
  readonly overlap: "parallel" | "single" | "restart" | "queue";
  readonly if?: CanonicalCondition;
  readonly do: readonly CanonicalAction[];
  readonly else?: readonly CanonicalAction[];
  readonly on_error?: readonly CanonicalAction[];
  readonly command?: CanonicalCommand;
  /** Name of the limit of a rule that is no command; inline rates get a name of their own (`rule:Welcome`). */
  readonly rate_limit?: string;
  readonly cooldown?: CanonicalCooldown;
  /** The blocks that it calls, and that those call. */
  readonly blocks?: Readonly<Record<string, CanonicalBlock>>;
}

/** How a rule is where nothing is said of it. */
export const plainRule = {
  enabled: true,
  when: [],
  platforms: [],
  bots: false,
  mode: "live",
  overlap: "parallel",
} as const satisfies Partial<CanonicalRule>;

/** Actions under a name of their own, for any rule to call. Inside, `options` are what the call gives along. */
export interface CanonicalBlock {
  readonly options: readonly CommandOptionForm[];
  readonly do: readonly CanonicalAction[];
}

/** How long after one use the next is possible: a promise that survives restarts. */
export interface CanonicalCooldown {
  readonly window: RateWindow;
  readonly per: "user" | "member" | "channel" | "server";
  /** A template with the variable `retry_after`. */
  readonly when_cooling?: string;
}

export interface CanonicalCommand {
  readonly description: string;
  readonly options: readonly CommandOptionForm[];
  readonly allow?: readonly CanonicalWho[];
  readonly deny?: readonly CanonicalWho[];
  /** Name of a limit; inline rates get a name of their own (`command:give`). */
  readonly rate_limit?: string;
  /** Another spelling on a platform. */
  readonly names: Readonly<Record<string, string>>;
}

export interface CanonicalGroup {
  readonly allow: readonly CanonicalWho[];
  readonly deny: readonly CanonicalWho[];
}

export interface CanonicalLimit extends Rate {
  readonly exempt: readonly CanonicalWho[];
  /** A template with the variable `retry_after`. */
  readonly when_limited?: string;
}

/** What one value can be. `member` and `user` hold the same: a person as a platform knows them. */
export type PlainDataType =
  | "text"
  | "integer"
  | "number"
  | "boolean"
  | "duration"
  | "time"
  | "choice"
  | "user"
  | "member"
  | "role"
  | "channel"
  | "attachment";

/** Durations are ms; a time is as it was written, because only a run knows its time zone. */
export type CanonicalDefault = string | number | boolean;

export interface CanonicalDatum {
  readonly type: PlainDataType | "list";
  /** What each entry of a list is. */
  readonly of?: PlainDataType;
  readonly scope: "user" | "member" | "channel" | "server" | "bot";
  /** `null` where nothing is there until it is set: people, roles, channels, files, and times without a default. */
  readonly default: CanonicalDefault | null | readonly CanonicalDefault[];
  /** Bounds of the value; of each entry, where it is a list. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly max_length?: number;
  readonly choices?: readonly string[];
  /** Most entries of a list. */
  readonly max_items?: number;
  /** What is stored under another type is converted to this one. */
  readonly convert?: boolean;
}

/** Whether each person has their own. */
export const isOfPeople = (scope: CanonicalDatum["scope"]): scope is "user" | "member" =>
  scope === "user" || scope === "member";

/** Whether it can be counted, compared and put in order. */
export const isCounted = ({ type }: Pick<CanonicalDatum, "type">): boolean =>
  type === "integer" || type === "number" || type === "duration";

/** A list's declaration as that of one of its entries. */
export function entryOf({ of, max_items: _, ...datum }: CanonicalDatum): CanonicalDatum {
  return { ...datum, type: of ?? "text", default: null };
}

export type CanonicalStorage =
  | { readonly kind: "sqlite"; readonly path: string }
  | {
      readonly kind: "postgres";
      readonly url: SecretText;
      readonly min: number;
      readonly max: number;
      readonly timeoutMs: number;
    };

export interface CanonicalConfig {
  readonly version: 1;
  readonly bot: {
    readonly name: string;
    readonly description: string;
    readonly timezone: string;
    readonly language: string;
    readonly activity?: { readonly type: string; readonly text: string };
  };
  /** By platform name. `servers` are the home servers. */
  readonly platforms: Readonly<Record<string, Settings>>;
  readonly storage: CanonicalStorage;
  readonly redis?: SecretText;
  readonly logging: {
    readonly level: "debug" | "info" | "warn" | "error";
    readonly format: "auto" | "pretty" | "json";
    readonly file?: string;
  };
  /** Alias → platform → name or id there. */
  readonly names: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly permissions: Readonly<Record<string, CanonicalGroup>>;
  readonly rate_limits: Readonly<Record<string, CanonicalLimit>>;
  readonly audit: AuditPolicy;
  readonly data: Readonly<Record<string, CanonicalDatum>>;
  /** In file order: commands and rules. */
  readonly rules: readonly CanonicalRule[];
  readonly blocks?: Readonly<Record<string, CanonicalBlock>>;
  /** What the bot says in other words than the catalogue's. */
  readonly messages?: Messages;
  readonly tests: readonly CanonicalTest[];
}

/** Where canonical nodes were written. Nodes that come from the storage have no place and answer undefined. */
export interface Origins {
  /** JSON pointer into the source of a canonical object or array, or of one of its members. */
  pointer(node: object, key?: string | number): string | undefined;
  /** The place of the value (or, with `of: "key"`, of its key). */
  position(node: object, key?: string | number, of?: "key" | "value"): Position | undefined;
  /** The place of a stretch inside a text value. */
  inText(node: object, key: string | number, offset: number, length: number): Position | undefined;
  /** Whether a text became what it is from the settings of a pack, so that its writer never saw it like this. */
  isFilledIn(node: object, key: string | number): boolean;
  /** For a `"{{ expression }}"` whose braces the canonical form took away: how many characters stood before it. */
  expressionOffset(node: object, key: string | number): number;
}
