import type { ChatPermissions } from "grammy/types";
import type { Json } from "../../../contracts/event.ts";
import { type ConnectionMemory, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import { unlessSaid } from "./errors.ts";
import type { Places, Target } from "./places.ts";

/** Kinds of messages. */
const kinds = [
  "can_send_messages",
  "can_send_audios",
  "can_send_documents",
  "can_send_photos",
  "can_send_videos",
  "can_send_video_notes",
  "can_send_voice_notes",
  "can_send_polls",
  "can_send_other_messages",
] as const satisfies readonly (keyof ChatPermissions)[];

/** What members are kept from in a locked group; reading, reacting and inviting stay as they are. */
const writing = [...kinds, "can_manage_topics"] as const;

type Writing = Pick<ChatPermissions, (typeof writing)[number]>;

/**
 * Locks a group by taking from its members what they may write, and a topic by closing it. What members of a group could
 * do before is kept in memory, also over a restart; without that memory they may write everything afterwards.
 */
export function createLocking(
  client: Client,
  memory: ConnectionMemory,
  places: Places,
  place: (channelId: string) => Target,
): PlatformPort["lock"] {
  const isSo = unlessSaid(/NOT_MODIFIED/, () => true as const);

  return async (channelId, locked) => {
    const { chat, thread } = place(channelId);
    if (thread !== undefined) {
      const topic = { chat_id: chat, message_thread_id: thread };
      await client.call(locked ? "closeForumTopic" : "reopenForumTopic", topic).catch(isSo);
      return;
    }
    const info = await client.call("getChat", { chat_id: chat });
    if (info.type === "private") throw new PlatformError("refused", "A private conversation cannot be locked.");
    const present = info.permissions ?? {};
    const open = kinds.some((right) => present[right] === true);
    const key = `locked:${places.lasting(chat)}`;
    const before = readWriting(await memory.get(key));
    // Where it is open, nobody has locked it, or somebody unlocked it by hand.
    if (locked && open) await memory.set(key, pick(present));
    if (!locked && open) return before === undefined ? undefined : memory.set(key, null);
    const next = locked ? all(false) : (before ?? all(true));
    await client
      .call("setChatPermissions", {
        chat_id: chat,
        permissions: {
          can_react_to_messages: present.can_send_messages === true,
          can_edit_tag: present.can_pin_messages === true,
          ...present,
          ...next,
        },
        use_independent_chat_permissions: true,
      })
      .catch(isSo);
    if (!locked) await memory.set(key, null);
  };
}

const all = (granted: boolean): Writing => Object.fromEntries(writing.map((right) => [right, granted]));

const pick = (permissions: Writing): { readonly [right: string]: boolean } =>
  Object.fromEntries(writing.map((right) => [right, permissions[right] === true]));

function readWriting(value: Json | undefined): Writing | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(writing.map((right) => [right, (value as { [right: string]: Json })[right] === true]));
}
