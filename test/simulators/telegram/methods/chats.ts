import type { ChatFullInfo, ChatMemberAdministrator, ChatMemberOwner } from "grammy/types";
import { refusal } from "../errors.ts";
import { findChat, findOwnChat, memberOf, type World } from "../world.ts";
import type { Handlers } from "./handlers.ts";

/** What the methods about chats and people answer. */
export function chatMethods(world: World): Handlers {
  return {
    getChat(args) {
      const { info, permissions } = findChat(world, args.chat_id);
      return {
        ...info,
        accent_color_id: 0,
        max_reaction_count: 11,
        accepted_gift_types: {
          unlimited_gifts: false,
          limited_gifts: false,
          unique_gifts: false,
          premium_subscription: false,
          gifts_from_channels: false,
        },
        ...(info.type === "private" ? {} : { permissions }),
      } as ChatFullInfo;
    },

    getChatMember(args) {
      return memberOf(world, findOwnChat(world, args.chat_id), args.user_id);
    },

    getChatAdministrators(args) {
      const chat = findOwnChat(world, args.chat_id);
      if (chat.info.type === "private") throw refusal("noAdministratorsInPrivate");
      return [...chat.members.values()].filter(
        (member) =>
          member.status === "creator" ||
          (member.status === "administrator" && (!member.user.is_bot || member.user.id === world.bot.id)),
      ) as (ChatMemberOwner | ChatMemberAdministrator)[];
    },

    getChatMemberCount(args) {
      const chat = findOwnChat(world, args.chat_id);
      return [...chat.members.values()].filter(({ status }) => status !== "left" && status !== "kicked").length;
    },
  };
}
