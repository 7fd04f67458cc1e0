import type { Channel } from "../../../contracts/event.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { slackLimits } from "../../../platforms/slack.ts";
import type { Client } from "./client.ts";
import { SlackRefusal } from "./errors.ts";
import { placeIn, threadId } from "./thread-ids.ts";

/**
 * A thread that all may see hangs on a message. Slack has no private ones: those are private channels of their own, which
 * the bot may close, and into which it may bring people, because it has made them.
 */
export type Threads = Pick<PlatformPort, "createThread" | "closeThread" | "addToThread">;

export interface ThreadParts {
  readonly client: Client;
  readonly botId: () => string;
  readonly now: () => number;
  /** Writes plain words into a conversation or thread. @returns the message's timestamp. */
  readonly write: (channelId: string, name: string) => Promise<string>;
  /** Mentions somebody in a thread, which is how Slack brings people there. */
  readonly mention: (channelId: string, userId: string) => Promise<void>;
}

/** docs.slack.dev: "conversations.create", Naming. */
const { privateThreadNameLength: mostName } = slackLimits;

export function createThreads({ client, botId, now, write, mention }: ThreadParts): Threads {
  const create = async (name: string) => {
    try {
      return (await client.call("conversations.create", { name, is_private: true })).channel?.id;
    } catch (error) {
      if (!(error instanceof SlackRefusal && error.code.startsWith("invalid_name"))) throw error;
      throw new PlatformError("refused", `Slack does not let a channel be called "${name}".`);
    }
  };
  const privateThread = async (title: string): Promise<Channel> => {
    const name = channelName(title);
    const id = await create(name).catch((error: unknown) => {
      if (!is(error, "name_taken")) throw error;
      // Archived channels keep their names, so that counting up would take longer every time.
      const mark = `-${now().toString(36)}`;
      return create(`${name.slice(0, mostName - mark.length)}${mark}`);
    });
    if (id === undefined) throw new PlatformError("unavailable", "Slack did not say which channel it made.");
    return { id, name: title, direct: false };
  };
  /** Only what the bot itself has made: an ordinary channel is never closed as if it were a thread. */
  const mustBeOwn = async (channel: string) => {
    const { channel: known } = await client.call("conversations.info", { channel });
    if (known?.is_private === true && known.creator === botId()) return;
    throw new PlatformError("refused", "This is not a thread that the bot has begun.");
  };

  return {
    async createThread(channelId, { name, isPrivate, messageId }) {
      const { channel } = placeIn(channelId);
      if (isPrivate) {
        if (messageId === undefined) return privateThread(name);
        throw new PlatformError("refused", "In Slack a private thread cannot hang on a message.");
      }
      const first = await write(messageId === undefined ? channel : threadId(channel, messageId), name);
      return { id: threadId(channel, messageId ?? first), name, direct: false };
    },
    async closeThread(id) {
      const { channel, thread } = placeIn(id);
      if (thread !== undefined)
        throw new PlatformError("refused", "Slack has no way to close a thread under a message, only private ones.");
      await mustBeOwn(channel);
      await client.call("conversations.archive", { channel }).catch((error: unknown) => {
        if (!is(error, "already_archived")) throw error;
      });
    },
    async addToThread(id, userId) {
      const { channel, thread } = placeIn(id);
      if (thread !== undefined) return mention(id, userId);
      await mustBeOwn(channel);
      await client.call("conversations.invite", { channel, users: userId }).catch((error: unknown) => {
        if (!is(error, "already_in_channel")) throw error;
      });
    },
  };
}

const is = (error: unknown, code: string) => error instanceof SlackRefusal && error.code === code;

/** A name as channels have it: small letters, digits, hyphens and underscores. */
function channelName(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return [...name].slice(0, mostName).join("") || "thread";
}
