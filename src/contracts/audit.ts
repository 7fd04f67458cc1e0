import type { Json } from "./event.ts";

export const auditKinds = [
  "moderation",
  "permissions",
  "config",
  "commands",
  "denied",
  "rate_limited",
  "errors",
  "shadow",
] as const;
/** `custom` is what the action `audit` writes: it is recorded always, because the file asks for each of its rows. */
export type AuditKind = (typeof auditKinds)[number] | "custom";

/** What happened, before it becomes a row. */
export interface AuditEntry {
  readonly kind: AuditKind;
  readonly platform?: string;
  readonly serverId?: string | undefined;
  readonly actor?: { readonly id: string; readonly name: string };
  readonly target?: { readonly id: string; readonly name: string };
  /** Word, command or sentence. */
  readonly action: string;
  /** `intent`, `done`, `not_done`, `failed`, `interrupted`, `would` in shadow mode, or empty where there is nothing to tell. */
  readonly outcome: string;
  /** Further facts; keys listed under `audit.redact` (such as `options.password`) are replaced before anything is stored. */
  readonly details?: { readonly [key: string]: Json } | undefined;
  /** Binds the outcome of a moderation action to its intent. */
  readonly ref?: string;
}

/** The audit log. Kinds that the file does not record are dropped, except moderation intents, which are never dropped. */
export interface AuditLog {
  /** Resolves when the row is durable. @throws when it could not be written. */
  write(entry: AuditEntry): Promise<void>;
  /** Waits for everything queued. */
  flush(): Promise<void>;
}

export interface AuditPolicy {
  readonly record: readonly AuditKind[];
  /** Milliseconds. */
  readonly keepMs: number;
  readonly redact: readonly string[];
  readonly also: readonly ({ readonly file: string } | { readonly send: string })[];
}
