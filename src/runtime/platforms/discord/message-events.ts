import {
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageReactionAddDispatchData,
  type GatewayMessageReactionRemoveDispatchData,
  type GatewayMessageUpdateDispatchData,
  MessageType,
} from "discord.js";
import type {
  BotEvent,
  MessageDeletedEvent,
  MessageEditedEvent,
  MessageEvent,
  Person,
} from "../../../contracts/event.ts";
import type { Feed } from "../../../contracts/right.ts";
import { callIn, contentOf } from "./content.ts";
import { type EventContext, type OfSomebody, placeOf, standingIn } from "./event-context.ts";
import { personOf } from "./guilds.ts";

/** Feeds whose events are about messages that were heard of before. */
const aboutEarlier: readonly Feed[] = ["message_edits", "message_deletions", "reactions"];
/** An edit of a message that the bot has not seen before is told of when it cannot be an older one. */
const freshMs = 10 * 60_000;

type Written = GatewayMessageCreateDispatchData | GatewayMessageUpdateDispatchData;

/** Whether somebody else wrote it; Discord's own announcements are no messages. */
const isWritten = ({ author, type }: Written, selfId: string) =>
  author.id !== selfId && (type === MessageType.Default || type === MessageType.Reply);

const authorOf = ({ author, member, webhook_id }: Written): Person => ({
  ...personOf(author, member?.nick),
  isBot: author.bot === true || webhook_id !== undefined,
});

function remember(message: Written, context: EventContext): void {
  if (!context.feeds.some((feed) => aboutEarlier.includes(feed))) return;
  context.recent.put({
    content: contentOf(message, context.guilds),
    author: authorOf(message),
    guildId: message.guild_id,
    channelId: message.channel_id,
    editedAt: message.edited_timestamp,
  });
}

function baseOf(message: Written, context: EventContext) {
  const { author, guild_id: guildId, member, channel_id: channelId } = message;
  const user = authorOf(message);
  const standing =
    guildId === undefined || member === undefined
      ? undefined
      : standingIn(
          guildId,
          {
            userId: author.id,
            roles: member.roles,
            timedOutUntil: member.communication_disabled_until,
            joinedAt: member.joined_at,
          },
          context,
        );
  return {
    ...placeOf(guildId, channelId, user.name, context.guilds),
    user,
    ...(standing === undefined ? {} : { standing }),
    origin: { to: "message", channel: channelId, message: message.id },
  } as const;
}

export function writtenEvent(
  message: GatewayMessageCreateDispatchData,
  context: EventContext,
): MessageEvent | undefined {
  const { guilds, self, feeds } = context;
  if (!isWritten(message, self.id)) return undefined;
  remember(message, context);
  const content = contentOf(message, guilds);
  const call = callIn(message, content, self, context.prefix, guilds);
  const direct = message.guild_id === undefined;
  const wanted =
    feeds.includes("messages") || feeds.includes("message_text") || (direct && feeds.includes("direct_messages"));
  if (call === undefined && !wanted) return undefined;
  return {
    kind: "message",
    key: `message:${message.id}`,
    at: Date.parse(message.timestamp),
    ...baseOf(message, context),
    message: content,
    ...(call === undefined ? {} : { call }),
  };
}

/** An edit by its author: Discord tells in the same way that a preview appeared or that somebody pinned the message. */
export function editedEvent(
  message: GatewayMessageUpdateDispatchData,
  context: EventContext,
): MessageEditedEvent | undefined {
  if (!isWritten(message, context.self.id)) return undefined;
  const known = context.recent.get(message.id);
  remember(message, context);
  const { edited_timestamp: editedAt } = message;
  if (!context.feeds.includes("message_edits") || editedAt === null) return undefined;
  const at = Date.parse(editedAt);
  const isOld = known === undefined ? context.now() - at > freshMs : known.editedAt === editedAt;
  if (isOld) return undefined;
  return {
    kind: "message_edited",
    key: `edited:${message.id}:${editedAt}`,
    at,
    ...baseOf(message, context),
    message: contentOf(message, context.guilds),
  };
}

/** Deletions of messages that are remembered. */
export function deletedEvents(
  { ids }: Pick<GatewayMessageDeleteBulkDispatchData, "ids">,
  { feeds, recent, guilds, now }: EventContext,
): MessageDeletedEvent[] {
  const known = ids.flatMap((id) => recent.take(id) ?? []);
  if (!feeds.includes("message_deletions")) return [];
  return known.map(({ content, author, guildId, channelId }) => ({
    kind: "message_deleted",
    key: `deleted:${content.id}`,
    at: now(),
    ...placeOf(guildId, channelId, author.name, guilds),
    user: author,
    message: content,
    origin: { to: "channel", channel: channelId },
  }));
}

export function reactionEvent(
  kind: "reaction_added" | "reaction_removed",
  reaction: GatewayMessageReactionAddDispatchData | GatewayMessageReactionRemoveDispatchData,
  context: EventContext,
): BotEvent | OfSomebody | undefined {
  const { feeds, self, guilds, members, recent, now } = context;
  const { user_id: userId, guild_id: guildId, channel_id: channelId, message_id: messageId } = reaction;
  if (!feeds.includes("reactions") || userId === self.id) return undefined;
  const emoji = reaction.emoji.name ?? reaction.emoji.id;
  if (emoji === null) return undefined;
  const personIn = (id: string): Person | undefined => {
    const known = guildId === undefined ? undefined : members.get(guildId, id);
    return known === undefined ? undefined : personOf(known.user, known.nick);
  };
  const member = "member" in reaction ? reaction.member : undefined;
  const authorId = "message_author_id" in reaction ? reaction.message_author_id : undefined;
  const author =
    recent.get(messageId)?.author ??
    (authorId === undefined ? undefined : authorId === self.id ? self : personIn(authorId));
  const at = now();
  const event = (user: Person): BotEvent => ({
    kind,
    key: `${kind}:${messageId}:${userId}:${emoji}:${at}`,
    at,
    ...placeOf(guildId, channelId, user.name, guilds),
    user,
    ...(member === undefined || guildId === undefined ? {} : standingOfReacting(guildId, userId, member, context)),
    emoji,
    messageId,
    ...(author === undefined ? {} : { author }),
    origin: { to: "message", channel: channelId, message: messageId },
  });
  const user = member?.user === undefined ? personIn(userId) : personOf(member.user, member.nick);
  return user === undefined ? { userId, serverId: guildId, events: (found) => [event(found)] } : event(user);
}

function standingOfReacting(
  guildId: string,
  userId: string,
  member: NonNullable<GatewayMessageReactionAddDispatchData["member"]>,
  context: EventContext,
) {
  const standing = standingIn(
    guildId,
    {
      userId,
      roles: member.roles,
      timedOutUntil: member.communication_disabled_until,
      joinedAt: member.joined_at,
    },
    context,
  );
  return standing === undefined ? {} : { standing };
}
