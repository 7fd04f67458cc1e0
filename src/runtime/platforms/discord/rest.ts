import { setTimeout as sleep } from "node:timers/promises";
import type { REST, RequestMethod } from "discord.js";
import type { OutFile } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import { truncate } from "./cut.ts";
import { lacks, revokedError, statusOf, tooFast, toPlatformError } from "./errors.ts";

type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface CallOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** Uploaded beside the body. */
  readonly files?: readonly OutFile[];
  /** For the server's audit log. */
  readonly reason?: string | undefined;
  /** False where a token in the path is what counts. */
  readonly auth?: false;
  /** The permission without which Discord refuses, as its settings call it: for the sentence that says so. */
  readonly needs?: string;
  /**
   * Whether doing it twice is the same as doing it once. So it is unless told, but for POST: a message is only with a nonce
   * that Discord enforces.
   */
  readonly repeatable?: boolean;
}

/** Calls to Discord's API: retried where that is safe, and with errors said for people. */
export interface Rest {
  /**
   * Waits for limits, up to half a minute, in the call's own bucket only. Trouble on the way is retried with growing pauses
   * where doing the thing twice does no harm.
   * @throws PlatformError
   */
  call<T>(method: Verb, route: string, options?: CallOptions): Promise<T>;
  /** Sends nothing with the token any more: Discord does not accept it. */
  revoke(): void;
  /** Cuts what is under way. */
  close(): void;
}

const attempts = 4;
/** A limit that lasts longer than this is an error for whoever called. */
export const mostWaitMs = 30_000;
/** All waiting and trying of one call together, in milliseconds. */
const mostPatienceMs = 60_000;
const longestReason = 512;

export function createRest(library: REST, now: () => number, onRevoked: () => void): Rest {
  const underWay = new Set<AbortController>();
  let closing = false;
  let revoked = false;

  const request = async (method: Verb, route: string, options: CallOptions, signal: AbortSignal) => {
    if (revoked && options.auth !== false) throw revokedError();
    const { body, query, reason, auth, files = [] } = options;
    try {
      const answer = await library.request({
        method: method as RequestMethod,
        fullRoute: route as `/${string}`,
        signal,
        ...(body === undefined ? {} : { body }),
        ...(files.length === 0 ? {} : { files: files.map(({ name, content }) => ({ name, data: content })) }),
        ...(query === undefined ? {} : { query: new URLSearchParams(query) }),
        ...(reason === undefined || reason === "" ? {} : { reason: truncate(reason, longestReason) }),
        ...(auth === undefined ? {} : { auth }),
      });
      // What is not JSON comes as bytes; only nothing at all is an answer.
      if (!(answer instanceof ArrayBuffer)) return answer;
      if (answer.byteLength > 0) throw new Error("an answer without JSON");
      return undefined;
    } catch (error) {
      if (statusOf(error) === 401 && auth !== false) {
        if (!revoked) onRevoked();
        revoked = true;
        throw revokedError();
      }
      throw error;
    }
  };

  const persist = async (method: Verb, route: string, options: CallOptions, signal: AbortSignal): Promise<unknown> => {
    const repeatable = options.repeatable ?? method !== "POST";
    let uncertain = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(method, route, options, signal);
      } catch (error) {
        if (closing) throw new PlatformError("unavailable", "The bot is closing.", { uncertain: true });
        if (signal.aborted) throw tooFast(mostWaitMs / 1000);
        // What a lost answer did already is gone the second time.
        if (uncertain && method === "DELETE" && statusOf(error) === 404) return undefined;
        const known = lacks(error, options.needs) ?? toPlatformError(error);
        if (known.kind !== "unavailable" || known.setting !== undefined || attempt >= attempts) throw known;
        if (!repeatable && known.uncertain) throw known;
        uncertain ||= known.uncertain;
        const jitter = 0.75 + (now() % 100) / 200;
        await sleep(250 * 2 ** attempt * jitter, undefined, { signal }).catch(() => undefined);
      }
    }
  };

  return {
    async call<T>(method: Verb, route: string, options: CallOptions = {}) {
      if (closing) throw new PlatformError("unavailable", "The bot is closing.");
      const cut = new AbortController();
      const patience = setTimeout(() => cut.abort(), mostPatienceMs);
      underWay.add(cut);
      try {
        return (await persist(method, route, options, cut.signal)) as T;
      } finally {
        clearTimeout(patience);
        underWay.delete(cut);
      }
    },
    revoke() {
      revoked = true;
    },
    close() {
      closing = true;
      for (const cut of underWay) cut.abort();
    },
  };
}
