import { ChannelKind, ErrorCode } from "../constants.ts";
import { composeMessage, type MessageBody, postMessage } from "../messages.ts";
import type { Channel } from "../state.ts";
import { openThread } from "../threads.ts";
import { channelObject } from "../wire.ts";
import { DiscordError, unknownThing } from "./errors.ts";
import { channelWhereMay, messageOf, requireOpen } from "./lookup.ts";
import type { RestCall, Route } from "./router.ts";

interface ThreadBody {
  name: string;
  type?: number | null;
  auto_archive_duration?: number | null;
  message?: MessageBody;
}

const channel = "/channels/{channel_id}";

export const threadRoutes: readonly Route[] = [
  {
    method: "POST",
    template: `${channel}/messages/{message_id}/threads`,
    handle(call) {
      const parent = channelWhereMay(call, "CreatePublicThreads");
      const message = messageOf(call, parent);
      if (parent.guild?.channels.has(message.id))
        throw new DiscordError(
          400,
          ErrorCode.ThreadAlreadyCreatedForMessage,
          "A thread has already been created for this message",
        );
      const announces = parent.kind === ChannelKind.GuildAnnouncement;
      const kind = announces ? ChannelKind.AnnouncementThread : ChannelKind.PublicThread;
      const thread = open(call, parent, kind, message.id);
      return { status: 201, body: channelObject(thread) };
    },
  },
  {
    method: "POST",
    template: `${channel}/threads`,
    handle(call) {
      const kind = (call.body as ThreadBody).type ?? ChannelKind.PrivateThread;
      const isPrivate = kind === ChannelKind.PrivateThread;
      const parent = channelWhereMay(call, isPrivate ? "CreatePrivateThreads" : "CreatePublicThreads");
      const announces = parent.kind === ChannelKind.GuildAnnouncement;
      if (announces !== (kind === ChannelKind.AnnouncementThread))
        throw new DiscordError(
          400,
          ErrorCode.CannotExecuteActionOnThisChannelType,
          "Cannot execute action on this channel type",
        );
      const thread = open(call, parent, kind);
      const { message } = call.body as ThreadBody;
      if (message !== undefined) {
        const first = composeMessage(call.simulation, thread, call.simulation.world.bot, message, call.files);
        postMessage(call.simulation, thread, first);
      }
      return { status: 201, body: channelObject(thread) };
    },
  },
  {
    method: "PUT",
    template: `${channel}/thread-members/@me`,
    handle: (call) => join(call, call.simulation.world.bot.id),
  },
  {
    method: "PUT",
    template: `${channel}/thread-members/{user_id}`,
    handle: (call) => join(call, call.params.user_id!),
  },
  {
    method: "DELETE",
    template: `${channel}/thread-members/{user_id}`,
    handle(call) {
      channelWhereMay(call, "ManageThreads").thread?.members.delete(call.params.user_id!);
      return {};
    },
  },
];

function open(call: RestCall, parent: Channel, kind: number, id?: string): Channel {
  const { name, auto_archive_duration } = call.body as ThreadBody;
  const autoArchiveMinutes = auto_archive_duration ?? undefined;
  return openThread(call.simulation, parent, {
    kind,
    name,
    ownerId: call.simulation.world.bot.id,
    autoArchiveMinutes,
    id,
  });
}

function join(call: RestCall, userId: string) {
  const thread = channelWhereMay(call, "SendMessagesInThreads");
  if (thread.thread === undefined) throw unknownThing("Channel");
  requireOpen(thread);
  if (!thread.guild?.members.has(userId)) throw unknownThing("Member");
  thread.thread.members.add(userId);
  return {};
}
