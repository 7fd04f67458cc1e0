import { setTimeout as sleep } from "node:timers/promises";
import { PlatformError } from "../../../contracts/platform.ts";
import { isTokenError, slackCode, toPlatformError } from "./errors.ts";
import { answerAtOnce } from "./forms.ts";
import { GentleSocket, type LeaveReason } from "./gentle-socket.ts";
import type { Http } from "./http.ts";
import { type Delivery, type Intake, isPayload } from "./intake.ts";

export interface SocketModeParts {
  readonly appToken: string;
  readonly apiRoot: string;
  readonly http: Http;
  readonly now: () => number;
  /** Given when the bot closes, also while the first connection is being opened. */
  readonly signal: AbortSignal;
  readonly onDelivery: (delivery: Delivery) => void;
  /** Why no events arrive, or undefined once they do again. */
  readonly onTrouble: (why: string | undefined) => void;
  /** The app token works no more; nothing is tried again. */
  readonly onDead: (why: string) => void;
  readonly ackFailed: () => void;
}

const greetingWithinMs = 15_000;
/** A connection that lived shorter counts as a failure, so that a loop of them slows down. */
const livedMs = 10_000;
const mostDelayMs = 30_000;
const startAttempts = 3;
/** Failures that a reason stands for, so that the next attempt waits. */
const patience: Readonly<Record<LeaveReason, number>> = {
  warning: 0,
  refresh_requested: 0,
  unknown: 0,
  too_many_websockets: 4,
  link_disabled: 6,
};

/**
 * Keeps one Socket Mode connection open. Slack renews them every few hours: the next one is greeted before the old one
 * goes, so that there is always one.
 * @throws PlatformError kind "start" when Slack does not accept the app token
 */
export async function startSocketMode(parts: SocketModeParts): Promise<Intake> {
  const live = new Map<GentleSocket, { readonly since: number; leaving: boolean }>();
  const stopping = new AbortController();
  parts.signal.addEventListener("abort", () => stopping.abort(), { signal: stopping.signal });
  let failures = 0;
  let opening: Promise<void> | undefined;
  let over = false;

  const adopt = (socket: GentleSocket) => {
    live.set(socket, { since: parts.now(), leaving: false });
    socket.on("asked_to_leave", (reason: LeaveReason) => {
      const entry = live.get(socket);
      if (entry === undefined || entry.leaving) return;
      entry.leaving = true;
      noteEnd(entry.since);
      failures = Math.max(failures, patience[reason]);
      if (reason === "link_disabled")
        parts.onTrouble("No events arrive: Socket Mode is switched off on the app's page Socket Mode.");
      replace();
    });
    socket.on("disconnected", () => {
      const entry = live.get(socket);
      live.delete(socket);
      if (entry === undefined || entry.leaving) return;
      noteEnd(entry.since);
      replace();
    });
  };
  const noteEnd = (since: number) => {
    failures = parts.now() - since < livedMs ? failures + 1 : 0;
  };

  const connect = async (): Promise<GentleSocket> => {
    const socket = new GentleSocket(parts.appToken, parts.apiRoot, parts.http);
    socket.on("slack_event", (event: { type: string; body: unknown; ack: (answer?: object) => Promise<void> }) => {
      const delivery = isPayload(event.body) ? { type: event.type, body: event.body } : undefined;
      const answer = delivery && answerAtOnce(delivery);
      event.ack(answer).catch(parts.ackFailed);
      if (delivery !== undefined && answer === undefined) parts.onDelivery(delivery);
    });
    await socket.open(greetingWithinMs, stopping.signal);
    return socket;
  };

  const takeOver = (socket: GentleSocket) => {
    adopt(socket);
    parts.onTrouble(undefined);
    for (const [old, { leaving }] of live) if (leaving) void forget(old);
  };
  const forget = async (socket: GentleSocket) => {
    live.delete(socket);
    await socket.letGo();
  };

  const persist = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await rest(failures, parts.now(), stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        const socket = await connect();
        if (stopping.signal.aborted) return await socket.letGo();
        return takeOver(socket);
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        if (isRefusal(error)) {
          over = true;
          parts.onDead("Slack no longer accepts the app token: make a new one on the app's page Basic Information.");
          return;
        }
        parts.onTrouble(`No events arrive: ${toPlatformError(error).message}`);
      }
    }
  };
  const replace = () => {
    if (over) return;
    opening ??= persist().finally(() => {
      opening = undefined;
      // The new one may have gone, or been asked to, in the meantime.
      if ([...live.values()].every(({ leaving }) => leaving)) replace();
    });
  };

  for (let attempt = 1; ; attempt++) {
    try {
      takeOver(await connect());
      break;
    } catch (error) {
      if (isRefusal(error)) throw notAccepted();
      const known = toPlatformError(error);
      if (attempt >= startAttempts || parts.signal.aborted) throw known;
      await rest(attempt, parts.now(), stopping.signal);
    }
  }

  const stop = async () => {
    over = true;
    stopping.abort();
    await Promise.all([opening, ...[...live.keys()].map(forget)]);
  };
  return { stop, close: stop };
}

/** Waits longer with every failure, not at all without one. */
async function rest(failures: number, now: number, signal: AbortSignal): Promise<void> {
  if (failures === 0) return;
  const ms = Math.min(mostDelayMs, 250 * 2 ** failures) * (0.75 + (now % 100) / 200);
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

function isRefusal(error: unknown): boolean {
  const code = slackCode(error);
  return isTokenError(code) || code === "not_allowed_token_type" || code === "missing_scope";
}

function notAccepted(): PlatformError {
  return new PlatformError(
    "start",
    "Slack does not accept the app token: it begins with xapp-, has the scope connections:write, and stands on the page Basic Information of the app.",
    { setting: "app_token" },
  );
}
