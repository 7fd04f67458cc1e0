import type { Clock } from "../contracts/clock.ts";
import type { Logger } from "../contracts/logger.ts";
import type { Connection, ConnectionPlan } from "../contracts/platform.ts";
import { messageOf } from "./runs/answer.ts";
import type { Generation } from "./services.ts";

/** Pauses between tries, in milliseconds; the last one repeats. */
const pauses = [1_000, 5_000, 30_000, 120_000] as const;

export interface Converging {
  /**
   * Phase 3 of a reload: brings what the platform has registered in line with the plan. Resolves after the first try; it
   * is tried again until it worked or another plan came. Tries on one connection never overlap.
   */
  begin(connection: Connection, target: Generation): Promise<void>;
  /** Why the new settings are not in place yet; undefined when they are. */
  trouble(connection: Connection): string | undefined;
  stop(): void;
}

export function createConverging({
  clock,
  log,
  planOf,
}: {
  readonly clock: Clock;
  readonly log: Logger;
  /** What a platform shall be brought to; undefined once the generation is no longer in force. */
  readonly planOf: (target: Generation, platform: string) => ConnectionPlan | undefined;
}): Converging {
  const troubles = new WeakMap<Connection, string>();
  const tails = new WeakMap<Connection, Promise<void>>();
  const cancels = new Set<() => void>();

  const attempt = async (connection: Connection, target: Generation, tries: number): Promise<void> => {
    const { platform } = connection;
    const plan = planOf(target, platform);
    if (plan === undefined || connection.state().state === "closed") return;
    try {
      await connection.converge(plan);
      if (troubles.delete(connection)) log.info({ platform }, "the new settings are in place");
    } catch (error) {
      if (planOf(target, platform) === undefined) return;
      const why = messageOf(error);
      troubles.set(connection, why);
      log.warn({ platform, why }, "the new settings are not in place yet; trying again");
      const cancel = clock.after(pauses[Math.min(tries, pauses.length - 1)]!, () => {
        cancels.delete(cancel);
        void queue(connection, target, tries + 1);
      });
      cancels.add(cancel);
    }
  };

  const queue = (connection: Connection, target: Generation, tries: number): Promise<void> => {
    const mine = (tails.get(connection) ?? Promise.resolve()).then(() => attempt(connection, target, tries));
    tails.set(connection, mine);
    return mine;
  };

  return {
    begin: (connection, target) => queue(connection, target, 0),
    trouble: (connection) => troubles.get(connection),
    stop() {
      for (const cancel of cancels) cancel();
    },
  };
}
