import { type APIEmoji, Routes } from "discord.js";
import { PlatformError } from "../../../contracts/platform.ts";
import { reactionName } from "./compose.ts";
import type { Guilds } from "./guilds.ts";
import type { Rest } from "./rest.ts";

export interface Emojis {
  /**
   * An emoji as the path of a reaction names it; one of the server's own may be written by its name.
   * @throws PlatformError kind "refused" where the server has none of that name
   */
  forReaction(channelId: string, written: string): Promise<string>;
}

/** Names of the server's own emoji; no character that is an emoji itself looks like one. */
const named = /^:?(\w{2,32}):?$/;
const freshMs = 5 * 60_000;
/** How soon a list is asked for again for a name that is not in it. */
const againMs = 10_000;

export function createEmojis(rest: Rest, guilds: Guilds, now: () => number): Emojis {
  const lists = new Map<string, { readonly at: number; readonly emojis: readonly APIEmoji[] }>();

  const listOf = async (guildId: string, mostAge: number) => {
    const known = lists.get(guildId);
    if (known !== undefined && now() - known.at < mostAge) return known.emojis;
    const emojis = await rest.call<APIEmoji[]>("GET", Routes.guildEmojis(guildId));
    lists.set(guildId, { at: now(), emojis });
    return emojis;
  };

  return {
    async forReaction(channelId, written) {
      const name = named.exec(written.trim())?.[1];
      const guildId = name === undefined ? undefined : guilds.place(channelId)?.guildId;
      if (guildId === undefined) return reactionName(written);
      const found = (emojis: readonly APIEmoji[]) => emojis.find((emoji) => emoji.name === name);
      const emoji = found(await listOf(guildId, freshMs)) ?? found(await listOf(guildId, againMs));
      if (emoji?.id) return encodeURIComponent(`${name}:${emoji.id}`);
      throw new PlatformError(
        "refused",
        `The server has no emoji called "${name}"; an ordinary one is written as the character itself, such as 👍.`,
      );
    },
  };
}
