import type { AuditLog } from "../contracts/audit.ts";
import type { AuditStore } from "../contracts/store.ts";
import { entryOf } from "./rows.ts";

/**
 * At start, before anything is done: each moderation action that was announced and never reported gets an `interrupted`
 * row, because nobody knows whether the platform carried it out.
 *
 * @returns how many there were.
 */
export async function markInterrupted(store: AuditStore, audit: AuditLog): Promise<number> {
  const rows = await store.unfinished();
  await Promise.all(rows.map((row) => audit.write({ ...entryOf(row), outcome: "interrupted" })));
  return rows.length;
}
