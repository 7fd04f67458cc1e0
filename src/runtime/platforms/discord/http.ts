import type { RESTOptions } from "discord.js";
import { Agent, request } from "undici";

/** Discord (or the network in front of it) wants nothing from this bot until then. */
export class Blocked extends Error {
  override readonly name = "Blocked";
  constructor(readonly retryAfterMs: number) {
    super("requests are held back");
  }
}

export interface Http {
  /** What the library calls instead of its own client. */
  readonly makeRequest: RESTOptions["makeRequest"];
  close(): Promise<void>;
}

/** Milliseconds that one request may take. */
export const answerTimeout = 10_000;
const windowMs = 600_000;
/** A tenth of what Discord bans an address for (documentation: "Rate Limits", Invalid Request Limit). */
const mostInvalid = 1000;
const firstBlockMs = 60_000;
const longestBlockMs = 900_000;

/**
 * Kept-alive connections and a breaker: a 429 that does not say how long to wait comes from the network in front of Discord,
 * which bans addresses; so does a thousand refused requests in ten minutes. While it is open nothing is sent.
 */
export function createHttp(now: () => number, onBlocked: (why: string | undefined) => void): Http {
  const dispatcher = new Agent({
    connect: { timeout: answerTimeout },
    headersTimeout: answerTimeout,
    bodyTimeout: answerTimeout,
    keepAliveTimeout: 30_000,
  });
  let blockedUntil = 0;
  let strikes = 0;
  let invalid = { since: 0, count: 0 };

  const block = (ms: number, why: string) => {
    blockedUntil = Math.max(blockedUntil, now() + ms);
    onBlocked(why);
  };

  const countInvalid = (status: number, shared: boolean) => {
    if ((status !== 401 && status !== 403 && status !== 429) || shared) return;
    if (now() - invalid.since > windowMs) invalid = { since: now(), count: 0 };
    invalid.count += 1;
    if (invalid.count >= mostInvalid)
      block(
        invalid.since + windowMs - now(),
        "Discord refused a thousand requests within ten minutes; the bot pauses before it is shut out altogether.",
      );
  };

  return {
    async makeRequest(url, init) {
      const left = blockedUntil - now();
      if (left > 0) throw new Blocked(left);
      const sent = new Headers(init.headers as ConstructorParameters<typeof Headers>[0]);
      const content = await contentOf(init.body, sent);
      const { statusCode, headers, body } = await request(url, {
        dispatcher,
        method: init.method as "GET",
        headers: Object.fromEntries(sent),
        body: content,
        signal: init.signal as AbortSignal,
      });
      const text = await body.text();
      const answered = new Headers();
      for (const [name, value] of Object.entries(headers))
        if (value !== undefined) answered.set(name, Array.isArray(value) ? value.join(", ") : value);
      countInvalid(statusCode, answered.get("x-ratelimit-scope") === "shared");
      if (statusCode === 429) {
        const seconds = waitOf(answered, text);
        if (seconds !== undefined) answered.set("retry-after", String(seconds));
      }
      if (statusCode === 429 && !answered.has("retry-after")) {
        const ms = Math.min(longestBlockMs, firstBlockMs * 2 ** strikes);
        strikes += 1;
        block(ms, "Discord turns this bot's address away for a while; it tries again in a minute or more.");
        throw new Blocked(ms);
      }
      if (blockedUntil !== 0 && statusCode < 400) {
        blockedUntil = 0;
        strikes = 0;
        onBlocked(undefined);
      }
      return {
        ok: statusCode >= 200 && statusCode < 300,
        status: statusCode,
        statusText: "",
        headers: answered,
        body: null,
        bodyUsed: true,
        text: async () => text,
        json: async () => JSON.parse(text) as unknown,
        arrayBuffer: async () => new TextEncoder().encode(text).buffer as ArrayBuffer,
      };
    },
    close: () => dispatcher.destroy(),
  };
}

/** The bytes of a request; files come as a form, which says in a header where its parts end. */
async function contentOf(body: unknown, headers: Headers): Promise<string | Buffer | null> {
  if (!(body instanceof FormData)) return (body ?? null) as string | null;
  const form = new Response(body);
  headers.set("content-type", form.headers.get("content-type") ?? "multipart/form-data");
  return Buffer.from(await form.arrayBuffer());
}

/** Seconds to wait, from the header or the body; at least one hundredth, because the library retries at once on zero. */
function waitOf(headers: Headers, body: string): number | undefined {
  const told = headers.get("retry-after") ?? /"retry_after":\s*([\d.]+)/.exec(body)?.[1];
  const seconds = told === undefined ? Number.NaN : Number(told);
  return Number.isFinite(seconds) ? Math.max(0.01, seconds) : undefined;
}
