import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { GrammyError } from "grammy";
import type { ApiMethods, Opts, Update } from "grammy/types";
import type { OutFile } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import { movedTo, tooFast, toPlatformError } from "./errors.ts";
import { type Account, createHttp } from "./http.ts";

export type Method = keyof ApiMethods & string;
type Result<M extends Method> = Awaited<ReturnType<ApiMethods[M]>>;

/** Calls to the Bot API: paced, retried where that is safe, and with errors said for people. */
export interface Client {
  /**
   * Calls a method. A flood answer is waited for, up to half a minute, for this chat (or method) only; trouble on the
   * way is retried, but a message only when it surely did not arrive.
   * @param file What `args` name `attach://file`.
   * @throws PlatformError
   */
  call<M extends Method>(method: M, args: Opts<M>, file?: OutFile): Promise<Result<M>>;
  /** One long poll, with the library's own errors. */
  poll(args: Opts<"getUpdates">, signal: AbortSignal): Promise<Update[]>;
  /** Cuts what is under way. */
  close(): Promise<void>;
}

export interface ClientOptions {
  /** Where to call and as whom; the first answer counts. Throws as long as there is none. */
  readonly account: () => Account;
  readonly now: () => number;
  /** Called once, when Telegram no longer accepts the token. */
  readonly onRevoked: () => void;
  /** A group has become a supergroup with another id. */
  readonly onMoved: (from: number, to: number) => void;
  /** A chat takes no messages from the bot any more: blocked, left, deleted. */
  readonly onShut: (chatId: number, why: PlatformError) => void;
}

/** Messages to a chat: they keep their order, and show when the chat takes no more. */
const sends: ReadonlySet<string> = new Set<Method>(["sendMessage", "sendDocument"]);
/** What would be there twice if it were asked for again after a lost answer. */
const once: ReadonlySet<string> = new Set<Method>(["sendMessage", "sendDocument", "createForumTopic"]);

const attempts = 4;
const mostWaitMs = 30_000;
/** Above this many, those whose time is over are forgotten. */
const mostBlocked = 1000;
/** Timers may fire a little early, and asking before the time is over prolongs it. */
const timerSlackMs = 20;

export function createClient(options: ClientOptions): Client {
  const http = createHttp();
  let firstAccount: Account | undefined;
  const account = (): Account => {
    firstAccount ??= options.account();
    return firstAccount;
  };
  const closing = new AbortController();
  // Every call under way listens.
  setMaxListeners(0, closing.signal);
  /** When a chat or method may be asked again, by the key that was answered 429. */
  const blockedUntil = new Map<string, number>();
  /** The last message under way to a chat: messages to one chat keep their order. */
  const queues = new Map<string, Promise<unknown>>();
  let revoked = false;

  const revokedError = () =>
    new PlatformError("unavailable", "Telegram no longer accepts the bot's token.", { setting: "token" });

  const request = async (
    method: string,
    args: object,
    more: { file?: OutFile | undefined; signal?: AbortSignal },
  ): Promise<unknown> => {
    if (revoked) throw revokedError();
    try {
      return await http.call(account(), method, args, more);
    } catch (error) {
      if (error instanceof GrammyError && error.error_code === 401) {
        if (!revoked) options.onRevoked();
        revoked = true;
        throw revokedError();
      }
      throw error;
    }
  };

  const pause = async (ms: number) => {
    await sleep(ms, undefined, { signal: closing.signal }).catch(() => {
      throw new PlatformError("unavailable", "The bot is closing.");
    });
  };

  const persist = async (method: string, first: object, chat: string, file?: OutFile): Promise<unknown> => {
    const deadline = options.now() + mostWaitMs;
    const repeatable = !once.has(method);
    const flow = `${method} ${chat}`;
    let args = first;
    for (let attempt = 1; ; attempt++) {
      const until = blockedUntil.get(flow);
      if (until !== undefined) {
        if (until > deadline) throw tooFast(Math.ceil((until - options.now()) / 1000));
        if (until > options.now()) await pause(until - options.now() + timerSlackMs);
        if (blockedUntil.get(flow) === until) blockedUntil.delete(flow);
      }
      try {
        return await request(method, args, { file });
      } catch (error) {
        const to = movedTo(error);
        if (to !== undefined && "chat_id" in args && args.chat_id !== to) {
          options.onMoved(Number(args.chat_id), to);
          args = { ...args, chat_id: to };
          continue;
        }
        const known = toPlatformError(error);
        const shut = error instanceof GrammyError && error.error_code === 403 && sends.has(method);
        if (shut && "chat_id" in args) options.onShut(Number(args.chat_id), known);
        if (known.kind === "rate_limited") {
          if (blockedUntil.size >= mostBlocked) forgetPast(blockedUntil, options.now());
          blockedUntil.set(flow, options.now() + (known.retryAfterMs ?? 1000 * 2 ** (attempt - 1)));
          if (attempt >= attempts) throw known;
          continue;
        }
        const again = known.kind === "unavailable" && (repeatable || !known.uncertain) && !closing.signal.aborted;
        if (!again || revoked || attempt >= attempts) throw known;
        await pause(250 * 2 ** attempt * (0.75 + (options.now() % 100) / 200));
      }
    }
  };

  /** Runs `work` when what was queued for the chat before is over, however it ended. */
  const inOrder = <T>(chat: string, work: () => Promise<T>): Promise<T> => {
    const before = queues.get(chat);
    const mine = before === undefined ? work() : before.then(work, work);
    const over = () => {
      if (queues.get(chat) === mine) queues.delete(chat);
    };
    queues.set(chat, mine);
    mine.then(over, over);
    return mine;
  };

  return {
    call: async <M extends Method>(method: M, args: Opts<M>, file?: OutFile): Promise<Result<M>> => {
      account();
      const chat = "chat_id" in args ? String(args.chat_id) : "";
      const work = () => persist(method, args, chat, file);
      return (sends.has(method) ? await inOrder(chat, work) : await work()) as Result<M>;
    },
    poll: async (args, signal) => (await request("getUpdates", args, { signal })) as Update[],
    async close() {
      closing.abort();
      await http.close();
    },
  };
}

function forgetPast(until: Map<string, number>, now: number): void {
  for (const [flow, at] of until) if (at <= now) until.delete(flow);
}
