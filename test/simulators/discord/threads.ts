import { unknownThing } from "./rest/errors.ts";
import type { Simulation } from "./simulation.ts";
import { addChannel, type Channel } from "./state.ts";
import { channelObject } from "./wire.ts";

/** Opens a thread under a guild's channel and tells it; `id` is the message's that it starts from. */
export function openThread(
  { world, dispatch }: Simulation,
  parent: Channel,
  fields: {
    kind: number;
    name: string;
    ownerId: string;
    autoArchiveMinutes?: number | undefined;
    id?: string | undefined;
  },
): Channel {
  const { kind, name, ownerId, autoArchiveMinutes = 1440, id } = fields;
  if (parent.guild === undefined) throw unknownThing("Channel");
  const createdAt = new Date(world.now()).toISOString();
  const thread = {
    ownerId,
    archived: false,
    locked: false,
    autoArchiveMinutes,
    createdAt,
    members: new Set([ownerId]),
  };
  const channel = addChannel(world, { kind, name, guild: parent.guild, parentId: parent.id, thread }, id);
  dispatch("THREAD_CREATE", { ...channelObject(channel), newly_created: true }, parent.guild);
  return channel;
}
