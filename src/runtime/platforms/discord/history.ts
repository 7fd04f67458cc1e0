import { type APIMessage, PermissionFlagsBits as Bits, MessageType, Routes, SnowflakeUtil } from "discord.js";
import type { PastMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { addressOf, checkId } from "./addresses.ts";
import { contentOf } from "./content.ts";
import { type Guilds, personOf } from "./guilds.ts";
import type { OwnLookup } from "./lookup.ts";
import type { Rest } from "./rest.ts";

export type HistoryAbilities = Pick<PlatformPort, "history" | "purge">;

export interface HistoryParts {
  readonly rest: Rest;
  readonly guilds: Guilds;
  readonly own: OwnLookup;
  readonly now: () => number;
}

/** Most messages that are read, or deleted, with one request. */
const page = 100;
/** Older messages Discord lets nobody delete at once; a minute is left for clocks that differ. */
const deletableMs = 14 * 86_400_000 - 60_000;
/** How far back somebody's messages are looked for. */
const mostLookedAt = 5000;

/** What people and bots say; the rest are Discord's own announcements. */
const said: ReadonlySet<MessageType> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
  MessageType.ThreadStarterMessage,
]);
/** What Discord lets nobody delete (documentation: "Message Resource", Message Types). */
const fixed: ReadonlySet<MessageType> = new Set([
  MessageType.RecipientAdd,
  MessageType.RecipientRemove,
  MessageType.Call,
  MessageType.ChannelNameChange,
  MessageType.ChannelIconChange,
  MessageType.GuildDiscoveryDisqualified,
  MessageType.GuildDiscoveryRequalified,
  MessageType.GuildDiscoveryGracePeriodInitialWarning,
  MessageType.GuildDiscoveryGracePeriodFinalWarning,
  MessageType.ThreadStarterMessage,
]);

export function createHistoryAbilities({ rest, guilds, own, now }: HistoryParts): HistoryAbilities {
  const guildIdOf = (channelId: string) => guilds.place(channelId)?.guildId;

  /** Discord shows an empty channel to a bot that may not read what was before. */
  const checkReading = async (channelId: string) => {
    const guildId = guildIdOf(channelId);
    if (guildId === undefined) return;
    const bits = await own.ownBits(guildId, channelId);
    if ((bits & (Bits.ReadMessageHistory | Bits.Administrator)) === 0n)
      throw new PlatformError(
        "missing_right",
        'The bot lacks the permission "Read Message History" here: give it to the bot\'s role, or to the bot in this channel.',
      );
  };

  /** Messages from the latest to earlier ones, page by page. */
  async function* backwards(channelId: string, from: string | undefined, most: number) {
    let before = from;
    for (let left = most; left > 0; ) {
      const limit = Math.min(page, left);
      const query = { limit: String(limit), ...(before === undefined ? {} : { before }) };
      const found = await rest.call<APIMessage[]>("GET", addressOf.messages(channelId), { query });
      if (found.length === 0 && before === from) await checkReading(channelId);
      yield* found;
      left -= found.length;
      before = found.at(-1)?.id;
      if (found.length < limit) return;
    }
  }

  const isYoung = (id: string) => now() - SnowflakeUtil.timestampFrom(id) < deletableMs;

  const deleteOne = async (channelId: string, id: string, reason: string | undefined): Promise<number> => {
    try {
      await rest.call("DELETE", addressOf.message(channelId, id), { reason, needs: "Manage Messages" });
      return 1;
    } catch (error) {
      if (error instanceof PlatformError && error.kind === "not_found") return 0;
      throw error;
    }
  };

  return {
    async history(channelId, most) {
      const guildId = guildIdOf(channelId);
      const found: PastMessage[] = [];
      for await (const message of backwards(channelId, undefined, most))
        if (said.has(message.type)) found.push(pastMessage(message, guildId, guilds));
      return found.reverse();
    },

    async purge(channelId, { most, before, by }, reason) {
      if (before !== undefined) checkId(before, "message");
      const ids: string[] = [];
      for await (const { id, author, type } of backwards(channelId, before, by === undefined ? most : mostLookedAt)) {
        if (ids.length >= most || !isYoung(id)) break;
        if (!fixed.has(type) && (by === undefined || author.id === by)) ids.push(id);
      }
      let deleted = 0;
      for (let at = 0; at < ids.length; at += page) {
        const batch = ids.slice(at, at + page);
        const [only, another] = batch;
        if (only !== undefined && another === undefined) deleted += await deleteOne(channelId, only, reason);
        else {
          await rest.call("POST", Routes.channelBulkDelete(channelId), {
            body: { messages: batch },
            reason,
            repeatable: true,
            needs: "Manage Messages",
          });
          deleted += batch.length;
        }
      }
      return deleted;
    },
  };
}

function pastMessage(message: APIMessage, guildId: string | undefined, guilds: Guilds): PastMessage {
  // The message that a thread begins with stands in it as a reference.
  const told = message.type === MessageType.ThreadStarterMessage ? (message.referenced_message ?? message) : message;
  const { text, attachments = [] } = contentOf(
    { ...told, ...(guildId === undefined ? {} : { guild_id: guildId }) },
    guilds,
  );
  return {
    id: message.id,
    author: personOf(told.author),
    text: text === "" ? embedded(told) : text,
    at: Date.parse(told.timestamp),
    files: attachments.map(({ name }) => name),
  };
}

/** What stands in boxes, where a message says nothing else. */
const embedded = ({ embeds }: APIMessage): string =>
  embeds
    .flatMap(({ title, description }) => [title ?? "", description ?? ""])
    .filter(Boolean)
    .join("\n");
