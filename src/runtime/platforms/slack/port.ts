import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { emojiName } from "../../../platforms/slack/emoji.ts";
import { notOn } from "../unsupported.ts";
import type { Client } from "./client.ts";
import { type ComposedMessage, compose } from "./compose.ts";
import { SlackRefusal } from "./errors.ts";
import type { Origin } from "./event-context.ts";
import { sendFiles } from "./files.ts";
import { modalOf } from "./forms.ts";
import { readHistory } from "./history.ts";
import type { Lookup } from "./lookup.ts";
import type { Arguments } from "./methods.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";
import { type Place, placeIn } from "./thread-ids.ts";
import { createThreads } from "./threads.ts";

export interface PortParts {
  readonly client: Client;
  readonly people: People;
  readonly places: Places;
  readonly lookup: Lookup;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

/** Codes of a channel that the bot itself cannot write in. */
const outside = new Set(["not_in_channel", "channel_not_found", "user_not_in_channel"]);
/** Codes of a form that nobody waits for any more. */
const tooLate = new Set(["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired"]);

export function createPort({ client, people, places, lookup, self, now }: PortParts): PlatformPort {
  const post = async ({ channel, thread }: Place, part: ComposedMessage): Promise<SentMessage> => {
    const sent = await client.call("chat.postMessage", {
      channel,
      ...wire(part),
      mrkdwn: false,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    } as Arguments<"chat.postMessage">);
    return { id: sent.ts ?? "", channelId: sent.channel ?? channel };
  };
  const whisper = async (origin: InChannel, part: ComposedMessage): Promise<SentMessage> => {
    const sent = await client.call("chat.postEphemeral", {
      channel: origin.channel,
      user: origin.user,
      ...wire(part),
      ...(origin.thread === undefined ? {} : { thread_ts: origin.thread }),
    } as Arguments<"chat.postEphemeral">);
    return { id: sent.message_ts ?? "", channelId: origin.channel };
  };
  /** Where the bot may not write, the address that came with the event still takes a few answers. */
  const throughUrl = async (origin: Origin, part: ComposedMessage, ephemeral: boolean, why: unknown) => {
    const open = origin.responseUrl !== undefined && now() < (origin.until ?? 0);
    if (!open || !(why instanceof SlackRefusal && outside.has(why.code))) throw why;
    await client.respond(origin.responseUrl, {
      ...wire(part),
      response_type: ephemeral ? "ephemeral" : "in_channel",
      replace_original: false,
      ...(origin.thread === undefined ? {} : { thread_ts: origin.thread }),
    });
    return { id: "", channelId: origin.channel ?? "" };
  };
  /** Files follow as a message of their own, of which Slack does not tell the id. */
  const say = async (
    message: OutMessage,
    each: (part: ComposedMessage) => Promise<SentMessage>,
    filesTo: () => Place | Promise<Place>,
  ): Promise<SentMessage> => {
    let sent: SentMessage | undefined;
    for (const part of compose(message)) sent = await each(part);
    if (message.files !== undefined && message.files.length > 0) {
      const place = await filesTo();
      await sendFiles(client, place, message.files);
      sent ??= { id: "", channelId: place.channel };
    }
    if (sent === undefined) throw new PlatformError("refused", "The message is empty.");
    return sent;
  };
  const sendTo = async (channelId: string, message: OutMessage): Promise<SentMessage> => {
    const place = placeIn(channelId);
    const { id } = await say(
      message,
      (part) => post(place, part),
      () => place,
    );
    return { id, channelId };
  };
  /** A file cannot be shown to one person alone: it goes to them directly. */
  const answer = async (origin: InChannel, message: OutMessage): Promise<SentMessage> => {
    const { channel } = origin;
    const ephemeral = message.ephemeral === true;
    const thread = message.inThread === true ? (origin.thread ?? origin.ts) : origin.thread;
    const place: Place = { channel, ...(thread === undefined ? {} : { thread }) };
    return say(
      message,
      (part) => {
        const sending = ephemeral ? whisper(origin, part) : post(place, part);
        return sending.catch((why: unknown) => throughUrl(origin, part, ephemeral, why));
      },
      async () => (ephemeral ? { channel: await places.direct(origin.user) } : place),
    );
  };
  const threads = createThreads({
    client,
    now,
    botId: () => self()?.id ?? "",
    async write(channelId, name) {
      const { id } = await sendTo(channelId, { text: [{ type: "bold", children: [{ type: "text", text: name }] }] });
      return id;
    },
    async mention(channelId, id) {
      const { name } = await people.person(id);
      await sendTo(channelId, { text: [{ type: "mention", target: { kind: "user", id, name } }] });
    },
  });

  return {
    ...notOn("Slack"),
    platform: "slack",
    self,

    async reply(given, message) {
      const origin = readOrigin(given);
      const { channel } = origin;
      return channel === undefined
        ? sendTo(await places.direct(origin.user), message)
        : answer({ ...origin, channel }, message);
    },
    send: sendTo,
    direct: async (userId, message) => sendTo(await places.direct(userId), message),

    async editMessage(channelId, messageId, message) {
      const [part, another] = compose(message);
      if (part === undefined) throw new PlatformError("refused", "The message is empty.");
      if (another !== undefined) throw new PlatformError("refused", "The message is too long for Slack.");
      if ((message.files ?? []).length > 0)
        throw new PlatformError("refused", "Slack adds no files to a message that is there already.");
      const { text, blocks, attachments = [] } = part;
      // What is left out would stay as it was.
      const { channel } = placeIn(channelId);
      await client.call("chat.update", {
        channel,
        ts: messageId,
        text,
        blocks,
        attachments,
      } as Arguments<"chat.update">);
    },
    async pin(channelId, messageId, pinned) {
      const { channel } = placeIn(channelId);
      const place = { channel, timestamp: messageId };
      try {
        if (pinned) await client.call("pins.add", place);
        else await client.call("pins.remove", place);
      } catch (error) {
        if (!(error instanceof SlackRefusal && so.has(error.code))) throw error;
      }
    },
    history: (channelId, most) => readHistory({ client, people, places }, channelId, most),
    ...threads,
    async openForm(given, form) {
      const origin = readOrigin(given);
      if (origin.trigger === undefined || now() >= (origin.triggerUntil ?? 0)) return false;
      const view = modalOf(form, origin) as unknown as Arguments<"views.open">["view"];
      try {
        await client.call("views.open", { trigger_id: origin.trigger, view });
        return true;
      } catch (error) {
        // Where it may have opened all the same, it is sent off with the same key as one that a button leads to.
        if (error instanceof SlackRefusal ? tooLate.has(error.code) : error instanceof PlatformError && error.isPassing)
          return false;
        throw error;
      }
    },

    async react(channelId, messageId, emoji) {
      const name = emojiName(emoji);
      if (name === undefined)
        throw new PlatformError("refused", `Slack knows emoji by name only: write the name of ${emoji}, as in "tada".`);
      try {
        await client.call("reactions.add", { channel: placeIn(channelId).channel, timestamp: messageId, name });
      } catch (error) {
        if (!(error instanceof SlackRefusal && error.code === "already_reacted")) throw error;
      }
    },
    async deleteMessage(channelId, messageId) {
      await client.call("chat.delete", { channel: placeIn(channelId).channel, ts: messageId });
    },

    mute: () => unsupported("Slack has no way to mute people."),
    unmute: () => unsupported("Slack has no way to mute people."),
    kick: () => unsupported("Slack lets no bot remove people from the workspace."),
    ban: () => unsupported("Slack lets no bot ban people from the workspace."),
    unban: () => unsupported("Slack lets no bot ban people from the workspace."),
    addRole: () => unsupported("Slack lets no bot change who is in a user group."),
    removeRole: () => unsupported("Slack lets no bot change who is in a user group."),

    standing: lookup.standing,
    botStanding: lookup.botStanding,
    roleRank: lookup.roleRank,
    find: lookup.find,
    person: lookup.person,
    channel: lookup.channel,
    role: lookup.role,
    server: lookup.server,
  };
}

type InChannel = Origin & { readonly channel: string };

/** Codes of a message that is pinned, or not pinned, as it should be. */
const so = new Set(["already_pinned", "no_pin", "not_pinned"]);

/** The fields of a message as the Web API takes them: empty ones left out. */
function wire({ text, blocks, attachments }: ComposedMessage) {
  return {
    ...(text === "" ? {} : { text }),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

async function unsupported(sentence: string): Promise<never> {
  throw new PlatformError("unsupported", sentence);
}

/** An origin that this adapter made, perhaps before a restart. */
function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "user" in value && typeof value.user === "string")
    return value as unknown as Origin;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}
