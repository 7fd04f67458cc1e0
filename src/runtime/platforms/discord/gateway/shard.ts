import { setTimeout as sleep } from "node:timers/promises";
import { type GatewayDispatchPayload, type GatewayPresenceUpdateData, GatewayOpcodes as Op } from "discord.js";
import { endsSession, GatewayRefusal, isFatal } from "./closing.ts";
import { type Line, openLine } from "./line.ts";
import { createOutbox, type OutFrame } from "./outbox.ts";
import type { Turn, Turns } from "./turns.ts";

/**
 * One shard: a session with the gateway that outlives its connections. discord.js's own leaves rejections unhandled when
 * op 9 meets another frame, goes on by itself when destroyed while it logs in, and logs in as often as it is thrown out.
 */
export interface Shard {
  readonly id: number;
  /** Resolves when the session has begun. @throws GatewayRefusal */
  start(): Promise<void>;
  /** Logs in anew, with what `login` says now; revives a shard that was refused. @throws GatewayRefusal */
  restart(): Promise<void>;
  /** Sends as soon as Discord listens; not any more when the session ends before that. */
  send(frame: OutFrame): void;
  /** Whether events are coming in now. */
  ready(): boolean;
  /** Ends the session. Nothing is connected any more when this resolves. */
  stop(): Promise<void>;
}

export interface ShardParts {
  readonly id: number;
  readonly count: number;
  readonly token: string;
  readonly turns: Turns;
  readonly now: () => number;
  /** The address of the gateway, for a session that begins. */
  readonly url: () => string;
  readonly login: () => { readonly intents: number; readonly presence: GatewayPresenceUpdateData };
  readonly dispatch: (payload: GatewayDispatchPayload) => void;
  /** The shard was thrown out for good while it was running: a GatewayRefusal, unless something is broken. */
  readonly refused: (why: unknown) => void;
  /** The line is gone and the first try to get it back failed; undefined: it is back. */
  readonly trouble: (why: string | undefined) => void;
  readonly failed: (error: unknown) => void;
}

interface Session {
  readonly id: string;
  readonly url: string;
  sequence: number;
}

interface Frame {
  readonly op: number;
  readonly d: unknown;
  readonly s?: number | null;
  readonly t?: string | null;
}

/** HELLO, and READY or RESUMED after it, must come within this. */
const greetingMs = 20_000;
/** A connection that lived this long was a good one: pauses begin small again. */
const goodLifeMs = 60_000;
const longestPauseMs = 300_000;

