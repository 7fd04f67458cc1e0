import { setTimeout as sleep } from "node:timers/promises";
import { GrammyError } from "grammy";
import type { Update } from "grammy/types";
import type { ConnectionState } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { Dispatch } from "./dispatch.ts";
import { toPlatformError } from "./errors.ts";
import { pollSeconds } from "./http.ts";
import type { Inbox } from "./inbox.ts";
import type { Intake, UpdateKind } from "./intake.ts";
import { patiently } from "./patience.ts";

export interface PollingParts {
  readonly client: Client;
  readonly dispatch: Dispatch;
  readonly inbox: Inbox;
  readonly allowed: readonly UpdateKind[];
  readonly onState: (state: ConnectionState) => void;
  readonly failed: (error: unknown) => void;
}

/** What of a batch is not handled after this time is kept, so that the others come in. */
const patienceMs = 500;
const farewellMs = 5000;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Asks for updates until stopped, through every kind of trouble: another program that polls with the same token, a
 * server that is down, floods. Only a revoked token ends it.
 */
export function startPolling(parts: PollingParts): Intake {
  const { client, dispatch, inbox, onState } = parts;
  const stopping = new AbortController();
  let allowed = parts.allowed;
  let asking = new AbortController();
  let offset = 0;
  let failures = 0;
  let revoked = false;

  const pauseFor = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** What nothing hears is not noted: hearing it again costs less. */
  const take = (update: Update): Promise<void> | undefined => {
    if (inbox.isDone(update)) return undefined;
    const work = dispatch.update(update);
    if (work === undefined) return undefined;
    inbox.begin(update);
    return work.then(() => inbox.done(update));
  };

  const ask = async () => {
    asking = new AbortController();
    const updates = await client.poll(
      { offset, limit: 100, timeout: pollSeconds, allowed_updates: allowed },
      asking.signal,
    );
    if (failures > 0) onState({ state: "open" });
    failures = 0;
    if (offset !== 0) inbox.confirmed();
    const last = updates.at(-1);
    // An empty answer confirms everything before it, so the next number may be any (Update.update_id).
    offset = last === undefined ? 0 : last.update_id + 1;
    await patiently(Promise.all(updates.map(take)), patienceMs, stopping.signal);
    await inbox.keep();
    await dispatch.room();
  };

  const recover = async (error: unknown) => {
    if (stopping.signal.aborted || asking.signal.aborted) return;
    const known = toPlatformError(error);
    if (known.setting === "token") {
      revoked = true;
      return;
    }
    failures += 1;
    const conflict = error instanceof GrammyError && error.error_code === 409;
    if (conflict) onState({ state: "degraded", why: conflictSentence(error.description) });
    else if (failures === 3) onState({ state: "degraded", why: known.message });
    const pause = Math.min(shortestPauseMs * 2 ** (failures - 1), longestPauseMs);
    await pauseFor(Math.max(pause, known.retryAfterMs ?? 0));
  };

  const loop = async () => {
    for (const update of inbox.left) void take(update);
    while (!stopping.signal.aborted && !revoked) await ask().catch(recover);
  };
  const running = loop();

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping.abort();
    asking.abort();
    await running;
    if (offset === 0 || revoked) return;
    // Confirms what was handed over, so that the next to poll does not get it again.
    await client
      .poll({ offset, limit: 1, timeout: 0 }, AbortSignal.timeout(farewellMs))
      .catch((error: unknown) => parts.failed(toPlatformError(error)));
  };
  const stopOnce = () => {
    stopped ??= stop();
    return stopped;
  };
  return {
    async allow(next) {
      allowed = next;
      asking.abort();
    },
    stop: stopOnce,
    async close() {
      await stopOnce();
      await inbox.close();
    },
  };
}

function conflictSentence(description: string): string {
  return /webhook/.test(description)
    ? "Telegram sends this bot's events to a webhook that was set up elsewhere."
    : "Another program receives this bot's events with the same token; stop one of the two.";
}
