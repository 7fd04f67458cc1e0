import { refusal } from "../errors.ts";
import { addTopic, findOwnChat, may, type StoredChat, type World } from "../world.ts";
import type { Handlers } from "./handlers.ts";

/** Topics of forums. */
export function topicMethods(world: World): Handlers {
  const forum = (chatId: number | string): StoredChat => {
    const chat = findOwnChat(world, chatId);
    if (chat.info.is_forum !== true) throw refusal("notAForum");
    return chat;
  };
  const toggle = (args: { chat_id: number | string; message_thread_id: number }, closed: boolean): true => {
    const chat = forum(args.chat_id);
    const topic = chat.topics.get(args.message_thread_id);
    if (topic === undefined) throw refusal("threadNotFound");
    if (topic.by !== world.bot.id && !may(world, chat, world.bot.id, "can_manage_topics"))
      throw refusal("noRightToEditTopic");
    if (topic.closed === closed) throw refusal("topicNotModified");
    topic.closed = closed;
    return true;
  };
  return {
    createForumTopic(args) {
      const chat = forum(args.chat_id);
      if (!may(world, chat, world.bot.id, "can_manage_topics")) throw refusal("noRightToCreateTopic");
      const { message_id } = addTopic(world, chat, args.name, world.bot);
      return { message_thread_id: message_id, name: args.name, icon_color: 0x6fb9f0 };
    },
    closeForumTopic: (args) => toggle(args, true),
    reopenForumTopic: (args) => toggle(args, false),
  };
}
