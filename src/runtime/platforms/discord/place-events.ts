import type { GatewayThreadCreateDispatchData, GatewayVoiceStateUpdateDispatchData } from "discord.js";
import type { BotEvent, Person, VoiceEvent } from "../../../contracts/event.ts";
import { type EventContext, type OfSomebody, placeOf } from "./event-context.ts";
import { personOf } from "./guilds.ts";

/** A thread that somebody begins; Discord tells in the same way that the bot was added to one. */
export function threadEvent(
  thread: GatewayThreadCreateDispatchData,
  { feeds, self, guilds, now }: EventContext,
): OfSomebody | undefined {
  const { id, owner_id: ownerId, guild_id: guildId, newly_created: isNew } = thread;
  if (!feeds.includes("threads") || isNew !== true || ownerId === undefined || ownerId === self.id) return undefined;
  const at = Date.parse(thread.thread_metadata?.create_timestamp ?? "") || now();
  return {
    userId: ownerId,
    serverId: guildId,
    events: (user) => [
      {
        kind: "thread_created",
        key: `thread:${id}`,
        at,
        ...placeOf(guildId, id, thread.name, guilds),
        user,
        origin: { to: "channel", channel: id },
      },
    ],
  };
}

/** Who goes into another channel leaves the one before. */
export function voiceEvents(
  { guild_id: guildId, user_id: userId, channel_id: channelId, member }: GatewayVoiceStateUpdateDispatchData,
  { feeds, self, guilds, voices, now }: EventContext,
): readonly (BotEvent | OfSomebody)[] {
  if (guildId === undefined || !feeds.includes("voice")) return [];
  const moved = voices.move(guildId, userId, channelId);
  if (moved === undefined || userId === self.id) return [];
  const at = now();
  const event = (user: Person, kind: VoiceEvent["kind"], channel: string | undefined): VoiceEvent[] =>
    channel === undefined
      ? []
      : [
          {
            kind,
            key: `${kind}:${guildId}:${userId}:${channel}:${at}`,
            at,
            ...placeOf(guildId, channel, undefined, guilds),
            user,
            origin: { to: "channel", channel },
          },
        ];
  const events = (user: Person) => [
    ...event(user, "voice_left", moved.left),
    ...event(user, "voice_joined", moved.joined),
  ];
  if (member?.user === undefined) return [{ userId, serverId: guildId, events }];
  return events(personOf(member.user, member.nick));
}
