import type { APIOverwrite } from "discord.js";
import { ErrorCode } from "../constants.ts";
import { updateMessage } from "../messages.ts";
import { permissionsOf } from "../permissions.ts";
import { type Channel, directMessageWith, type Thread } from "../state.ts";
import { channelObject } from "../wire.ts";
import { DiscordError, missingPermissions, unknownThing } from "./errors.ts";
import { botIn, channelWhereMay, messageOf, requireOpen } from "./lookup.ts";
import type { RestCall, Route } from "./router.ts";

interface ChannelBody {
  name?: string;
  topic?: string | null;
  rate_limit_per_user?: number | null;
  permission_overwrites?: Partial<APIOverwrite>[] | null;
  archived?: boolean;
  locked?: boolean;
  auto_archive_duration?: Thread["autoArchiveMinutes"];
}

const channel = "/channels/{channel_id}";
const mostPins = 250;

export const channelRoutes: readonly Route[] = [
  {
    method: "POST",
    template: "/users/@me/channels",
    handle({ simulation: { world }, body }) {
      const user = world.users.get((body as { recipient_id?: string }).recipient_id ?? "");
      if (user === undefined) throw unknownThing("User");
      if (user.id === world.bot.id)
        throw new DiscordError(400, ErrorCode.CannotSendMessagesToThisUser, "Cannot send messages to this user");
      return { status: 200, body: channelObject(directMessageWith(world, user)) };
    },
  },
  {
    method: "GET",
    template: channel,
    handle: (call) => ({ status: 200, body: channelObject(channelWhereMay(call)) }),
  },
  { method: "PATCH", template: channel, handle: changeChannel },
  {
    method: "DELETE",
    template: channel,
    handle(call) {
      const found = channelWhereMay(call);
      channelWhereMay(call, found.thread === undefined ? "ManageChannels" : "ManageThreads");
      call.simulation.world.channels.delete(found.id);
      found.guild?.channels.delete(found.id);
      const event = found.thread === undefined ? "CHANNEL_DELETE" : "THREAD_DELETE";
      call.simulation.dispatch(event, channelObject(found), found.guild);
      return { status: 200, body: channelObject(found) };
    },
  },
  {
    method: "PUT",
    template: `${channel}/permissions/{overwrite_id}`,
    handle(call) {
      const found = channelWhereMay(call, "ManageRoles");
      const body = call.body as Partial<APIOverwrite>;
      const id = call.params.overwrite_id!;
      requireHeld(call, found, body);
      found.overwrites = [...found.overwrites.filter((each) => each.id !== id), overwrite({ ...body, id })];
      call.simulation.dispatch("CHANNEL_UPDATE", channelObject(found), found.guild);
      return {};
    },
  },
  {
    method: "DELETE",
    template: `${channel}/permissions/{overwrite_id}`,
    handle(call) {
      const found = channelWhereMay(call, "ManageRoles");
      found.overwrites = found.overwrites.filter((each) => each.id !== call.params.overwrite_id);
      call.simulation.dispatch("CHANNEL_UPDATE", channelObject(found), found.guild);
      return {};
    },
  },
  {
    method: "POST",
    template: `${channel}/typing`,
    handle(call) {
      channelWhereMay(call, "SendMessages");
      return {};
    },
  },
  ...["pins", "messages/pins"].flatMap((folder): Route[] => [
    { method: "PUT", template: `${channel}/${folder}/{message_id}`, handle: (call) => pin(call, true) },
    { method: "DELETE", template: `${channel}/${folder}/{message_id}`, handle: (call) => pin(call, false) },
  ]),
  {
    method: "GET",
    template: `${channel}/pins`,
    handle(call) {
      const found = channelWhereMay(call, "ReadMessageHistory");
      return { status: 200, body: [...found.pins].flatMap((id) => found.messages.get(id) ?? []) };
    },
  },
  {
    method: "GET",
    template: `${channel}/messages/pins`,
    handle(call) {
      const found = channelWhereMay(call, "ReadMessageHistory");
      const pinned = [...found.pins].flatMap((id) => found.messages.get(id) ?? []);
      const items = pinned.map((message) => ({ pinned_at: message.timestamp, message }));
      return { status: 200, body: { items, has_more: false } };
    },
  },
];

function changeChannel(call: RestCall) {
  const found = channelWhereMay(call);
  const { thread } = found;
  const own = thread?.ownerId === call.simulation.world.bot.id;
  if (!own) channelWhereMay(call, thread === undefined ? "ManageChannels" : "ManageThreads");
  const body = call.body as ChannelBody;
  if (body.archived !== false) requireOpen(found);
  found.name = body.name ?? found.name;
  if (body.topic !== undefined) found.topic = body.topic;
  found.slowmodeSeconds = body.rate_limit_per_user ?? (body.rate_limit_per_user === null ? 0 : found.slowmodeSeconds);
  if (body.permission_overwrites) found.overwrites = body.permission_overwrites.map(overwrite);
  if (thread !== undefined) {
    thread.archived = body.archived ?? thread.archived;
    thread.locked = body.locked ?? thread.locked;
    thread.autoArchiveMinutes = body.auto_archive_duration ?? thread.autoArchiveMinutes;
  }
  const event = thread === undefined ? "CHANNEL_UPDATE" : "THREAD_UPDATE";
  call.simulation.dispatch(event, channelObject(found), found.guild);
  return { status: 200, body: channelObject(found) };
}

/** A bot decides only about permissions that it has itself on the server ("Channel Resource", Edit Channel Permissions). */
function requireHeld(call: RestCall, { guild }: Channel, { allow, deny }: Partial<APIOverwrite>): void {
  if (guild === undefined) return;
  const held = permissionsOf(guild, botIn(call, guild));
  const asked = BigInt(allow ?? "0") | BigInt(deny ?? "0");
  if ((asked & ~held) !== 0n) throw missingPermissions();
}

/** Bits come as numbers or texts and are told as texts. */
function overwrite(body: Partial<APIOverwrite>): APIOverwrite {
  return {
    id: body.id ?? "",
    type: body.type ?? (0 as APIOverwrite["type"]),
    allow: String(body.allow ?? "0"),
    deny: String(body.deny ?? "0"),
  };
}

function pin(call: RestCall, pinned: boolean) {
  const found = channelWhereMay(
    call,
    ...(call.simulation.world.channels.get(call.params.channel_id!)?.guild ? (["PinMessages"] as const) : []),
  );
  const message = messageOf(call, found);
  if (pinned && !found.pins.has(message.id) && found.pins.size >= mostPins)
    throw new DiscordError(
      400,
      ErrorCode.MaximumNumberOfPinsReachedForTheChannel,
      "Maximum number of pins reached for the channel (250)",
    );
  if (pinned) found.pins.add(message.id);
  else found.pins.delete(message.id);
  updateMessage(call.simulation, found, { ...message, pinned });
  const event = {
    channel_id: found.id,
    last_pin_timestamp: null,
    ...(found.guild ? { guild_id: found.guild.id } : {}),
  };
  call.simulation.dispatch("CHANNEL_PINS_UPDATE", event, found.guild);
  return {};
}
