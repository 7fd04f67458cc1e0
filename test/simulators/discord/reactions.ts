import type { APIMessage, APIReaction, APIUser } from "discord.js";
import type { Simulation } from "./simulation.ts";
import type { Channel } from "./state.ts";
import { memberObject } from "./wire.ts";

/** Adds or takes a reaction and tells it; `emoji` is a character or `name:id`. Doing it twice changes nothing. */
export function changeReaction(
  simulation: Simulation,
  channel: Channel,
  message: APIMessage,
  user: APIUser,
  emoji: string,
  present: boolean,
): void {
  const { world } = simulation;
  const all = world.reactions.get(message.id) ?? new Map<string, Set<string>>();
  world.reactions.set(message.id, all);
  const people = all.get(emoji) ?? new Set<string>();
  if (people.has(user.id) === present) return;
  all.set(emoji, people);
  if (present) people.add(user.id);
  else people.delete(user.id);
  message.reactions = [...all].filter(([, ids]) => ids.size > 0).map(([name, ids]) => summary(name, ids, world.bot.id));
  const member = channel.guild?.members.get(user.id);
  const place = {
    channel_id: channel.id,
    message_id: message.id,
    ...(channel.guild ? { guild_id: channel.guild.id } : {}),
  };
  const event = { user_id: user.id, ...place, emoji: emojiObject(emoji), burst: false, type: 0 };
  if (!present) simulation.dispatch("MESSAGE_REACTION_REMOVE", event, channel.guild);
  else {
    const extra = { message_author_id: message.author.id, ...(member ? { member: memberObject(member) } : {}) };
    simulation.dispatch("MESSAGE_REACTION_ADD", { ...event, ...extra }, channel.guild);
  }
}

function emojiObject(emoji: string): { id: string | null; name: string } {
  const [name = emoji, id] = emoji.split(":");
  return { id: id ?? null, name };
}

function summary(emoji: string, ids: ReadonlySet<string>, botId: string): APIReaction {
  return {
    emoji: emojiObject(emoji),
    count: ids.size,
    count_details: { burst: 0, normal: ids.size },
    burst_colors: [],
    me: ids.has(botId),
    me_burst: false,
  };
}
