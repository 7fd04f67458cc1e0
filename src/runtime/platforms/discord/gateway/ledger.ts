import type { ConnectionMemory } from "../../../../contracts/platform.ts";

/**
 * Counts logins (IDENTIFY) across restarts. Discord allows 1000 a day and takes the token away from who sends more
 * (documentation: "Gateway", Session Start Limit); here it is at most 500, whatever crashes: a hundred at once, then one
 * every 216 seconds.
 */
export interface Ledger {
  /** Milliseconds until the next login is allowed. */
  pause(): Promise<number>;
  /** Notes a login; to be awaited before it is sent, so that a crash cannot forget it. */
  note(): Promise<void>;
}

const intervalMs = 216_000;
const atOnce = 100;

export function createLedger(memory: ConnectionMemory, applicationId: string, now: () => number): Ledger {
  const key = `identifies:${applicationId}`;
  /** When all logins so far would be paid for at one per interval (the generic cell rate algorithm). */
  let paidAt: number | undefined;
  const load = async () => {
    const kept = paidAt ?? (await memory.get(key));
    // A clock that was wrong for a while must not lock the bot out.
    const most = now() + intervalMs * atOnce;
    return typeof kept === "number" ? Math.min(kept, most) : 0;
  };
  return {
    pause: async () => Math.max(0, (await load()) - intervalMs * (atOnce - 1) - now()),
    async note() {
      paidAt = Math.max(await load(), now()) + intervalMs;
      await memory.set(key, paidAt);
    },
  };
}
