import { setTimeout as sleep } from "node:timers/promises";
import { GrammyError } from "grammy";
import type { Update } from "grammy/types";
import type { ConnectionState } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { Dispatch } from "./dispatch.ts";
import { toPlatformError } from "./errors.ts";
import type { Handled } from "./handled.ts";
import { pollSeconds } from "./http.ts";
import type { Intake, UpdateKind } from "./intake.ts";
import { patiently } from "./patience.ts";

export interface PollingParts {
  readonly client: Client;
  readonly dispatch: Dispatch;
  readonly handled: Handled;
  readonly allowed: readonly UpdateKind[];
  readonly onState: (state: ConnectionState) => void;
  readonly failed: (error: unknown) => void;
}

/** A batch is confirmed, by asking for the next one, when it is handled or after this time. */
const confirmAfterMs = 5000;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Asks for updates until stopped, through every kind of trouble: another program that polls with the same token, a
 * server that is down, floods. Only a revoked token ends it.
 */
export function startPolling(parts: PollingParts): Intake {
  const { client, dispatch, handled, onState } = parts;
  const stopping = new AbortController();
  let allowed = parts.allowed;
  let asking = new AbortController();
  let offset = 0;
  let failures = 0;
  let revoked = false;

  const pauseFor = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);

  /** What nothing hears is not noted: hearing it again costs less. */
  const take = (update: Update): Promise<void> | undefined => {
    if (handled.has(update.update_id)) return undefined;
    return dispatch.update(update)?.then(() => handled.note(update.update_id));
  };

  const ask = async () => {
    asking = new AbortController();
    const updates = await client.poll(
      { offset, limit: 100, timeout: pollSeconds, allowed_updates: allowed },
      asking.signal,
    );
    if (failures > 0) onState({ state: "open" });
    failures = 0;
    if (offset !== 0) handled.confirmed();
    const last = updates.at(-1);
    // An empty answer confirms everything before it, so the next number may be any (Update.update_id).
    offset = last === undefined ? 0 : last.update_id + 1;
    await patiently(Promise.all(updates.map(take)), confirmAfterMs, stopping.signal);
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
    while (!stopping.signal.aborted && !revoked) await ask().catch(recover);
  };
  const running = loop();

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    stopping.abort();
    asking.abort();
    await running;
    await handled.kept();
    if (offset === 0 || revoked) return;
    // Confirms what was handed over, so that the next to poll does not get it again.
    await client
      .poll({ offset, limit: 1, timeout: 0 }, AbortSignal.timeout(confirmAfterMs))
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
    close: stopOnce,
  };
}

function conflictSentence(description: string): string {
  return /webhook/.test(description)
    ? "Telegram sends this bot's events to a webhook that was set up elsewhere."
    : "Another program receives this bot's events with the same token; stop one of the two.";
}
