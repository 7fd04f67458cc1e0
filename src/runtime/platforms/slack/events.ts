import type {
  Attachment,
  BotEvent,
  ButtonEvent,
  CommandEvent,
  Json,
  MemberEvent,
  MessageContent,
  MessageEvent,
  Person,
  Server,
} from "../../../contracts/event.ts";
import { isLinkAction } from "./compose.ts";
import { callIn, type DecodedText, decodeText, mentionedIds, rest } from "./decode.ts";
import { type Delivery, isPayload, type Payload } from "./intake.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";

/** Where an answer goes; stored with suspended runs. */
export interface Origin {
  readonly kind: "message" | "slash" | "button" | "join";
  readonly user: string;
  readonly channel?: string;
  /** The message, as its timestamp. */
  readonly ts?: string;
  /** The thread that the message stands in. */
  readonly thread?: string;
  /** Takes answers where the bot itself may not write. */
  readonly responseUrl?: string;
  /** When `responseUrl` stops working, in milliseconds since 1970. */
  readonly until?: number;
}

export interface EventContext {
  readonly self: { readonly userId: string; readonly botId: string | undefined };
  readonly server: Server;
  /** What stands before slack.com in the workspace's addresses; empty where it is not known. */
  readonly domain: string;
  readonly people: People;
  readonly places: Places;
  readonly ownCommands: readonly string[];
  readonly now: () => number;
}

const platform = "slack";
/** docs.slack.dev: "Handling user interaction", Message responses. */
const responseUrlMs = 30 * 60_000;
/** Messages that somebody wrote; all other subtypes are notices of Slack's (docs.slack.dev: "message event"). */
const written: ReadonlySet<unknown> = new Set([
  undefined,
  "file_share",
  "thread_broadcast",
  "me_message",
  "bot_message",
]);
/** More mentions than this are shown by what Slack sent along, so that one message cannot cause many calls. */
const mostLookups = 20;

/** What keeps its order: deliveries of one place are read one after the other. */
export function placeOf({ type, body }: Delivery): string {
  if (type === "slash_commands") return text(body.channel_id) ?? "";
  if (type === "interactive") return (isPayload(body.channel) ? text(body.channel.id) : undefined) ?? "";
  return (isPayload(body.event) ? text(body.event.channel) : undefined) ?? "";
}

/** What a delivery says happened, as far as rules hear of it. */
export async function readEvent(delivery: Delivery, context: EventContext): Promise<BotEvent | undefined> {
  const { type, body } = delivery;
  if (type === "slash_commands") return commandEvent(body, context);
  if (type === "interactive") return buttonEvent(body, context);
  if (type !== "events_api" || !isPayload(body.event)) return undefined;
  switch (body.event.type) {
    case "message":
    // A mention comes as both, perhaps with only one of them subscribed to; the key is the same.
    case "app_mention":
      return messageEvent(body.event, context);
    case "team_join":
      return joinedEvent(body, body.event, context);
    default:
      return undefined;
  }
}

async function messageEvent(event: Payload, context: EventContext): Promise<MessageEvent | undefined> {
  const { self, people, places, server } = context;
  const [channelId, ts] = [text(event.channel), text(event.ts)];
  if (channelId === undefined || ts === undefined || event.hidden === true || !written.has(event.subtype)) return;
  const botId = text(event.bot_id);
  const authorId = text(event.user) ?? botId;
  if (authorId === undefined || authorId === self.userId || (botId !== undefined && botId === self.botId)) return;
  const [author, content] = await Promise.all([
    /^[UW]/.test(authorId) ? people.person(authorId) : webhookAuthor(authorId, event),
    decode(text(event.text) ?? "", context),
  ]);
  const user = botId === undefined ? author : { ...author, isBot: true };
  const channel = await places.place(channelId, undefined, user);
  const threadTs = text(event.thread_ts);
  const thread = threadTs === ts ? undefined : threadTs;
  const call = callOf(content, self.userId, channel.direct);
  const origin: Origin = {
    kind: "message",
    user: user.id,
    channel: channelId,
    ts,
    ...(thread === undefined ? {} : { thread }),
  };
  return {
    kind: "message",
    key: `message:${channelId}:${ts}`,
    platform,
    at: Math.floor(Number(ts) * 1000),
    server,
    channel,
    user,
    message: {
      id: ts,
      ...content,
      attachments: attachmentsOf(event),
      ...(context.domain === "" ? {} : { link: linkOf(context.domain, channelId, ts, thread) }),
      ...(await answered(event, thread, people)),
    },
    ...(call === undefined ? {} : { call }),
    origin: origin as unknown as Json,
  };
}

