import { isDeepStrictEqual } from "node:util";
import type { ChatPermissions } from "grammy/types";
import { refusal } from "../errors.ts";
import { effectiveUntil, ordinaryPermissions, restricted, unrestricted } from "../members.ts";
import { changeMember } from "../people.ts";
import { findOwnChat, may, memberOf, type StoredChat, type World } from "../world.ts";
import type { Handlers } from "./handlers.ts";

/** Restricting and banning, with the refusals that rank and missing rights lead to. */
export function moderationMethods(world: World): Handlers {
  const target = (chat: StoredChat, userId: number) => {
    if (!may(world, chat, world.bot.id, "can_restrict_members")) throw refusal("noRightToRestrict");
    if (userId === world.bot.id) throw refusal("isSelf");
    const member = memberOf(world, chat, userId);
    if (member.status === "creator") throw refusal("isOwner");
    if (member.status === "administrator") throw refusal("isAdministrator");
    return member;
  };

  return {
    restrictChatMember(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (chat.info.type !== "supergroup") throw refusal("supergroupsOnly");
      const member = target(chat, args.user_id);
      const inside = member.status === "member" || (member.status === "restricted" && member.is_member);
      const after = unrestricted(args.permissions)
        ? { status: inside ? ("member" as const) : ("left" as const), user: member.user }
        : restricted(member.user, args.permissions, effectiveUntil(args.until_date, world.now()), inside);
      changeMember(world, chat, after, world.bot);
      return true;
    },

    setChatPermissions(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (chat.info.type !== "supergroup" && chat.info.type !== "group") throw refusal("supergroupsOnly");
      if (!may(world, chat, world.bot.id, "can_restrict_members")) throw refusal("noRightToChangePermissions");
      const { permissions } = args;
      const granted = Object.fromEntries(
        Object.keys(ordinaryPermissions).map((right) => [right, permissions[right as keyof ChatPermissions] === true]),
      ) as ChatPermissions;
      // Without independence the last ones imply the right to write (use_independent_chat_permissions).
      if (!args.use_independent_chat_permissions && (granted.can_send_other_messages || granted.can_send_polls))
        granted.can_send_messages = true;
      if (isDeepStrictEqual(granted, chat.permissions)) throw refusal("chatNotModified");
      chat.permissions = granted;
      return true;
    },

    banChatMember(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (chat.info.type === "private") throw refusal("noBanInPrivate");
      const { user } = target(chat, args.user_id);
      const until = chat.info.type === "group" ? 0 : effectiveUntil(args.until_date, world.now());
      changeMember(world, chat, { status: "kicked", user, until_date: until }, world.bot);
      return true;
    },

    unbanChatMember(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (chat.info.type !== "supergroup") throw refusal("supergroupsAndChannelsOnly");
      const member = target(chat, args.user_id);
      if (member.status !== "kicked" && args.only_if_banned) return true;
      changeMember(world, chat, { status: "left", user: member.user }, world.bot);
      return true;
    },
  };
}
