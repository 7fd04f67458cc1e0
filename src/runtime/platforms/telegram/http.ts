import { HttpError, type Transformer } from "grammy";
import { Agent, type Dispatcher } from "undici";

/** An answer that is not the Bot API's JSON: a proxy's error page, a server that restarts. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
  constructor(readonly status: number) {
    super(`answered ${status} without JSON`);
  }
}

export interface Http {
  /**
   * Carries the library's calls in place of its own client, which costs most of the time of an answer: an abort
   * controller, a timer and a web stream for each.
   */
  carrier(account: { readonly token: string; readonly apiRoot: string }): Transformer;
  close(): Promise<void>;
}

/** Seconds that a long poll may last on the server's side. */
export const pollSeconds = 25;
const answerTimeout = 10_000;
const pollTimeout = answerTimeout + pollSeconds * 1000;
const headers = { "content-type": "application/json" };

type Answer = Awaited<ReturnType<Transformer>>;

/** Kept-alive connections, 10 s for an answer (a long poll: 10 s more than it may last). */
export function createHttp(): Http {
  const dispatcher = new Agent({
    connect: { timeout: answerTimeout },
    keepAliveTimeout: 15_000,
    bodyTimeout: answerTimeout,
  });

  return {
    carrier({ token, apiRoot }) {
      const { origin, pathname } = new URL(apiRoot);
      const base = `${pathname.replace(/\/+$/, "")}/bot${token}/`;
      const carry = async (_library: unknown, method: string, payload: unknown, signal?: unknown): Promise<Answer> => {
        try {
          return await ask(
            dispatcher,
            {
              origin,
              path: base + method,
              method: "POST",
              headers,
              body: JSON.stringify(payload ?? {}),
              headersTimeout: method === "getUpdates" ? pollTimeout : answerTimeout,
            },
            signal as AbortSignal | undefined,
          );
        } catch (error) {
          throw new HttpError(`Network request for '${method}' failed!`, error);
        }
      };
      // The library's type ties the result to the method, which a carrier of all methods cannot say.
      return carry as unknown as Transformer;
    },
    close: () => dispatcher.destroy(),
  };
}

/** One request, and its answer as the Bot API's JSON. */
function ask(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let stop: (() => void) | undefined;
    const settled = (): void => {
      if (stop !== undefined) signal?.removeEventListener("abort", stop);
    };
    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        if (signal === undefined) return;
        stop = () => controller.abort(new Error("the call was cut"));
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop, { once: true });
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        settled();
        const json = parse(chunks.length === 1 ? chunks[0]!.toString() : Buffer.concat(chunks).toString());
        if (typeof json === "object" && json !== null && "ok" in json) resolve(json as Answer);
        else reject(new BadAnswer(status));
      },
      onResponseError(_controller, error) {
        settled();
        reject(error);
      },
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
