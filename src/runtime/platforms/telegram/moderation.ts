import type { ChatPermissions } from "grammy/types";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { Lookup } from "./lookup.ts";

const shortestMs = 30_000;
const longestMs = 366 * 86_400_000;
const marginMs = 5000;

/**
 * The end of a mute or ban in Unix seconds. Telegram takes less than 30 seconds and more than 366 days for "for ever"
 * (restrictChatMember): the first is lengthened, the second is what is meant.
 */
function untilDate(untilMs: number | undefined, now: number): { until_date?: number } {
  if (untilMs === undefined || untilMs - now > longestMs - marginMs) return {};
  return { until_date: Math.ceil(Math.max(untilMs, now + shortestMs + marginMs) / 1000) };
}

/** Every permission of an ordinary member (ChatPermissions), all granted or all taken. */
function permissions(granted: boolean): ChatPermissions {
  return {
    can_send_messages: granted,
    can_send_audios: granted,
    can_send_documents: granted,
    can_send_photos: granted,
    can_send_videos: granted,
    can_send_video_notes: granted,
    can_send_voice_notes: granted,
    can_send_polls: granted,
    can_send_other_messages: granted,
    can_add_web_page_previews: granted,
    can_react_to_messages: granted,
    can_change_info: granted,
    can_invite_users: granted,
    can_pin_messages: granted,
    can_manage_topics: granted,
  };
}

type Moderation = Pick<PlatformPort, "mute" | "unmute" | "kick" | "ban" | "unban">;

/** Acting on people. Telegram keeps no reasons, so those stay in the audit log. */
export function createModeration(client: Client, lookup: Lookup, now: () => number): Moderation {
  return {
    async mute(serverId, userId, untilMs) {
      const place = { chat_id: lookup.chat(serverId), user_id: personId(userId) };
      await client.call("restrictChatMember", {
        ...place,
        permissions: permissions(false),
        ...untilDate(untilMs, now()),
      });
    },
    async unmute(serverId, userId) {
      const place = { chat_id: lookup.chat(serverId), user_id: personId(userId) };
      await client.call("restrictChatMember", { ...place, permissions: permissions(true) });
    },
    async kick(serverId, userId) {
      const chat = lookup.chat(serverId);
      const user_id = personId(userId);
      const member = await lookup.member(chat, user_id);
      if (member === undefined) throw new PlatformError("not_found", "This person is not in the group.");
      await client.call("banChatMember", { chat_id: chat, user_id });
      if (await lookup.isSupergroup(chat)) await client.call("unbanChatMember", { chat_id: chat, user_id });
    },
    async ban(serverId, userId, untilMs) {
      const place = { chat_id: lookup.chat(serverId), user_id: personId(userId) };
      await client.call("banChatMember", { ...place, ...untilDate(untilMs, now()) });
    },
    async unban(serverId, userId) {
      const place = { chat_id: lookup.chat(serverId), user_id: personId(userId) };
      await client.call("unbanChatMember", { ...place, only_if_banned: true });
    },
  };
}

function personId(userId: string): number {
  const id = Number(userId);
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new PlatformError("refused", "Telegram cannot do this to somebody who writes in the name of a chat.");
}
