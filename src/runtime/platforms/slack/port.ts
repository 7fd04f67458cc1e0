import type { Json, Person } from "../../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { notOn } from "../unsupported.ts";
import type { Client } from "./client.ts";
import { type ComposedMessage, compose } from "./compose.ts";
import { emojiName } from "./emoji.ts";
import { SlackRefusal } from "./errors.ts";
import type { Origin } from "./events.ts";
import type { Lookup } from "./lookup.ts";
import type { Arguments } from "./methods.ts";
import type { Places } from "./places.ts";

export interface PortParts {
  readonly client: Client;
  readonly places: Places;
  readonly lookup: Lookup;
  readonly self: () => Person | undefined;
  readonly now: () => number;
}

/** Codes of a channel that the bot itself cannot write in. */
const outside = new Set(["not_in_channel", "channel_not_found", "user_not_in_channel"]);

export function createPort({ client, places, lookup, self, now }: PortParts): PlatformPort {
  const post = async (channel: string, part: ComposedMessage, thread?: string): Promise<SentMessage> => {
    const sent = await client.call("chat.postMessage", {
      channel,
      ...wire(part),
      mrkdwn: false,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    } as Arguments<"chat.postMessage">);
    return { id: sent.ts ?? "", channelId: sent.channel ?? channel };
  };
  const whisper = async (origin: Origin & { channel: string }, part: ComposedMessage): Promise<SentMessage> => {
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
  const say = async (message: OutMessage, each: (part: ComposedMessage) => Promise<SentMessage>) => {
    let sent: SentMessage | undefined;
    for (const part of compose(message)) sent = await each(part);
    if (sent === undefined) throw new PlatformError("refused", "The message is empty.");
    return sent;
  };

  return {
    ...notOn("Slack"),
    platform: "slack",
    self,

    async reply(given, message) {
      const origin = readOrigin(given);
      const { channel } = origin;
      if (channel === undefined) {
        const direct = await places.direct(origin.user);
        return say(message, (part) => post(direct, part));
      }
      const ephemeral = message.ephemeral === true;
      return say(message, (part) => {
        const sending = ephemeral ? whisper({ ...origin, channel }, part) : post(channel, part, origin.thread);
        return sending.catch((why: unknown) => throughUrl(origin, part, ephemeral, why));
      });
    },
    send: (channelId, message) => say(message, (part) => post(channelId, part)),
    async direct(userId, message) {
      const channel = await places.direct(userId);
      return say(message, (part) => post(channel, part));
    },

    async react(channelId, messageId, emoji) {
      const name = emojiName(emoji);
      if (name === undefined)
        throw new PlatformError("refused", `Slack knows emoji by name only: write the name of ${emoji}, as in "tada".`);
      try {
        await client.call("reactions.add", { channel: channelId, timestamp: messageId, name });
      } catch (error) {
        if (!(error instanceof SlackRefusal && error.code === "already_reacted")) throw error;
      }
    },
    async deleteMessage(channelId, messageId) {
      await client.call("chat.delete", { channel: channelId, ts: messageId });
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
