import type { Channel, Json, Person } from "../../contracts/event.ts";
import type { OutMessage, SentMessage } from "../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../contracts/platform.ts";
import type { Capability } from "../../contracts/right.ts";
import { formatDuration } from "../../language/duration.ts";
import { type Happening, lineOf, type StandingMessage } from "./happenings.ts";
import { botId, directPrefix, knownPerson, type SimulatedWorld } from "./world.ts";

/** Where an answer goes: the place of the event, and the person who caused it. */
export interface Origin {
  readonly channel: string;
  readonly person: string;
  /** A form can be opened from a slash command or a press, never from a typed message. */
  readonly canOpenForm: boolean;
}

/** Most messages that a channel remembers. */
const mostMessages = 1000;

/** Does in memory what the platform of that name would do, and refuses what it cannot do. */
export function createPort(world: SimulatedWorld, now: () => number): PlatformPort {
  const { definition, messages } = world;
  const platform = definition.name;
  let count = 0;

  /** Wraps a call that only platforms with that ability have. */
  const able =
    <Args extends unknown[], Result>(capability: Capability, call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (!definition.capabilities.has(capability))
        throw new PlatformError("unsupported", `That is not possible on ${definition.title}.`);
      return call(...args);
    };
  const happened = (line: string, more: Omit<Happening, "line"> = {}) => world.happenings.push({ line, ...more });
  const did = (line: string, reason: string | undefined, more: Omit<Happening, "line"> = {}) =>
    happened(reason === undefined || reason === "" ? line : `${line}: ${reason}`, more);
  const nameOf = (id: string) => (id === botId ? world.bot.name : knownPerson(world, id).person.name);
  const forTime = (until: number | undefined) =>
    until === undefined ? "" : ` for ${formatDuration(Math.max(0, until - now()), "en")}`;
  const placeName = (channelId: string): string => {
    const there = world.channels.get(channelId);
    if (there === undefined) throw new PlatformError("not_found", `There is no channel "${channelId}".`);
    return there.channel.name;
  };
  const standingMessage = (id: string): StandingMessage => {
    const found = messages.find((message) => message.id === id);
    if (found === undefined) throw new PlatformError("not_found", "The message is no longer there.");
    return found;
  };

  const write = (channelId: string, message: OutMessage, onlyFor?: string): SentMessage => {
    const line = lineOf(message);
    if (line === "") throw new PlatformError("refused", "The message is empty.");
    if (line.length > definition.limits.textLength + 6000)
      throw new PlatformError("refused", `The message is longer than ${definition.title} takes.`);
    const { buttons, menuRoom = 0 } = definition.limits;
    const room = message.menu === undefined ? buttons : buttons - menuRoom;
    if ((message.buttons ?? []).length > room)
      throw new PlatformError(
        "refused",
        `There is room for ${room} buttons under this message on ${definition.title}.`,
      );
    const id = `sent-${++count}`;
    messages.push({
      id,
      channelId,
      authorId: botId,
      text: line,
      at: now(),
      buttons: message.buttons ?? [],
      menu: message.menu,
      pinned: false,
    });
    if (messages.length > mostMessages) messages.shift();
    if (channelId.startsWith(directPrefix)) {
      const to = nameOf(channelId.slice(directPrefix.length));
      happened(line, { to, direct: true });
    } else if (onlyFor === undefined) happened(line, { channel: placeName(channelId) });
    else happened(line, { channel: placeName(channelId), to: nameOf(onlyFor) });
    return { id, channelId };
  };

  const remove = (ids: ReadonlySet<string>): void => {
    const kept = messages.filter((message) => !ids.has(message.id));
    messages.splice(0, messages.length, ...kept);
  };

  return {
    platform,
    self: () => world.bot,
    async reply(given, message) {
      const origin = readOrigin(given);
      const hidden = message.ephemeral === true && definition.capabilities.has("messages.ephemeral");
      return write(origin.channel, message, hidden ? origin.person : undefined);
    },
    send: able("messages.send", async (channelId, message) => write(channelId, message)),
    direct: able("messages.direct", async (userId, message) =>
      write(`${directPrefix}${knownPerson(world, userId).person.id}`, message),
    ),
    react: able("messages.react", async (_channelId, messageId, emoji) => {
      if (definition.reactions?.has(emoji) === false)
        throw new PlatformError("refused", `${definition.title} has no reaction ${emoji}.`);
      happened(`reacts with ${emoji} to ${nameOf(standingMessage(messageId).authorId)}`);
    }),
    async deleteMessage(_channelId, messageId, reason) {
      const { authorId } = standingMessage(messageId);
      await able(authorId === botId ? "messages.delete_own" : "messages.delete", async () => {
        remove(new Set([messageId]));
        did(`deletes the message of ${nameOf(authorId)}`, reason);
      })();
    },
    mute: able("members.mute", async (_serverId, userId, untilMs, reason) => {
      knownPerson(world, userId).mutedUntil = untilMs ?? Number.POSITIVE_INFINITY;
      did(`mutes ${nameOf(userId)}${forTime(untilMs)}`, reason);
    }),
    unmute: able("members.mute", async (_serverId, userId, reason) => {
      knownPerson(world, userId).mutedUntil = 0;
      did(`unmutes ${nameOf(userId)}`, reason);
    }),
    kick: able("members.kick", async (_serverId, userId, reason) => {
      knownPerson(world, userId).here = false;
      did(`kicks ${nameOf(userId)}`, reason);
    }),
    ban: able("members.ban", async (_serverId, userId, untilMs, reason) => {
      const one = knownPerson(world, userId);
      one.here = false;
      one.bannedUntil = untilMs ?? Number.POSITIVE_INFINITY;
      did(`bans ${nameOf(userId)}${forTime(untilMs)}`, reason);
    }),
    unban: able("members.ban", async (_serverId, userId, reason) => {
      const one = knownPerson(world, userId);
      if (one.bannedUntil <= now()) throw new PlatformError("not_found", `${one.person.name} is not banned.`);
      one.bannedUntil = 0;
      did(`unbans ${nameOf(userId)}`, reason);
    }),
    addRole: able("members.roles", async (_serverId, userId, roleId, reason) => {
      knownPerson(world, userId).roles.add(roleId);
      did(`gives ${nameOf(userId)} the role ${world.role(roleId).name}`, reason);
    }),
    removeRole: able("members.roles", async (_serverId, userId, roleId, reason) => {
      knownPerson(world, userId).roles.delete(roleId);
      did(`takes the role ${world.role(roleId).name} from ${nameOf(userId)}`, reason);
    }),
    editMessage: able("messages.edit", async (_channelId, messageId, message) => {
      const edited = standingMessage(messageId);
      if (edited.authorId !== botId) throw new PlatformError("refused", "The bot can change only messages of its own.");
      edited.text = lineOf(message);
      edited.buttons = message.buttons ?? [];
      edited.menu = message.menu;
      happened(`changes its message: ${edited.text}`);
    }),
    pin: able("messages.pin", async (_channelId, messageId, pinned, reason) => {
      const message = standingMessage(messageId);
      message.pinned = pinned;
      did(`${pinned ? "pins" : "unpins"} the message of ${nameOf(message.authorId)}`, reason);
    }),
    typing: able("messages.typing", async (channelId) => {
      happened(`is typing in ${placeName(channelId)}`);
    }),
    history: able("messages.history", async (channelId, most) =>
      messages
        .filter((message) => message.channelId === channelId)
        .slice(-most)
        .map(({ id, authorId, text, at }) => ({ id, author: personOf(authorId), text, at, files: [] })),
    ),
    purge: able("messages.purge", async (channelId, { most, before, by }, reason) => {
      const here = messages.filter((message) => message.channelId === channelId);
      const end = here.findIndex(({ id }) => id === before);
      const wanted = (end === -1 ? here : here.slice(0, end)).filter((one) => by === undefined || one.authorId === by);
      const gone = wanted.slice(-most);
      remove(new Set(gone.map(({ id }) => id)));
      did(`deletes ${gone.length} messages in ${placeName(channelId)}`, reason);
      return gone.length;
    }),
    slowmode: able("channels.slowmode", async (channelId, ms, reason) => {
      const name = placeName(channelId);
      world.channels.get(channelId)!.slowmodeMs = ms;
      did(
        ms === 0 ? `ends slowmode in ${name}` : `slows ${name} down to one message in ${formatDuration(ms, "en")}`,
        reason,
      );
    }),
    lock: able("channels.lock", async (channelId, locked, reason) => {
      const name = placeName(channelId);
      world.channels.get(channelId)!.locked = locked;
      did(`${locked ? "locks" : "unlocks"} ${name}`, reason);
    }),
    setNickname: able("members.nickname", async (_serverId, userId, nickname, reason) => {
      const one = knownPerson(world, userId);
      const before = one.person.name;
      one.person = { ...one.person, name: nickname ?? one.person.username ?? before, nickname };
      did(`calls ${before} ${one.person.name}`, reason);
    }),
    createThread: able("threads", async (channelId, { name, isPrivate }, reason) => {
      placeName(channelId);
      const thread: Channel = { id: `thread-${++count}`, name, direct: false };
      world.addChannel(thread, isPrivate ? new Set() : undefined);
      did(`begins the ${isPrivate ? "private " : ""}thread ${name}`, reason, { channel: name });
      return thread;
    }),
    closeThread: able("threads", async (threadId, reason) => {
      const name = placeName(threadId);
      const thread = world.channels.get(threadId)!;
      if (thread.members === undefined && !definition.capabilities.has("threads.close_public"))
        throw new PlatformError("refused", `On ${definition.title} a thread that all may see cannot be closed.`);
      thread.closed = true;
      did(`closes the thread ${name}`, reason);
    }),
    addToThread: able("threads", async (threadId, userId) => {
      const name = placeName(threadId);
      world.channels.get(threadId)!.members?.add(userId);
      happened(`adds ${nameOf(userId)} to the thread ${name}`);
    }),
    async openForm(given, form) {
      const origin = readOrigin(given);
      if (!definition.capabilities.has("forms") || !origin.canOpenForm) return false;
      world.forms.push({ personId: origin.person, form });
      const fields = form.fields.map((field) => field.label).join(", ");
      happened(`opens the form ${form.title}: ${fields}`, { to: nameOf(origin.person) });
      return true;
    },
    standing: async (_serverId, userId) => world.standing(userId),
    botStanding: async () => world.standing(botId),
    roleRank: async () => 1,
    async find(kind, _serverId, name) {
      if (kind === "user") {
        const found = (world.known(name) ?? world.named(name))?.person;
        return found === undefined ? { found: "none" } : { found: "one", id: found.id, name: found.name };
      }
      if (kind === "role") {
        if (!definition.roles) return { found: "none" };
        const { id, name: called } = world.role(name);
        return { found: "one", id, name: called };
      }
      const { channel } = world.channel(name);
      return { found: "one", id: channel.id, name: channel.name };
    },
    person: async (_serverId, userId) =>
      userId === botId ? world.bot : (world.known(userId) ?? world.named(userId))?.person,
    async channel(channelId) {
      if (!channelId.startsWith(directPrefix)) return world.channels.get(channelId)?.channel;
      return { id: channelId, name: nameOf(channelId.slice(directPrefix.length)), direct: true };
    },
    role: async (_serverId, roleId) => (definition.roles ? world.role(roleId) : undefined),
    server: async () => world.server,
    // As on the real one: a platform whose file cannot name home servers has a single server.
    ...(Object.hasOwn(definition.settings, "servers") ? {} : { onlyServer: () => world.server }),
  };

  function personOf(id: string): Person {
    return id === botId ? world.bot : knownPerson(world, id).person;
  }
}

function readOrigin(value: Json): Origin {
  if (typeof value === "object" && value !== null && "person" in value) return value as unknown as Origin;
  throw new PlatformError("refused", "There is nobody to answer here: use send with the name of a channel.");
}
