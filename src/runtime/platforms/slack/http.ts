import type { WebClientOptions } from "@slack/web-api";
import { Agent, request } from "undici";

type FetchFunction = NonNullable<WebClientOptions["fetch"]>;
type FetchResponse = Awaited<ReturnType<FetchFunction>>;

/** Slack answered 429; `seconds` is undefined where it did not say for how long. */
export class TooManyRequests extends Error {
  override readonly name = "TooManyRequests";
  constructor(readonly seconds: number | undefined) {
    super("too many requests");
  }
}

export interface Http {
  /** What the libraries call instead of their own client, which has no time limit. */
  readonly fetch: FetchFunction;
  /** Sends JSON to a `response_url`. */
  post(url: string, body: object): Promise<{ readonly status: number; readonly text: string }>;
  /** Sends bytes as they are. */
  upload(url: string, content: Uint8Array): Promise<{ readonly status: number; readonly text: string }>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

const answerTimeout = 10_000;

/** Kept-alive connections, and 10 s for an answer. */
export function createHttp(): Http {
  const dispatcher = new Agent({
    connect: { timeout: answerTimeout },
    keepAliveTimeout: 30_000,
    headersTimeout: answerTimeout,
    bodyTimeout: answerTimeout,
  });

  const send = async (url: string, headers: Record<string, string>, body: string | Uint8Array) => {
    const answer = await request(url, { dispatcher, method: "POST", headers, body });
    if (answer.statusCode === 429) {
      await answer.body.dump();
      const seconds = Number.parseInt(String(answer.headers["retry-after"]), 10);
      throw new TooManyRequests(Number.isNaN(seconds) ? undefined : seconds);
    }
    return answer;
  };

  return {
    async fetch(url, init) {
      const { statusCode, headers, body } = await send(String(url), init?.headers ?? {}, init?.body as string);
      const written = new Map(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      const response: FetchResponse = {
        ok: statusCode >= 200 && statusCode < 300,
        status: statusCode,
        statusText: "",
        url: String(url),
        headers: { get: (name) => written.get(name.toLowerCase()) ?? null, entries: () => written.entries() },
        arrayBuffer: () => body.arrayBuffer(),
        json: () => body.json(),
        text: () => body.text(),
      };
      return response;
    },
    async post(url, content) {
      const { statusCode, body } = await send(url, { "content-type": "application/json" }, JSON.stringify(content));
      return { status: statusCode, text: await body.text() };
    },
    async upload(url, content) {
      const { statusCode, body } = await send(url, { "content-type": "application/octet-stream" }, content);
      return { status: statusCode, text: await body.text() };
    },
    close: () => dispatcher.destroy(),
  };
}
