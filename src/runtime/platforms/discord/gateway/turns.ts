import { setTimeout as sleep } from "node:timers/promises";
import type { APIGatewayBotInfo } from "discord.js";
import type { Ledger } from "./ledger.ts";

/** Decides when a shard may log in. */
export interface Turns {
  /** Resolves when Discord lets all shards of the bot log in today. Rejects only when the signal fires. */
  sessions(signal: AbortSignal): Promise<void>;
  /** Resolves when this shard may connect and send IDENTIFY. Rejects only when the signal fires. */
  wait(shard: number, signal: AbortSignal): Promise<Turn>;
}

export interface Turn {
  /** To be awaited before IDENTIFY is sent. */
  use(): Promise<void>;
  /** The connection has ended; a turn that was not used is given back. */
  end(): void;
}

export interface TurnsParts {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** GET /gateway/bot. */
  readonly gateway: () => Promise<APIGatewayBotInfo>;
  /** Says why the bot waits so long, and that it no longer does. */
  readonly waiting: (why: string | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** Logins of shards with one remainder by `max_concurrency` keep this apart (documentation: "Gateway", Max Concurrency). */
const apartMs = 5000;
/** Waits longer than this are said. */
const patienceMs = 10_000;
/** How long an answer about session starts is believed. */
const freshMs = 4000;

export function createTurns({ ledger, now, gateway, waiting, failed }: TurnsParts): Turns {
  const nextSlot = new Map<number, number>();
  /** When the last login of each remainder was, or will be, sent: lines take longer to open at one time than at another. */
  const lastLogin = new Map<number, number>();
  let known: { at: number; info: APIGatewayBotInfo } | undefined;

  const ask = async (): Promise<APIGatewayBotInfo | undefined> => {
    if (known !== undefined && now() - known.at < freshMs) return known.info;
    try {
      const info = await gateway();
      known = { at: now(), info };
      return info;
    } catch (error) {
      failed(error);
      return undefined;
    }
  };

  const rest = async (ms: number, signal: AbortSignal) => {
    if (ms > patienceMs) {
      const minutes = Math.ceil(ms / 60_000);
      waiting(
        `Discord lets a bot log in only so many times a day; this one may again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
      );
    }
    await sleep(ms, undefined, { signal });
    if (ms > patienceMs) waiting(undefined);
  };

  const sessions = async (signal: AbortSignal, needed: (info: APIGatewayBotInfo) => number) => {
    let info = await ask();
    while (info !== undefined && info.session_start_limit.remaining < needed(info)) {
      await rest(Math.max(1000, info.session_start_limit.reset_after), signal);
      known = undefined;
      info = await ask();
    }
    return info;
  };

  return {
    async sessions(signal) {
      await sessions(signal, ({ shards }) => shards);
    },
    async wait(shard, signal) {
      const pause = await ledger.pause().catch((error: unknown) => {
        failed(error);
        return 0;
      });
      if (pause > 0) await rest(pause, signal);
      const info = await sessions(signal, () => 1);
      const bucket = shard % (info?.session_start_limit.max_concurrency ?? 1);
      const slot = Math.max(now(), nextSlot.get(bucket) ?? 0);
      const next = slot + apartMs;
      nextSlot.set(bucket, next);
      if (slot > now()) await rest(slot - now(), signal);
      let used = false;
      return {
        async use() {
          used = true;
          await ledger.note().catch(failed);
          const at = Math.max(now(), (lastLogin.get(bucket) ?? 0) + apartMs);
          lastLogin.set(bucket, at);
          const left = Math.min(apartMs, at - now());
          if (left > 0) await sleep(left, undefined, { signal }).catch(() => undefined);
        },
        end() {
          if (!used && nextSlot.get(bucket) === next) nextSlot.set(bucket, slot);
        },
      };
    },
  };
}
