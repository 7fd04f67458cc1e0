import { Routes } from "discord.js";
import { PlatformError } from "../../../contracts/platform.ts";
import { discord } from "../../../platforms/discord.ts";

/** Only an id may get into an address. @throws PlatformError kind "not_found" */
export function checkId(id: string, what: string): void {
  if (!discord.idPattern.test(id))
    throw new PlatformError("not_found", `"${id}" is not the id of a ${what} on Discord.`);
}

/** Addresses of things by their ids. */
export const addressOf = {
  /** `@me` is the bot itself. */
  member(serverId: string, userId: string) {
    checkId(serverId, "server");
    if (userId !== "@me") checkId(userId, "person");
    return Routes.guildMember(serverId, userId);
  },
  ban(serverId: string, userId: string) {
    checkId(serverId, "server");
    checkId(userId, "person");
    return Routes.guildBan(serverId, userId);
  },
  memberRole(serverId: string, userId: string, roleId: string) {
    checkId(serverId, "server");
    checkId(userId, "person");
    checkId(roleId, "role");
    return Routes.guildMemberRole(serverId, userId, roleId);
  },
  channel(channelId: string) {
    checkId(channelId, "channel");
    return Routes.channel(channelId);
  },
  messages(channelId: string) {
    checkId(channelId, "channel");
    return Routes.channelMessages(channelId);
  },
  message(channelId: string, messageId: string) {
    checkId(channelId, "channel");
    checkId(messageId, "message");
    return Routes.channelMessage(channelId, messageId);
  },
  pin(channelId: string, messageId: string) {
    checkId(channelId, "channel");
    checkId(messageId, "message");
    return Routes.channelMessagesPin(channelId, messageId);
  },
  reaction(channelId: string, messageId: string, emoji: string) {
    checkId(channelId, "channel");
    checkId(messageId, "message");
    return Routes.channelMessageOwnReaction(channelId, messageId, emoji);
  },
  threadMember(threadId: string, userId: string) {
    checkId(threadId, "thread");
    checkId(userId, "person");
    return Routes.threadMembers(threadId, userId);
  },
};
