import type { ApiClientOptions } from "grammy";
import { Agent, request } from "undici";

/** An answer that is not the Bot API's JSON: a proxy's error page, a server that restarts. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
  constructor(readonly status: number) {
    super(`answered ${status} without JSON`);
  }
}

export interface Http {
  /** What the library calls instead of its own client, which costs most of the time of an answer. */
  readonly fetch: NonNullable<ApiClientOptions["fetch"]>;
  close(): Promise<void>;
}

/** Seconds that a long poll may last on the server's side. */
export const pollSeconds = 25;
const answerTimeout = 10_000;

/** Kept-alive connections, 10 s for an answer (a long poll: 10 s more than it may last). */
export function createHttp(): Http {
  const dispatcher = new Agent({
    connect: { timeout: answerTimeout },
    keepAliveTimeout: 15_000,
    bodyTimeout: answerTimeout,
  });

  const answer = async (input: unknown, init: { headers?: object; body?: unknown; signal?: unknown } = {}) => {
    const url = String(input);
    const { statusCode, body } = await request(url, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: init.body as string,
      signal: init.signal as AbortSignal,
      headersTimeout: answerTimeout + (url.endsWith("/getUpdates") ? pollSeconds * 1000 : 0),
    });
    const text = await body.text();
    const json: unknown = parse(text);
    if (typeof json !== "object" || json === null || !("ok" in json)) throw new BadAnswer(statusCode);
    return { json: async () => json };
  };

  return {
    // The library asks nothing of the answer but `json()`.
    fetch: answer as unknown as Http["fetch"],
    close: () => dispatcher.destroy(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