function attachmentsOf({ files }: Payload): Attachment[] {
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

/** An integration that is no app with a user of its own writes under a name that it chose. */
function webhookAuthor(id: string, event: Payload): Person {
  return { platform, id, name: text(event.username) ?? id, isBot: true };
}

async function answered(
  event: Payload,
  thread: string | undefined,
  people: People,
): Promise<Pick<MessageContent, "repliedTo">> {
  if (thread === undefined) return {};
  const parent = text(event.parent_user_id);
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

async function commandEvent(body: Payload, context: EventContext): Promise<CommandEvent | undefined> {
  const [channelId, userId, command] = [text(body.channel_id), text(body.user_id), text(body.command)];
  if (channelId === undefined || userId === undefined || command === undefined) return undefined;
  const [user, content] = await Promise.all([
    context.people.person(userId, text(body.user_name)),
    decode(text(body.text) ?? "", context),
  ]);
  const channel = await context.places.place(channelId, text(body.channel_name), user);
  const name = command.replace(/^\//, "");
  const call = context.ownCommands.includes(name)
    ? { name, addressed: true, input: rest(content, content.text.length - content.text.trimStart().length) }
    : callIn(content, 0, true);
  const origin: Origin = { kind: "slash", user: userId, channel: channelId, ...responseUrlOf(body, context.now) };
  return {
    kind: "command",
    key: `slash:${text(body.trigger_id) ?? `${userId}:${context.now()}`}`,
    platform,
    at: context.now(),
    server: context.server,
    channel,
    user,
    call,
    origin: origin as unknown as Json,
  };
}

async function buttonEvent(body: Payload, context: EventContext): Promise<ButtonEvent | undefined> {
  if (body.type !== "block_actions" || !Array.isArray(body.actions) || !isPayload(body.user)) return undefined;
  const action: unknown = body.actions[0];
  const userId = text(body.user.id);
  if (!isPayload(action) || action.type !== "button" || userId === undefined) return undefined;
  const key = text(action.action_id);
  // A link button has done all it does by opening its link.
  if (key === undefined || isLinkAction(key)) return undefined;
  const container = isPayload(body.container) ? body.container : {};
  const place = isPayload(body.channel) ? body.channel : {};
  const channelId = text(place.id) ?? text(container.channel_id);
  const user = await context.people.person(userId, text(body.user.name) ?? text(body.user.username));
  const channel = channelId === undefined ? undefined : await context.places.place(channelId, text(place.name), user);
  const messageId = text(container.message_ts);
  const inThread = text(container.thread_ts) ?? (isPayload(body.message) ? text(body.message.thread_ts) : undefined);
  // A message that a thread hangs on is not itself in it.
  const thread = inThread === messageId ? undefined : inThread;
  const origin: Origin = {
    kind: "button",
    user: userId,
    ...(channelId === undefined ? {} : { channel: channelId }),
    ...(messageId === undefined ? {} : { ts: messageId }),
    ...(thread === undefined ? {} : { thread }),
    ...responseUrlOf(body, context.now),
  };
  return {
    kind: "button",
    key: `press:${text(body.trigger_id) ?? `${messageId}:${userId}:${text(action.action_ts)}`}`,
    platform,
    at: context.now(),
    server: context.server,
    ...(channel === undefined ? {} : { channel }),
    user,
    button: key,
    ...(messageId === undefined ? {} : { messageId }),
    origin: origin as unknown as Json,
  };
}

/** The server is the workspace, so joining it counts, and not entering a channel (`member_joined_channel`). */
async function joinedEvent(body: Payload, event: Payload, context: EventContext): Promise<MemberEvent | undefined> {
  const id = isPayload(event.user) ? text(event.user.id) : text(event.user);
  if (id === undefined || id === context.self.userId) return undefined;
  const origin: Origin = { kind: "join", user: id };
  return {
    kind: "member_joined",
    key: `event:${text(body.event_id) ?? `join:${id}`}`,
    platform,
    at: typeof body.event_time === "number" ? body.event_time * 1000 : context.now(),
    server: context.server,
    user: await context.people.person(id),
    origin: origin as unknown as Json,
  };
}

async function decode(source: string, { people, places }: EventContext): Promise<DecodedText> {
  const mentioned = mentionedIds(source);
  const [persons, channels] = await Promise.all([
    Promise.all(mentioned.people.slice(0, mostLookups).map((id) => people.person(id))),
    Promise.all(mentioned.channels.slice(0, mostLookups).map((id) => places.channel(id).catch(() => undefined))),
  ]);
  return decodeText(source, {
    // A person whose name could not be asked for keeps the one that Slack sent along.
    people: new Map(persons.filter(({ id, name }) => id !== name).map((person) => [person.id, person])),
    channels: new Map(channels.flatMap((channel) => (channel === undefined ? [] : [[channel.id, channel.name]]))),
  });
}

function responseUrlOf(body: Payload, now: () => number): Pick<Origin, "responseUrl" | "until"> {
  const responseUrl = text(body.response_url);
  return responseUrl === undefined ? {} : { responseUrl, until: now() + responseUrlMs };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
