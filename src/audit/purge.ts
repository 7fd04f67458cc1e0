import { setImmediate } from "node:timers/promises";
import type { AuditStore } from "../contracts/store.ts";

/**
 * Deletes rows older than `keepMs`, `most` at a time, letting everything else run in between.
 *
 * @returns rows deleted.
 */
export async function purgeAudit(
  store: Pick<AuditStore, "purge">,
  { keepMs, now, most = 300 }: { readonly keepMs: number; readonly now: () => number; readonly most?: number },
): Promise<number> {
  const before = now() - keepMs;
  let deleted = 0;
  for (;;) {
    const some = await store.purge(before, most);
    deleted += some;
    if (some < most) return deleted;
    await setImmediate();
  }
}
