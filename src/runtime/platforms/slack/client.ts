import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { LogLevel, type Logger as SlackLogger, WebClient } from "@slack/web-api";
import { PlatformError } from "../../../contracts/platform.ts";
import { isTokenError, ownTrouble, slackCode, tooFast, toPlatformError } from "./errors.ts";
import type { Http } from "./http.ts";
import { type Arguments, type Method, posting, type Result, unrepeatable } from "./methods.ts";

/** Calls to the Web API: paced, retried where that is safe, and with errors said for people. */
export interface Client {
  /**
   * Calls a method. A 429 is waited for, up to half a minute from the call on, for this method and channel only; trouble
   * on the way is retried, but what would be done twice only when it surely did not arrive.
   * @throws PlatformError
   */
  call<M extends Method>(method: M, args: Arguments<M>): Promise<Result<M>>;
  /** Answers through the address that came with a slash command or press. @throws PlatformError */
  respond(url: string, body: object): Promise<void>;
  /** Sends a file's bytes to the address that Slack named for it. @throws PlatformError */
  upload(url: string, content: Uint8Array): Promise<void>;
  close(): void;
}

export interface ClientOptions {
  readonly http: Http;
  /** Where to call and as whom; the first answer counts. Throws as long as there is none. */
  readonly account: () => { readonly botToken: string; readonly apiRoot: string };
  readonly now: () => number;
  /** Called once, when Slack no longer accepts the token, with Slack's code. */
  readonly onRevoked: (code: string) => void;
}

const attempts = 4;
const mostWaitMs = 30_000;
/** Timers may fire a little early, and asking before the time is over prolongs it. */
const timerSlackMs = 20;

/** The libraries' own words hold what users wrote, and nothing that their errors do not say. */
export const silent: SlackLogger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

export function createClient(options: ClientOptions): Client {
  const { http, now } = options;
  let web: WebClient | undefined;
  const library = () => {
    if (web !== undefined) return web;
    const { botToken, apiRoot } = options.account();
    web = new WebClient(botToken, {
      slackApiUrl: apiRoot,
      logger: silent,
      fetch: http.fetch,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    });
    return web;
  };
  const closing = new AbortController();
  // Every call under way listens.
  setMaxListeners(0, closing.signal);
  /** When a method may be called again for a channel, by the key that was answered 429. */
  const blockedUntil = new Map<string, number>();
  /** The last message under way to a channel: messages to one channel keep their order. */
  const queues = new Map<string, Promise<unknown>>();
  let revoked = false;

  const request = async (method: string, args: object): Promise<unknown> => {
    if (revoked)
      throw new PlatformError("unavailable", "Slack no longer accepts the bot token.", { setting: "bot_token" });
    try {
      return await library().apiCall(method, args as Record<string, unknown>);
    } catch (error) {
      const code = slackCode(error);
      if (isTokenError(code) && method !== "auth.test") {
        revoked = true;
        options.onRevoked(code);
      }
      throw error;
    }
  };

  const pause = async (ms: number) => {
    await sleep(ms, undefined, { signal: closing.signal }).catch(() => {
      throw new PlatformError("unavailable", "The bot is closing.");
    });
  };

  /** Waits until a method may be called again. @throws PlatformError where that is later than the deadline. */
  const unblocked = async (flow: string, deadline: number) => {
    for (;;) {
      const until = blockedUntil.get(flow);
      if (until === undefined) return;
      const left = until - now();
      if (left > 0 && until > deadline) throw tooFast(Math.ceil(left / 1000));
      if (left > 0) await pause(left + timerSlackMs);
      // Another call may have been told to wait longer in the meantime.
      if (blockedUntil.get(flow) === until) blockedUntil.delete(flow);
    }
  };
  const block = (flow: string, ms: number) => {
    for (const [other, until] of blockedUntil) if (until <= now()) blockedUntil.delete(other);
    blockedUntil.set(flow, now() + ms);
  };

  const persist = async (
    flow: string,
    repeatable: boolean,
    work: () => Promise<unknown>,
    deadline = now() + mostWaitMs,
  ): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      await unblocked(flow, deadline);
      try {
        return await work();
      } catch (error) {
        const known = toPlatformError(error);
        if (known.kind === "rate_limited") {
          block(flow, known.retryAfterMs ?? 1000 * 2 ** (attempt - 1));
          if (attempt >= attempts) throw known;
          continue;
        }
        const again = known.kind === "unavailable" && (repeatable || !known.uncertain) && !closing.signal.aborted;
        if (!again || revoked || attempt >= attempts || known.setting !== undefined) throw known;
        await pause(250 * 2 ** attempt * (0.75 + (now() % 100) / 200));
      }
    }
  };

  /** Runs `work` when what was queued for the channel before is over, however it ended. */
  const inOrder = async <T>(channel: string, work: () => Promise<T>): Promise<T> => {
    const mine = (queues.get(channel) ?? Promise.resolve()).then(work, work);
    queues.set(channel, mine);
    try {
      return await mine;
    } finally {
      if (queues.get(channel) === mine) queues.delete(channel);
    }
  };

  return {
    call: async <M extends Method>(method: M, args: Arguments<M>): Promise<Result<M>> => {
      options.account();
      const channel = "channel" in args ? String(args.channel) : "channel_id" in args ? String(args.channel_id) : "";
      // Counted from the call on, also while it waits for those before it.
      const deadline = now() + mostWaitMs;
      const repeatable = !unrepeatable.has(method);
      const work = () => persist(`${method} ${channel}`, repeatable, () => request(method, args), deadline);
      return (posting.has(method) ? await inOrder(channel, work) : await work()) as Result<M>;
    },
    async respond(url, body) {
      await persist("response_url", false, async () => {
        const { status, text } = await http.post(url, body);
        if (status < 300) return;
        if (status >= 500) throw ownTrouble();
        const gone = /expired_url|used_url|no_service/.test(text) || status === 404;
        throw gone
          ? new PlatformError("not_found", "It is too late to answer here.")
          : new PlatformError("refused", "Slack did not take the answer.");
      });
    },
    async upload(url, content) {
      await persist("upload", true, async () => {
        const { status } = await http.upload(url, content);
        if (status < 300) return;
        if (status >= 500) throw ownTrouble();
        throw new PlatformError("refused", "Slack did not take the file.");
      });
    },
    close: () => closing.abort(),
  };
}
