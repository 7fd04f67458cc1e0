import { GrammyError, HttpError } from "grammy";
import type { ApiResponse } from "grammy/types";
import { Agent, type Dispatcher } from "undici";
import type { OutFile } from "../../../contracts/message.ts";
import { formOf } from "./form.ts";

/** An answer that is not the Bot API's JSON: a proxy's error page, a server that restarts. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
  constructor(readonly status: number) {
    super(`answered ${status} without JSON`);
  }
}

export interface Account {
  readonly token: string;
  readonly apiRoot: string;
}

/**
 * Calls methods of the Bot API in place of the library's own client, which costs most of the time of an answer: an abort
 * controller, a timer and a web stream for each.
 */
export interface Http {
  /**
   * @param more.file What `args` name `attach://file`.
   * @throws GrammyError, HttpError as the library does.
   */
  call(
    account: Account,
    method: string,
    args: object,
    more: { readonly file?: OutFile | undefined; readonly signal?: AbortSignal },
  ): Promise<unknown>;
  close(): Promise<void>;
}

/** Seconds that a long poll may last on the server's side. */
export const pollSeconds = 25;
const answerTimeout = 10_000;
const pollTimeout = answerTimeout + pollSeconds * 1000;
/** The server looks at a whole file before it answers. */
const uploadTimeout = 60_000;
const json = { "content-type": "application/json" };

/** Kept-alive connections, 10 s for an answer (a long poll: 10 s more than it may last). */
export function createHttp(): Http {
  const dispatcher = new Agent({
    connect: { timeout: answerTimeout },
    keepAliveTimeout: 15_000,
    bodyTimeout: answerTimeout,
  });
  let base: { readonly account: Account; readonly origin: string; readonly path: string } | undefined;

  return {
    call(account, method, args, { file, signal }) {
      if (base?.account !== account) base = { account, ...addressOf(account) };
      const form = file === undefined ? undefined : formOf(args, file);
      const options = {
        origin: base.origin,
        path: base.path + method,
        method: "POST" as const,
        headers: form === undefined ? json : { "content-type": form.type },
        body: form === undefined ? JSON.stringify(args) : form.body,
        headersTimeout: form !== undefined ? uploadTimeout : method === "getUpdates" ? pollTimeout : answerTimeout,
      };
      return new Promise((resolve, reject) => {
        const answered = (answer: ApiResponse<unknown>): void => {
          if (answer.ok) resolve(answer.result);
          else reject(new GrammyError(`Call to '${method}' failed!`, answer, method, { ...args }));
        };
        const failed = (error: unknown): void => {
          reject(new HttpError(`Network request for '${method}' failed!`, error));
        };
        ask(dispatcher, options, answered, failed, signal);
      });
    },
    close: () => dispatcher.destroy(),
  };
}

function addressOf({ token, apiRoot }: Account): { readonly origin: string; readonly path: string } {
  const { origin, pathname } = new URL(apiRoot);
  return { origin, path: `${pathname.replace(/\/+$/, "")}/bot${token}/` };
}

/** One request, and its answer as the Bot API's JSON. */
function ask(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  answered: (answer: ApiResponse<unknown>) => void,
  failed: (error: unknown) => void,
  signal: AbortSignal | undefined,
): void {
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
      if (typeof json === "object" && json !== null && "ok" in json) answered(json as ApiResponse<unknown>);
      else failed(new BadAnswer(status));
    },
    onResponseError(_controller, error) {
      settled();
      failed(error);
    },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
