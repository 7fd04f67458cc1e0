import type { AuditLog } from "../contracts/audit.ts";
import type { AuditStore } from "../contracts/store.ts";
import { entryOf } from "./rows.ts";

/**
 * Each moderation action that was announced and never reported gets an `interrupted` row, because nobody knows whether the
 * platform carried it out.
 *
 * @param isGone whether nobody is at work any more on what was announced under this `ref`
 * @returns how many there were.
 */
export async function markInterrupted(
  store: AuditStore,
  audit: AuditLog,
  isGone: (ref: string) => boolean,
): Promise<number> {
  const rows = (await store.unfinished()).filter(({ ref }) => isGone(ref));
  await Promise.all(rows.map((row) => audit.write({ ...entryOf(row), outcome: "interrupted" })));
  return rows.length;
}
