import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import { unlessSaid } from "./errors.ts";
import type { Places, Target } from "./places.ts";

type Topics = Pick<PlatformPort, "createThread" | "closeThread" | "addToThread">;

/** Threads are the topics of a supergroup that has them switched on: everybody in it sees them all. */
export function createTopics(client: Client, places: Places, place: (channelId: string) => Target): Topics {
  return {
    async createThread(channelId, { name, isPrivate, messageId }) {
      if (isPrivate)
        throw new PlatformError(
          "unsupported",
          "Telegram has no private threads: everybody in the group sees its topics.",
        );
      if (messageId !== undefined)
        throw new PlatformError("unsupported", "On Telegram a topic cannot hang on a message.");
      const { chat } = place(channelId);
      const topic = await client.call("createForumTopic", { chat_id: chat, name });
      return places.topic(chat, topic.message_thread_id, topic.name);
    },
    async closeThread(threadId) {
      const { chat, thread } = place(threadId);
      if (thread === undefined) throw new PlatformError("refused", "This is not a topic.");
      await client
        .call("closeForumTopic", { chat_id: chat, message_thread_id: thread })
        .catch(unlessSaid(/NOT_MODIFIED/, () => true as const));
    },
    async addToThread() {
      throw new PlatformError(
        "unsupported",
        "Telegram cannot add people to a topic: everybody in the group sees it already.",
      );
    },
  };
}
