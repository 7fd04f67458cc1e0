import type { Json, Person } from "../../../contracts/event.ts";
import type { OutForm, OutMessage, SentMessage } from "../../../contracts/message.ts";
import { PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { ConsoleButton, ConsoleTerminal } from "../../../contracts/terminal.ts";
import { formatDuration } from "../../../language/duration.ts";
import { plainText, richText } from "../../../language/rich-text.ts";
import { notOn } from "../unsupported.ts";
import { composeText } from "./compose.ts";
import { keptNumbers, type Recent } from "./recent.ts";
import { directPrefix, type World } from "./world.ts";

/** Where an answer goes. */
export interface Origin {
  readonly channel: string;
  readonly person: string;
}

export interface PortParts {
  readonly terminal: ConsoleTerminal;
  readonly world: World;
  readonly recent: Recent;
  readonly now: () => number;
  readonly newMessageId: () => string;
  /** Lets somebody fill in a form. */
  readonly openForm: (form: OutForm, personId: string) => void;
  /** Keeps what can be answered for the next start. */
  readonly keep: () => void;
}

/** Says what happens, in brackets. */
export function tellEvent(terminal: ConsoleTerminal, sentence: string): void {
  terminal.write({ kind: "event", author: "", text: richText(sentence), buttons: [] });
}

export function createPort({ terminal, world, recent, now, newMessageId, openForm, keep }: PortParts): PlatformPort {
  const { restrictions } = world;
  const happens = (sentence: string, reason?: string) =>
    tellEvent(terminal, reason === undefined || reason === "" ? sentence : `${sentence}: ${reason}`);
  const nameOf = (userId: string) => known(userId).name;
  const forTime = (untilMs: number | undefined) =>
    untilMs === undefined ? "" : ` for ${formatDuration(Math.max(0, untilMs - now()), "en")}`;

  const known = (userId: string): Person => {
    const person = world.person(userId);
    if (person === undefined) throw new PlatformError("not_found", `Nobody is called "${userId}" here.`);
    return person;
  };
  const messageOf = (messageId: string) => {
    const message = recent.message(messageId);
    if (message === undefined) throw new PlatformError("not_found", "The message is no longer there.");
    return message;
  };
  const channelNameOf = (channelId: string) => world.channelNamed(channelId)?.name ?? channelId;
  const roleOf = (roleId: string) => {
    const role = world.role(roleId);
    if (role === undefined) throw new PlatformError("not_found", `No role is called "${roleId}" here.`);
    return role;
  };

  const write = (channelId: string, message: OutMessage, edits?: string): SentMessage => {
    const text = composeText(message);
    if (text.length === 0 && (message.buttons?.length ?? 0) === 0 && message.menu === undefined)
      throw new PlatformError("refused", "The message is empty.");
    const id = edits ?? newMessageId();
    const before = edits === undefined ? undefined : recent.removeButtons(edits);
    const pressable = (message.buttons ?? []).filter((button) => button.url === undefined);
    const labels = pressable.map((button) => button.label);
    const numbers = before === undefined ? [] : keptNumbers(before, labels);
    const buttons = (message.buttons ?? []).map((button): ConsoleButton => {
      const label = button.emoji === undefined ? button.label : `${button.emoji} ${button.label}`.trim();
      if (button.url !== undefined) return { label, url: button.url };
      const pressed = { key: button.key!, label: button.label, messageId: id };
      return { label, number: recent.addButton(pressed, numbers[pressable.indexOf(button)]) };
    });
    const menu = message.menu && {
      number: recent.addMenu({ ...message.menu, messageId: id }, before?.menu),
      choices: message.menu.choices.map(({ label, description }) =>
        description === undefined ? label : `${label} (${description})`,
      ),
      multiple: message.menu.multiple,
      ...(message.menu.placeholder === undefined ? {} : { placeholder: message.menu.placeholder }),
    };
    recent.addMessage(id, { author: world.bot, channelId, text: plainText(text), at: now() });
    keep();
    const place = placeName(channelId) ?? (message.inThread === true ? "in a thread" : undefined);
    terminal.write({
      kind: "bot",
      author: edits === undefined ? world.bot.name : `${world.bot.name} (edited)`,
      ...(place === undefined ? {} : { place }),
      text,
      buttons,
      ...(menu === undefined ? {} : { menu }),
    });
    return { id, channelId };
  };

  const placeName = (channelId: string): string | undefined => {
    if (channelId === world.channel.id) return undefined;
    if (channelId.startsWith(directPrefix)) return `to @${nameOf(channelId.slice(directPrefix.length))}`;
    const channel = world.channelNamed(channelId);
    if (channel === undefined) throw new PlatformError("not_found", `No channel is called "${channelId}" here.`);
    return `#${channel.name}`;
  };

  return {
    ...notOn("The console"),
    platform: "console",
    self: () => world.bot,
    reply: async (origin, message) => write(channelOf(origin), message),
    send: async (channelId, message) => write(channelId, message),
    direct: async (userId, message) => write(`${directPrefix}${known(userId).id}`, message),
    async react(_channelId, messageId, emoji) {
      happens(`${world.bot.name} reacts with ${emoji} to ${recent.message(messageId)?.author.name ?? "a message"}`);
    },
    async deleteMessage(_channelId, messageId, reason) {
      const message = recent.message(messageId);
      happens(
        message === undefined ? "a message is deleted" : `the message of ${message.author.name} is deleted`,
        reason,
      );
      recent.removeMessage(messageId);
    },
    async openForm(origin, form) {
      openForm(form, personOf(origin));
      return true;
    },
    async editMessage(channelId, messageId, message) {
      if (messageOf(messageId).author.id !== world.bot.id)
        throw new PlatformError("refused", "The bot can change only messages of its own.");
      write(channelId, message, messageId);
    },
    async pin(_channelId, messageId, pinned, reason) {
      happens(
        `the message of ${messageOf(messageId).author.name} is ${pinned ? "pinned" : "no longer pinned"}`,
        reason,
      );
    },
    async typing() {
      happens(`${world.bot.name} is writing`);
    },
    history: async (channelId, most) =>
      recent
        .inChannel(channelId)
        .slice(-most)
        .map(({ id, author, text, at }) => ({ id, author, text, at, files: [] })),
    async purge(channelId, { most, before, by }, reason) {
      const all = recent.inChannel(channelId);
      const end = all.findIndex(({ id }) => id === before);
      const wanted = (end === -1 ? all : all.slice(0, end)).filter(
        ({ author }) => by === undefined || author.id === by,
      );
      const gone = wanted.slice(-most);
      for (const { id } of gone) recent.removeMessage(id);
      happens(`${gone.length === 1 ? "1 message is" : `${gone.length} messages are`} deleted`, reason);
      return gone.length;
    },
    async slowmode(channelId, ms, reason) {
      const wait = ms === 0 ? "need not wait between messages" : `wait ${formatDuration(ms, "en")} between messages`;
      happens(`people in #${channelNameOf(channelId)} ${wait}`, reason);
    },
    async lock(channelId, locked, reason) {
      happens(`#${channelNameOf(channelId)} is ${locked ? "locked" : "open again"}`, reason);
    },
    async setNickname(_serverId, userId, nickname, reason) {
      const before = nameOf(userId);
      world.setNickname(known(userId).id, nickname);
      happens(
        nickname === undefined ? `${before} is called ${nameOf(userId)} again` : `${before} is now called ${nickname}`,
        reason,
      );
    },
    async createThread(channelId, { name, isPrivate }, reason) {
      const thread = world.channelNamed(name.replace(/[^\p{L}\p{M}\p{N}_. -]/gu, "").trim());
      if (thread === undefined) throw new PlatformError("refused", `A thread cannot be called "${name}" here.`);
      happens(
        `the ${isPrivate ? "private " : ""}thread #${thread.name} begins in #${channelNameOf(channelId)}`,
        reason,
      );
      return thread;
    },
    async closeThread(threadId, reason) {
      happens(`the thread #${channelNameOf(threadId)} is closed`, reason);
    },
    async addToThread(threadId, userId) {
      happens(`${nameOf(userId)} is added to #${channelNameOf(threadId)}`);
    },
    async mute(_serverId, userId, untilMs, reason) {
      restrictions.mutedUntil.set(known(userId).id, untilMs ?? Number.POSITIVE_INFINITY);
      happens(`${nameOf(userId)} is muted${forTime(untilMs)}`, reason);
    },
    async unmute(_serverId, userId, reason) {
      restrictions.mutedUntil.delete(known(userId).id);
      happens(`${nameOf(userId)} may write again`, reason);
    },
    async kick(_serverId, userId, reason) {
      restrictions.kicked.add(known(userId).id);
      happens(`${nameOf(userId)} is kicked`, reason);
    },
    async ban(_serverId, userId, untilMs, reason) {
      restrictions.bannedUntil.set(known(userId).id, untilMs ?? Number.POSITIVE_INFINITY);
      happens(`${nameOf(userId)} is banned${forTime(untilMs)}`, reason);
    },
    async unban(_serverId, userId, reason) {
      restrictions.bannedUntil.delete(known(userId).id);
      happens(`${nameOf(userId)} is no longer banned`, reason);
    },
    async addRole(_serverId, userId, roleId, reason) {
      world.addRole(known(userId).id, roleOf(roleId).id);
      happens(`${nameOf(userId)} gets the role ${roleOf(roleId).name}`, reason);
    },
    async removeRole(_serverId, userId, roleId, reason) {
      world.removeRole(known(userId).id, roleOf(roleId).id);
      happens(`${nameOf(userId)} loses the role ${roleOf(roleId).name}`, reason);
    },
    standing: async (_serverId, userId) => world.standing(userId),
    botStanding: async () => world.standing(world.bot.id),
    roleRank: async (_serverId, roleId) => world.rankOf(roleId),
    async find(kind, _serverId, name) {
      const found =
        kind === "channel" ? world.channelNamed(name) : kind === "role" ? world.role(name) : world.person(name);
      return found === undefined ? { found: "none" } : { found: "one", id: found.id, name: found.name };
    },
    person: async (_serverId, userId) => world.person(userId),
    async channel(channelId) {
      if (!channelId.startsWith(directPrefix)) return world.channelNamed(channelId);
      return { id: channelId, name: nameOf(channelId.slice(directPrefix.length)), direct: true };
    },
    role: async (_serverId, roleId) => world.role(roleId),
    onlyServer: () => world.server,
    server: async () => world.server,
  };
}

function channelOf(origin: Json): string {
  if (typeof origin === "object" && origin !== null && "channel" in origin && typeof origin.channel === "string")
    return origin.channel;
  throw new PlatformError("not_found", "The conversation to answer in is not known any more.");
}

function personOf(origin: Json): string {
  if (typeof origin === "object" && origin !== null && "person" in origin && typeof origin.person === "string")
    return origin.person;
  throw new PlatformError("not_found", "Nobody knows any more who is to fill the form in.");
}
