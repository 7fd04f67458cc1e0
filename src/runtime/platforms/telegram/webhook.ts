import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Update } from "grammy/types";
import { listen } from "../listener.ts";
import { readBody, refuse, strangersTurnedAway } from "../request.ts";
import type { Dispatch } from "./dispatch.ts";
import { patiently } from "./patience.ts";
import type { WebhookSettings } from "./settings.ts";

export interface WebhookServerParts {
  readonly settings: Pick<WebhookSettings, "host" | "port" | "path" | "secretToken">;
  readonly dispatch: Dispatch;
  /** Says, at most once a minute, how many requests were turned away. */
  readonly turnedAway: (count: number) => void;
  readonly now: () => number;
}

export interface WebhookServer {
  /** Gives the address up and turns further updates away, so that Telegram keeps them for who comes next. */
  pause(): void;
  /** Cuts what is left. */
  close(): Promise<void>;
}

const mostBytes = 1024 * 1024;
/** Telegram waits for about a minute; a slow handler goes on after the answer. */
const answerAfterMs = 5000;

/**
 * Listens for Telegram's requests. Path and secret are compared in constant time and before the body is read.
 * @throws PlatformError kind "start" when the address cannot be listened on
 */
export async function startWebhookServer(parts: WebhookServerParts): Promise<WebhookServer> {
  const { settings, dispatch } = parts;
  const isPath = comparer(settings.path);
  const isSecret = comparer(settings.secretToken);
  let paused = false;
  const turnAway = strangersTurnedAway(parts.now, parts.turnedAway);

  const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> | void => {
    if (!isPath(request.url ?? "")) return turnAway(response, 404);
    const secret = request.headers["x-telegram-bot-api-secret-token"];
    if (!isSecret(typeof secret === "string" ? secret : "")) return turnAway(response, 401);
    if (request.method !== "POST") return refuse(response, 405);
    if (paused) return refuse(response, 503);
    return readBody(request, mostBytes).then((body) => {
      if (body === undefined) return refuse(response, 413);
      const update = readUpdate(body.toString());
      if (update === undefined) return refuse(response, 400);
      const room = dispatch.room();
      return room === undefined ? take(update, response) : room.then(() => take(update, response));
    });
  };

  const take = (update: Update, response: ServerResponse): Promise<void> | void => {
    const handled = dispatch.update(update);
    if (handled === undefined) return confirm(response);
    return patiently(handled, answerAfterMs).then(() => confirm(response));
  };

  const confirm = (response: ServerResponse): void => {
    if (paused) response.setHeader("connection", "close");
    response.end();
  };
  const listening = await listen(settings, { takes: isPath, handle }, "webhook");
  return {
    pause() {
      paused = true;
      listening.leave();
    },
    close() {
      paused = true;
      return listening.close();
    },
  };
}

/** Size of the blocks for all but longer paths, in bytes; Telegram's own limit for secrets is 256. */
const longestSecret = 1024;

/**
 * Compares in constant time: both texts are laid into blocks of one size, which also hold their lengths, so that neither
 * content nor length of what is expected shows in the time it takes.
 */
function comparer(expected: string): (given: string) => boolean {
  const size = 4 + Math.max(longestSecret, Buffer.byteLength(expected));
  const block = Buffer.alloc(size);
  const mine = Buffer.alloc(size);
  const lay = (into: Buffer, text: string): void => {
    into.fill(0);
    into.write(text, 4, "utf8");
    into.writeUInt32LE(text.length, 0);
  };
  lay(mine, expected);
  return (given) => {
    lay(block, given);
    return timingSafeEqual(block, mine);
  };
}

function readUpdate(body: string): Update | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const isUpdate =
      typeof value === "object" && value !== null && "update_id" in value && typeof value.update_id === "number";
    return isUpdate ? (value as Update) : undefined;
  } catch {
    return undefined;
  }
}
