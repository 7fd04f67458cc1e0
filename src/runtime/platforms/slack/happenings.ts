import type { MemberEvent, ReactionEvent, RoleEvent } from "../../../contracts/event.ts";
import { emojiOf } from "../../../platforms/slack/emoji.ts";
import { type EventContext, eventBase, momentOf, type Origin, text } from "./event-context.ts";
import { isPayload, type Payload } from "./intake.ts";

/** The server is the workspace, so joining it counts, and not entering a channel (`member_joined_channel`). */
export async function joinedEvent(
  body: Payload,
  event: Payload,
  context: EventContext,
): Promise<MemberEvent | undefined> {
  const id = isPayload(event.user) ? text(event.user.id) : text(event.user);
  if (id === undefined || id === context.self.userId) return undefined;
  const origin: Origin = { kind: "join", user: id };
  const key = `event:${text(body.event_id) ?? `join:${id}`}`;
  const user = await context.people.person(id);
  return { kind: "member_joined", ...eventBase(context, { key, at: timeOf(body, context), user, origin }) };
}

export async function reactionEvent(
  body: Payload,
  event: Payload,
  kind: ReactionEvent["kind"],
  context: EventContext,
): Promise<ReactionEvent | undefined> {
  const { item } = event;
  const [userId, reaction, authorId] = [text(event.user), text(event.reaction), text(event.item_user)];
  if (!isPayload(item) || item.type !== "message" || userId === undefined || reaction === undefined) return undefined;
  const [channelId, ts] = [text(item.channel), text(item.ts)];
  if (channelId === undefined || ts === undefined || userId === context.self.userId) return undefined;
  const [user, author] = await Promise.all([
    context.people.person(userId),
    authorId === undefined ? undefined : context.people.person(authorId),
  ]);
  const channel = await context.places.place(channelId, undefined, user);
  const origin: Origin = { kind: "reaction", user: userId, channel: channelId, ts };
  const at = text(event.event_ts);
  const key = `event:${text(body.event_id) ?? `${kind}:${channelId}:${ts}:${userId}:${reaction}:${at}`}`;
  const moment = at === undefined ? timeOf(body, context) : momentOf(at);
  return {
    kind,
    ...eventBase(context, { key, at: moment, user, channel, origin }),
    emoji: emojiOf(reaction),
    messageId: ts,
    ...(author === undefined ? {} : { author }),
  };
}

/** User groups are the workspace's roles; one event tells of everybody who came in or went out. */
export async function groupEvents(body: Payload, event: Payload, context: EventContext): Promise<RoleEvent[]> {
  const groupId = text(event.subteam_id);
  if (groupId === undefined) return [];
  const role = await context.role(groupId);
  const events: RoleEvent[] = [];
  const changes = [
    ["role_added", event.added_users],
    ["role_removed", event.removed_users],
  ] as const;
  for (const [kind, users] of changes) {
    for (const id of Array.isArray(users) ? users : []) {
      if (typeof id !== "string" || id === context.self.userId) continue;
      const key = `event:${text(body.event_id) ?? `${groupId}:${text(event.event_ts)}`}:${kind}:${id}`;
      const user = await context.people.person(id);
      const origin: Origin = { kind: "group", user: id };
      events.push({ kind, ...eventBase(context, { key, at: timeOf(body, context), user, origin }), role });
    }
  }
  return events;
}

function timeOf({ event_time }: Payload, { now }: EventContext): number {
  return typeof event_time === "number" ? event_time * 1000 : now();
}
