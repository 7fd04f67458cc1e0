import type {
  Attachment,
  MessageContent,
  MessageDeletedEvent,
  MessageEditedEvent,
  MessageEvent,
  Person,
} from "../../../contracts/event.ts";
import { callIn, type DecodedText } from "./decode.ts";
import { decode, type EventContext, eventBase, momentOf, type Origin, platform, text } from "./event-context.ts";
import { isPayload, type Payload } from "./intake.ts";
import type { People } from "./people.ts";

/** Messages that somebody wrote; all other subtypes are notices of Slack's (docs.slack.dev: "message event"). */
const written: ReadonlySet<unknown> = new Set([
  undefined,
  "file_share",
  "thread_broadcast",
  "me_message",
  "bot_message",
]);

export const isWritten = ({ subtype }: Payload): boolean => written.has(subtype);

/** A message that was written, changed or deleted. */
export function messageEvents(
  event: Payload,
  context: EventContext,
): Promise<MessageEvent | MessageEditedEvent | MessageDeletedEvent | undefined> {
  switch (event.subtype) {
    case "message_changed":
      // The first message of a thread leaves a mark behind, so that its deletion comes as a change.
      return isPayload(event.message) && event.message.subtype === "tombstone"
        ? deletedEvent(event, context)
        : editedEvent(event, context);
    case "message_deleted":
      return deletedEvent(event, context);
    default:
      return writtenEvent(event, context);
  }
}

async function writtenEvent(event: Payload, context: EventContext): Promise<MessageEvent | undefined> {
  const [channelId, ts] = [text(event.channel), text(event.ts)];
  if (channelId === undefined || ts === undefined || event.hidden === true || !isWritten(event)) return undefined;
  if (isOwn(event, context)) return undefined;
  const read = await readMessage(event, channelId, ts, context);
  if (read === undefined) return undefined;
  const { message, user, channel, origin } = read;
  const call = callOf(message, context.self.userId, channel.direct);
  return {
    kind: "message",
    ...eventBase(context, { key: `message:${channelId}:${ts}`, at: momentOf(ts), user, channel, origin }),
    message,
    ...(call === undefined ? {} : { call }),
  };
}

/** Slack marks what a person changed, and not what it adds itself, such as a preview. */
async function editedEvent(event: Payload, context: EventContext): Promise<MessageEditedEvent | undefined> {
  const { message, previous_message: before } = event;
  const channelId = text(event.channel);
  if (!isPayload(message) || !isWritten(message) || isOwn(message, context)) return undefined;
  const [ts, editedAt] = [text(message.ts), editOf(message)];
  if (channelId === undefined || ts === undefined || editedAt === undefined) return undefined;
  if (isPayload(before) && editOf(before) === editedAt) return undefined;
  const read = await readMessage(message, channelId, ts, context);
  if (read === undefined) return undefined;
  const { user, channel, origin } = read;
  const key = `edited:${channelId}:${ts}:${editedAt}`;
  return {
    kind: "message_edited",
    ...eventBase(context, { key, at: momentOf(editedAt), user, channel, origin }),
    message: read.message,
  };
}

/** What was deleted comes along, except where Slack no longer has it. */
async function deletedEvent(event: Payload, context: EventContext): Promise<MessageDeletedEvent | undefined> {
  const { previous_message: before } = event;
  const channelId = text(event.channel);
  if (!isPayload(before) || !isWritten(before) || isOwn(before, context)) return undefined;
  const ts = text(before.ts) ?? text(event.deleted_ts);
  if (channelId === undefined || ts === undefined) return undefined;
  const read = await readMessage(before, channelId, ts, context);
  if (read === undefined) return undefined;
  const { message, user, channel, origin } = read;
  const at = momentOf(text(event.event_ts) ?? text(event.ts) ?? ts);
  const key = `deleted:${channelId}:${ts}`;
  return { kind: "message_deleted", ...eventBase(context, { key, at, user, channel, origin }), message };
}

const editOf = ({ edited }: Payload): string | undefined => (isPayload(edited) ? text(edited.ts) : undefined);

function isOwn(message: Payload, { self }: EventContext): boolean {
  const botId = text(message.bot_id);
  return text(message.user) === self.userId || (botId !== undefined && botId === self.botId);
}

async function readMessage(payload: Payload, channelId: string, ts: string, context: EventContext) {
  const { people, places, domain } = context;
  const [user, content] = await Promise.all([authorOf(payload, people), decode(text(payload.text) ?? "", context)]);
  if (user === undefined) return undefined;
  const channel = await places.place(channelId, undefined, user);
  const threadTs = text(payload.thread_ts);
  const thread = threadTs === ts ? undefined : threadTs;
  const message: MessageContent = {
    id: ts,
    ...content,
    attachments: attachmentsOf(payload),
    ...(domain === "" ? {} : { link: linkOf(domain, channelId, ts, thread) }),
    ...(await answered(payload, thread, people)),
  };
  const origin: Origin = {
    kind: "message",
    user: user.id,
    channel: channelId,
    ts,
    ...(thread === undefined ? {} : { thread }),
  };
  return { message, user, channel, origin };
}

/** Who wrote a message. An integration that is no app with a user of its own writes under a name that it chose. */
export async function authorOf(message: Payload, people: People): Promise<Person | undefined> {
  const botId = text(message.bot_id);
  const id = text(message.user) ?? botId;
  if (id === undefined) return undefined;
  if (!/^[UW]/.test(id)) return { platform, id, name: text(message.username) ?? id, isBot: true };
  const author = await people.person(id);
  return botId === undefined ? author : { ...author, isBot: true };
}

export function attachmentsOf({ files }: Payload): Attachment[] {
  return (Array.isArray(files) ? files : []).filter(isPayload).map((file) => {
    const [id, url, type] = [text(file.id), text(file.permalink), text(file.mimetype)];
    return {
      id: id ?? "",
      name: text(file.name) ?? text(file.title) ?? "file",
      ...(url === undefined ? {} : { url }),
      ...(type === undefined ? {} : { contentType: type }),
      ...(typeof file.size === "number" ? { size: file.size } : {}),
    };
  });
}

/** A message's address as Slack builds it (docs.slack.dev: "chat.getPermalink"). */
function linkOf(domain: string, channel: string, ts: string, thread: string | undefined): string {
  const inThread = thread === undefined ? "" : `?thread_ts=${thread}&cid=${channel}`;
  return `https://${domain}.slack.com/archives/${channel}/p${ts.replace(".", "")}${inThread}`;
}

async function answered(
  message: Payload,
  thread: string | undefined,
  people: People,
): Promise<Pick<MessageContent, "repliedTo">> {
  if (thread === undefined) return {};
  const parent = text(message.parent_user_id);
  const author = parent === undefined ? {} : { author: await people.person(parent) };
  return { repliedTo: { messageId: thread, ...author } };
}

/**
 * A message that begins with a mention of the bot calls the command after it. In a direct conversation the mention may
 * be left out, and what is no command is then just a message.
 */
function callOf(content: DecodedText, botUserId: string, direct: boolean) {
  const [first] = content.entities;
  const before = first === undefined ? "" : content.text.slice(0, first.offset);
  if (first !== undefined && first.kind === "user" && first.id === botUserId && before.trim() === "")
    return callIn(content, first.offset + first.length, true);
  return direct && content.text.trim() !== "" ? callIn(content, 0, false) : undefined;
}
