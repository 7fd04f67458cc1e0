import type { ConversationsInfoResponse } from "@slack/web-api";
import type { Channel } from "../../../contracts/event.ts";
import { createCache } from "./cache.ts";
import type { Client } from "./client.ts";
import { SlackRefusal } from "./errors.ts";
import type { People } from "./people.ts";

type Conversation = NonNullable<ConversationsInfoResponse["channel"]>;

/** The conversations that the bot can see. */
export interface Places {
  /** Undefined when there is none, or the bot does not see it. */
  channel(id: string): Promise<Channel | undefined>;
  /** The place of an event; `told` is the name that came with it. Falls back to the id. */
  place(id: string, told: string | undefined, user: { readonly name: string }): Promise<Channel>;
  /** Channels with names, for looking one up. */
  named(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** The conversation with one person. */
  direct(userId: string): Promise<string>;
  /** Slack announced a change of a channel (events `channel_*`, `group_*`). */
  changed(id: string | undefined): void;
}

const keptMs = 5 * 60_000;
/** Direct conversations never change their id. */
const directMs = Number.POSITIVE_INFINITY;
const pageSize = 200;

export function createPlaces(client: Client, people: People, now: () => number): Places {
  const channels = createCache<Channel | undefined>(now);
  const lists = createCache<readonly { id: string; name: string }[]>(now);
  const directs = createCache<string>(now);

  const channelOf = async (conversation: Conversation, id: string): Promise<Channel> => {
    if (conversation.is_im !== true) return { id, name: conversation.name ?? id, direct: false };
    const other = await people.person(String((conversation as { user?: string }).user));
    return { id, name: other?.name ?? id, direct: true };
  };
  const ask = async (id: string): Promise<Channel | undefined> => {
    try {
      const { channel } = await client.call("conversations.info", { channel: id });
      return channel === undefined ? undefined : await channelOf(channel, id);
    } catch (error) {
      if (error instanceof SlackRefusal && error.kind === "not_found") return undefined;
      throw error;
    }
  };
  const channel = (id: string) => channels.get(id, keptMs, () => ask(id));

  const pages = async (types: string): Promise<{ id: string; name: string }[]> => {
    const found: { id: string; name: string }[] = [];
    let cursor: string | undefined;
    do {
      const answer = await client.call("conversations.list", {
        types,
        exclude_archived: true,
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { id, name } of answer.channels ?? [])
        if (id !== undefined && name !== undefined) found.push({ id, name });
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor !== undefined && cursor !== "");
    return found;
  };
  const list = async () => {
    try {
      return await pages("public_channel,private_channel");
    } catch (error) {
      // Without the scope groups:read the public ones are still there.
      if (error instanceof SlackRefusal && error.code === "missing_scope") return pages("public_channel");
      throw error;
    }
  };

  return {
    channel,
    async place(id, told, user) {
      if (id.startsWith("D")) return { id, name: user.name, direct: true };
      // Slack calls private channels "privategroup" in slash commands.
      if (told !== undefined && told !== "privategroup") return { id, name: told, direct: false };
      const known = await channel(id).catch(() => undefined);
      return known ?? { id, name: id, direct: false };
    },
    named: () => lists.get("all", keptMs, list),
    direct: (userId) =>
      directs.get(userId, directMs, async () => {
        const { channel: opened } = await client.call("conversations.open", { users: userId });
        return opened?.id ?? userId;
      }),
    changed(id) {
      lists.forget("all");
      if (id !== undefined) channels.forget(id);
    },
  };
}
