import { type APIChannel, type APIThreadChannel, ChannelType, Routes } from "discord.js";
import type { Channel } from "../../../contracts/event.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { discordLimits } from "../../../platforms/discord.ts";
import { addressOf, checkId } from "./addresses.ts";
import { truncate } from "./cut.ts";
import { codeOf } from "./errors.ts";
import type { Guilds } from "./guilds.ts";
import type { Rest } from "./rest.ts";

export interface ThreadAbilities extends Pick<PlatformPort, "createThread" | "closeThread" | "addToThread"> {
  /** The thread under a message, begun if there is none; undefined where no thread can be. @throws PlatformError */
  under(channelId: string, messageId: string, name: string): Promise<string | undefined>;
}

const { threadNameLength: longestName } = discordLimits;
const manage = "Manage Threads";
const createPublic = "Create Public Threads";

const hasThreadUnderMessage = 160_004;
const isArchived = 50_083;

export function createThreadAbilities(rest: Rest, guilds: Guilds): ThreadAbilities {
  const begin = (channelId: string, messageId: string, name: string, reason?: string) =>
    rest.call<APIThreadChannel>("POST", Routes.threads(channelId, messageId), {
      body: { name },
      reason,
      needs: createPublic,
    });

  return {
    async createThread(channelId, { name, isPrivate, messageId }, reason) {
      checkId(channelId, "channel");
      const title = truncate(name, longestName);
      if (messageId !== undefined) {
        checkId(messageId, "message");
        if (isPrivate)
          throw new PlatformError(
            "refused",
            "On Discord a thread under a message is open to all; it cannot be private.",
          );
        return channelOf(await begin(channelId, messageId, title, reason));
      }
      const announces = guilds.place(channelId)?.type === ChannelType.GuildAnnouncement;
      const open = announces ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
      const thread = await rest.call<APIThreadChannel>("POST", Routes.threads(channelId), {
        body: { name: title, type: isPrivate ? ChannelType.PrivateThread : open },
        reason,
        needs: isPrivate ? "Create Private Threads" : createPublic,
      });
      return channelOf(thread);
    },

    async closeThread(threadId, reason) {
      const route = addressOf.channel(threadId);
      const isThread =
        guilds.place(threadId)?.isThread() ?? "thread_metadata" in (await rest.call<APIChannel>("GET", route));
      if (!isThread) throw new PlatformError("refused", "This is not a thread.");
      try {
        await rest.call("PATCH", route, { body: { archived: true, locked: true }, reason, needs: manage });
      } catch (error) {
        // It is closed already.
        if (codeOf(error) !== isArchived) throw error;
      }
    },

    async addToThread(threadId, userId) {
      await rest.call("PUT", addressOf.threadMember(threadId, userId), { needs: "Send Messages in Threads" });
    },

    async under(channelId, messageId, name) {
      const place = guilds.place(channelId);
      if (place === undefined || place.isThread()) return undefined;
      try {
        return (await begin(channelId, messageId, truncate(name, longestName))).id;
      } catch (error) {
        // A thread has the id of the message that it hangs on.
        if (codeOf(error) === hasThreadUnderMessage) return messageId;
        throw error;
      }
    },
  };
}

const channelOf = ({ id, name }: APIThreadChannel): Channel => ({ id, name: name ?? id, direct: false });