export function createShard(parts: ShardParts): Shard {
  const { id, count, now, failed } = parts;
  const stopping = new AbortController();
  let session: Session | undefined;
  let line: Line | undefined;
  let isReady = false;
  let failures = 0;
  let running: Promise<void> | undefined;
  let starting: { resolve(): void; reject(reason: unknown): void } | undefined;
  const outbox = createOutbox((text) => line?.send(text), now);

  const begun = () => {
    isReady = true;
    outbox.open();
    starting?.resolve();
    starting = undefined;
    parts.trouble(undefined);
  };

  /** One connection, from dialling to its end. Resolves with the close code and when it was greeted. */
  const connect = async (
    turn: Turn | undefined,
  ): Promise<{ code: number; greetedAt?: number; toldToLeave: boolean }> => {
    const address = session?.url ?? parts.url();
    let greetedAt: number | undefined;
    let toldToLeave = false;
    let acknowledged = true;
    let heartbeat: NodeJS.Timeout | undefined;

    const own = openLine(`${address.replace(/\/+$/, "")}/?v=10&encoding=json`, (text) => {
      try {
        receive(JSON.parse(text) as Frame);
      } catch (error) {
        failed(error);
      }
    });
    line = own;
    const greeting = setTimeout(() => own.close(4200), greetingMs);
    const say = (op: number, d: unknown) => own.send(JSON.stringify({ op, d }));
    const beat = () => {
      acknowledged = false;
      say(Op.Heartbeat, session?.sequence ?? null);
    };

    const identify = async () => {
      await turn?.use();
      const { intents, presence } = parts.login();
      const properties = { os: process.platform, browser: "botctl", device: "botctl" };
      say(Op.Identify, { token: parts.token, intents, presence, properties, shard: [id, count] });
    };

    const receive = (frame: Frame) => {
      switch (frame.op) {
        case Op.Hello: {
          const { heartbeat_interval: interval } = frame.d as { heartbeat_interval: number };
          const next = (wait: number) => {
            heartbeat = setTimeout(() => {
              if (!acknowledged) return own.close(4200);
              beat();
              next(interval);
            }, wait);
          };
          next(interval * Math.random());
          // A session that was dropped on the way has no turn to log in.
          if (session === undefined && turn === undefined) own.close(1000);
          else if (session === undefined) void identify();
          else say(Op.Resume, { token: parts.token, session_id: session.id, seq: session.sequence });
          break;
        }
        case Op.HeartbeatAck:
          acknowledged = true;
          break;
        case Op.Heartbeat:
          beat();
          break;
        case Op.Reconnect:
          toldToLeave = true;
          own.close(4200);
          break;
        case Op.InvalidSession:
          isReady = false;
          if (frame.d !== true) session = undefined;
          own.close(session === undefined ? 1000 : 4200);
          break;
        case Op.Dispatch:
          hear(frame as Frame & { s: number });
      }
    };

    const hear = (frame: Frame & { s: number }) => {
      const fresh = frame.t === "READY";
      if (fresh) {
        const { session_id, resume_gateway_url } = frame.d as { session_id: string; resume_gateway_url: string };
        session = { id: session_id, url: resume_gateway_url, sequence: frame.s };
        outbox.renew();
      } else if (session !== undefined) session.sequence = frame.s;
      parts.dispatch(frame as unknown as GatewayDispatchPayload);
      if (!fresh && frame.t !== "RESUMED") return;
      clearTimeout(greeting);
      greetedAt = now();
      begun();
    };

    const code = await own.ended;
    clearTimeout(greeting);
    clearTimeout(heartbeat);
    isReady = false;
    outbox.pause();
    return { code, toldToLeave, ...(greetedAt === undefined ? {} : { greetedAt }) };
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      const turn = session === undefined ? await parts.turns.wait(id, stopping.signal) : undefined;
      const { code, greetedAt, toldToLeave } = await connect(turn);
      turn?.end();
      if (stopping.signal.aborted) return;
      if (isFatal(code)) {
        session = undefined;
        throw new GatewayRefusal(code);
      }
      if (endsSession(code)) session = undefined;
      const livedWell = greetedAt !== undefined && now() - greetedAt >= goodLifeMs;
      failures = livedWell ? 0 : failures + 1;
      if (toldToLeave && greetedAt !== undefined) continue;
      if (greetedAt === undefined) parts.trouble("The line to Discord is down; the bot keeps trying.");
      await sleep(pauseFor(failures, session === undefined), undefined, { signal: stopping.signal });
    }
  };

  const keepRunning = () => {
    running = run().catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      running = undefined;
      const waiting = starting;
      starting = undefined;
      if (waiting !== undefined) waiting.reject(error);
      else parts.refused(error);
    });
  };

  const begin = () =>
    new Promise<void>((resolve, reject) => {
      starting = { resolve, reject };
    });

  return {
    id,
    start() {
      const started = begin();
      keepRunning();
      return started;
    },
    restart() {
      const started = begin();
      session = undefined;
      failures = 0;
      if (running === undefined) keepRunning();
      else line?.close(1000);
      return started;
    },
    send: outbox.put,
    ready: () => isReady,
    async stop() {
      stopping.abort();
      starting?.reject(new Error("the shard was stopped"));
      starting = undefined;
      line?.close(1000);
      await running;
    },
  };
}

/**
 * Pauses double up to five minutes. A lost session is not begun anew in the first second (documentation: "Gateway
 * Events", Invalid Session).
 */
function pauseFor(failures: number, anew: boolean): number {
  const jitter = 0.75 + Math.random() / 2;
  const pause = Math.min(longestPauseMs, 500 * 2 ** Math.max(0, failures - 1)) * jitter;
  return anew ? Math.max(pause, 1000 + 1500 * Math.random()) : pause;
}
