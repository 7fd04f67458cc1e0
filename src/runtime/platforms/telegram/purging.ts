import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { Heard, HeardMessage } from "./heard.ts";
import { messageNumber, type Target } from "./places.ts";

/** Messages can be deleted for 48 hours (deleteMessage); a little less, for clocks that differ. */
const deletableMs = 48 * 3_600_000 - 60_000;
/** Most ids of one call (deleteMessages). */
const mostAtOnce = 100;
/** How many messages that were never heard of are tried, each with a call of its own. */
const mostTries = 100;

/**
 * Deletes the latest messages. Those that the bot heard of are deleted a hundred at once, and count, also where somebody
 * was faster. In a supergroup, whose messages are numbered one by one, those between and before them are tried one by one,
 * because only so it is told whether there was one: messages of other bots, and what was written before the bot started.
 */
export function createPurge(
  client: Client,
  heard: Heard,
  place: (channelId: string) => Target,
  now: () => number,
): PlatformPort["purge"] {
  /** Deletes a message that may not be there. */
  const attempt = async (chat: number, id: number): Promise<"deleted" | "absent" | "not_allowed"> => {
    try {
      await client.call("deleteMessage", { chat_id: chat, message_id: id });
      return "deleted";
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.kind === "not_found") return "absent";
      if (error.kind === "missing_right" || error.kind === "refused") return "not_allowed";
      throw error;
    }
  };

  return async (channelId, { most, before, by }) => {
    const { chat, thread } = place(channelId);
    const known = heard.in(chat);
    if (known === undefined)
      throw new PlatformError(
        "refused",
        "Telegram does not let bots look messages up, and the bot has heard none here since it started.",
      );
    const messages = known.messages();
    const end = before === undefined ? known.latest() + 1 : messageNumber(before);
    const oldest = now() - deletableMs;
    const wanted = (message: HeardMessage) =>
      message.thread === thread && (by === undefined || String(message.by) === by);

    const batch: number[] = [];
    let deleted = 0;
    let tries = known.counts && thread === undefined && by === undefined ? mostTries : 0;
    const below = messages.findIndex(({ id }) => id < end);
    let index = below === -1 ? messages.length : below;
    for (let id = end - 1; id > 0 && batch.length + deleted < most; id--) {
      const message = messages[index];
      if (message?.id === id) {
        index += 1;
        if (message.at < oldest) break;
        if (wanted(message)) batch.push(id);
      } else if (tries === 0) {
        if (message === undefined) break;
        id = message.id + 1;
      } else if (!known.isGone(id)) {
        tries -= 1;
        const answer = await attempt(chat, id);
        if (answer === "not_allowed") tries = 0;
        else known.gone(id);
        if (answer === "deleted") deleted += 1;
      }
    }
    for (let from = 0; from < batch.length; from += mostAtOnce) {
      const ids = batch.slice(from, from + mostAtOnce);
      await client.call("deleteMessages", { chat_id: chat, message_ids: ids });
      for (const id of ids) known.gone(id);
      deleted += ids.length;
    }
    return deleted;
  };
}
