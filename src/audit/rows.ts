import type { AuditEntry, AuditKind, AuditPolicy } from "../contracts/audit.ts";
import type { Json } from "../contracts/event.ts";
import type { AuditRow } from "../contracts/store.ts";
import { digestOf, type UnchainedRow } from "./chain.ts";
import { redact } from "./redact.ts";

/** The personal part of a row, which can be erased. */
interface Content {
  readonly actor?: string | undefined;
  readonly target?: string | undefined;
  readonly details?: { readonly [key: string]: Json } | undefined;
}

/** The entry as it may be kept: with what `audit.redact` names replaced. */
export function keepable(entry: AuditEntry, policy: AuditPolicy): AuditEntry {
  if (entry.details === undefined || policy.redact.length === 0) return entry;
  return { ...entry, details: redact(entry.details, policy.redact) };
}

export function rowOf(entry: AuditEntry, at: number, salt: string): UnchainedRow {
  // What is undefined is left out of JSON.
  const personal: Content = { actor: entry.actor?.name, target: entry.target?.name, details: entry.details };
  const content = JSON.stringify(personal);
  return {
    at,
    kind: entry.kind,
    platform: storable(entry.platform),
    serverId: storable(entry.serverId),
    actorId: storable(entry.actor?.id),
    targetId: storable(entry.target?.id),
    action: storable(entry.action),
    outcome: storable(entry.outcome),
    ref: storable(entry.ref),
    content,
    salt,
    digest: digestOf(salt, content),
  };
}

/** Back from a row; where the content was erased, people are known by their id alone. */
export function entryOf(row: AuditRow): AuditEntry {
  const content: Content = row.content === "" ? {} : (JSON.parse(row.content) as Content);
  const person = (id: string, name: string | undefined) => (id === "" ? undefined : { id, name: name ?? id });
  const actor = person(row.actorId, content.actor);
  const target = person(row.targetId, content.target);
  return {
    kind: row.kind as AuditKind,
    action: row.action,
    outcome: row.outcome,
    ...(row.platform === "" ? {} : { platform: row.platform }),
    ...(row.serverId === "" ? {} : { serverId: row.serverId }),
    ...(actor === undefined ? {} : { actor }),
    ...(target === undefined ? {} : { target }),
    ...(content.details === undefined ? {} : { details: content.details }),
    ...(row.ref === "" ? {} : { ref: row.ref }),
  };
}

/** Databases change NUL and halves of characters on the way, which would break the chain: they are replaced before. */
function storable(text = ""): string {
  return /[\0\ud800-\udfff]/.test(text) ? Buffer.from(text).toString().replaceAll("\0", "\uFFFD") : text;
}
