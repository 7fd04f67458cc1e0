import type { ChatMember } from "grammy/types";
import type { Person, Server } from "../../../contracts/event.ts";
import { type NameAnswer, PlatformError, type PlatformPort, type WrittenBy } from "../../../contracts/platform.ts";
import { suggest } from "../../../diagnostics/suggest.ts";
import type { Client } from "./client.ts";
import { personOf } from "./event-parts.ts";
import type { Places } from "./places.ts";
import { isInside, type MemberCache, standingOf } from "./standing.ts";

type Questions = Pick<
  PlatformPort,
  "standing" | "botStanding" | "roleRank" | "find" | "person" | "channel" | "role" | "server"
>;

/** Questions about people and places. */
export interface Lookup extends Questions {
  /** The chat that a server's id stands for now. @throws PlatformError */
  chat(serverId: string): number;
  /** Somebody who is in the chat; undefined when they are not. */
  member(chat: number, userId: number): Promise<ChatMember | undefined>;
  isSupergroup(chat: number): Promise<boolean>;
}

export interface LookupParts {
  readonly client: Client;
  readonly places: Places;
  readonly members: MemberCache;
  readonly botId: () => number;
}

export function createLookup({ client, places, members, botId }: LookupParts): Lookup {
  const chatOf = (serverId: string): number => {
    const target = places.target(serverId);
    if (target === undefined) throw new PlatformError("not_found", `"${serverId}" is not the id of a Telegram chat.`);
    return target.chat;
  };

  const ask = async (chat: number, userId: number): Promise<ChatMember | undefined> => {
    const member = await orNothing(client.call("getChatMember", { chat_id: chat, user_id: userId }));
    if (member !== undefined) members.keep(chat, member);
    return member !== undefined && isInside(member) ? member : undefined;
  };
  const memberOf = async (chat: number, userId: number): Promise<ChatMember | undefined> => {
    const known = members.get(chat, userId);
    if (known !== undefined) return isInside(known) ? known : undefined;
    if (!members.knows(chat) && userId !== botId()) await ask(chat, botId());
    return ask(chat, userId);
  };

  const getChat = async (chat: number | string) => {
    const info = await orNothing(client.call("getChat", { chat_id: chat }));
    if (info !== undefined) places.see(info);
    return info;
  };

  /** Chats that the file names may be any; a person only names the chat they are in and its topics. */
  const findChannel = async (serverId: string, name: string, by: WrittenBy | undefined): Promise<NameAnswer> => {
    const target = places.target(name);
    const home = by === "person" ? chatOf(serverId) : undefined;
    if (target !== undefined || name.startsWith("@")) {
      if (home !== undefined && target !== undefined && target.chat !== home) return { found: "none" };
      const info = await getChat(target?.chat ?? name);
      if (info === undefined || (home !== undefined && info.id !== home)) return { found: "none" };
      const channel = places.channelOf(info, target?.thread);
      return { found: "one", id: channel.id, name: channel.name };
    }
    const known = places.known().filter(({ id }) => home === undefined || String(id) === serverId);
    const named = known.flatMap((chat) => [
      { id: String(chat.id), name: chat.title, here: String(chat.id) === serverId },
      ...[...chat.topics].map(([thread, topic]) => ({
        id: `${chat.id}/${thread}`,
        name: topic,
        here: String(chat.id) === serverId,
      })),
    ]);
    const fitting = named.filter((place) => place.name.toLowerCase() === name.toLowerCase());
    const here = fitting.filter((place) => place.here);
    const [one, another] = here.length > 0 ? here : fitting;
    if (one === undefined) {
      const near = suggest(name, new Set(named.map((place) => place.name)));
      return { found: "none", ...(near === undefined ? {} : { near }) };
    }
    return another === undefined ? { found: "one", id: one.id, name: one.name } : { found: "many" };
  };

  const findUser = async (serverId: string, id: string): Promise<NameAnswer> => {
    const found = /^\d+$/.test(id) ? await person(serverId, id) : undefined;
    return found === undefined ? { found: "none" } : { found: "one", id: found.id, name: found.name };
  };

  const person = async (serverId: string | undefined, userId: string): Promise<Person | undefined> => {
    const id = Number(userId);
    if (!Number.isSafeInteger(id)) return undefined;
    if (serverId !== undefined) {
      const member = await memberOf(chatOf(serverId), id);
      if (member !== undefined) return personOf(member.user);
    }
    const info = id > 0 ? await getChat(id) : undefined;
    if (info?.type !== "private") return undefined;
    return personOf({
      id: info.id,
      is_bot: false,
      first_name: info.first_name,
      ...(info.last_name === undefined ? {} : { last_name: info.last_name }),
      ...(info.username === undefined ? {} : { username: info.username }),
    });
  };

  return {
    chat: chatOf,
    member: memberOf,
    isSupergroup: async (chat) => (await getChat(chat))?.type === "supergroup",
    async standing(serverId, userId) {
      const chat = chatOf(serverId);
      const id = Number(userId);
      // The group's own id is an anonymous administrator, whose rights Telegram does not tell.
      if (id === chat) return { owner: false, rank: 1, roles: [] };
      if (id <= 0) return { owner: false, rank: 0, roles: [], rights: new Set() };
      const member = await memberOf(chat, id);
      return member === undefined ? undefined : standingOf(member);
    },
    async botStanding(serverId) {
      const member = await memberOf(chatOf(serverId), botId());
      return member === undefined ? undefined : standingOf(member);
    },
    roleRank: async () => undefined,
    role: async () => undefined,
    async find(kind, serverId, name, by) {
      if (kind === "role") return { found: "none" };
      try {
        return await (kind === "channel" ? findChannel(serverId, name, by) : findUser(serverId, name));
      } catch (error) {
        if (error instanceof PlatformError) return { found: "unknown", why: error.message };
        throw error;
      }
    },
    person,
    async channel(channelId) {
      const target = places.target(channelId);
      const info = target === undefined ? undefined : await getChat(target.chat);
      return info === undefined ? undefined : places.channelOf(info, target?.thread);
    },
    async server(nameOrId): Promise<Server | undefined> {
      const byTitle = places.known().filter(({ title }) => title.toLowerCase() === nameOrId.toLowerCase());
      const written = places.target(nameOrId)?.chat ?? (nameOrId.startsWith("@") ? nameOrId : undefined);
      const id = written ?? (byTitle.length === 1 ? places.target(String(byTitle[0]?.id))?.chat : undefined);
      const info = id === undefined ? undefined : await getChat(id);
      if (info === undefined || (await memberOf(info.id, botId())) === undefined) return undefined;
      return places.serverOf(info);
    },
  };
}

/** Nothing where Telegram says that there is no such thing, or that the bot does not see it. */
async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof PlatformError && (error.kind === "not_found" || error.kind === "refused")) return undefined;
    throw error;
  }
}
