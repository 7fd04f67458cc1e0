import { type APIMessage, EmbedType, MessageReferenceType } from "discord.js";
import { ChannelKind } from "./constants.ts";
import { announceChange, announceJoin, leave } from "./membership.ts";
import { composeMessage, editedMessage, postMessage, removeMessages, updateMessage } from "./messages.ts";
import type { Places, Where } from "./places.ts";
import { changeReaction } from "./reactions.ts";
import { addMember, type MemberSeed } from "./seeds.ts";
import type { Simulation } from "./simulation.ts";
import { type Channel, createUser, type Member } from "./state.ts";
import { openThread } from "./threads.ts";
import { memberObject, voiceState } from "./wire.ts";

/** What people do in the guild. Names or ids everywhere; without a guild the only one. */
export interface Doings {
  /**
   * Writes a message. `mentions` puts mentions of people before the text; `bot` makes an author who is not known yet a bot;
   * `reply` is the message replied to.
   */
  say(
    message: Where & {
      author: string;
      content: string;
      mentions?: readonly string[];
      bot?: boolean;
      reply?: APIMessage;
      /** Passes a message on. */
      forward?: APIMessage;
      files?: readonly { name: string; content: string | Buffer; type?: string }[];
    },
  ): APIMessage;
  edit(message: APIMessage, content: string): APIMessage;
  /** Discord shows a preview of a link: an update without an edit. */
  preview(message: APIMessage): void;
  erase(...messages: APIMessage[]): void;
  react(reaction: { user: string; message: APIMessage; emoji: string; remove?: boolean }): void;
  vote(vote: { user: string; message: APIMessage; answer: number }): void;
  joinMember(member: MemberSeed & { guild?: string }): Member;
  removeMember(user: string, guild?: string): void;
  /** Sets what is given; roles by name or id, all of them. */
  updateMember(
    user: string,
    change: { roles?: readonly string[]; nick?: string | null; timedOutUntil?: string | null },
    guild?: string,
  ): Member;
  /** Opens a public thread. */
  startThread(thread: { user: string; name: string } & Where): Channel;
  moveVoice(user: string, channel: string | null, guild?: string): void;
  /** Takes no direct messages from the bot any more. */
  closeDirectMessages(user: string): void;
}

export function createDoings(simulation: Simulation, places: Places): Doings {
  const { world, dispatch } = simulation;
  const channelById = (id: string) => world.channels.get(id)!;
  return {
    say({ author, content, mentions = [], bot = false, reply, forward, files = [], ...where }) {
      if (![...world.users.values()].some((each) => [each.id, each.global_name, each.username].includes(author))) {
        const id = world.nextId();
        world.users.set(id, createUser(id, author, { bot }));
      }
      const channel = places.channelOf({ ...where, user: author });
      const called = mentions.map((name) => `<@${places.user(name).id}> `).join("");
      const body = {
        content: forward === undefined ? called + content : forward.content,
        ...(reply ? { message_reference: { message_id: reply.id } } : {}),
      };
      const uploads = files.map(({ name, content: text, type = "text/plain" }) => ({
        name,
        type,
        content: Buffer.from(text),
      }));
      const message = composeMessage(simulation, channel, places.user(author), body, uploads);
      if (forward !== undefined) Object.assign(message, forwarding(forward));
      postMessage(simulation, channel, message);
      return message;
    },
    edit(message, content) {
      const edited = editedMessage(simulation, message, { content });
      updateMessage(simulation, channelById(message.channel_id), edited);
      return edited;
    },
    preview({ id, channel_id }) {
      const channel = channelById(channel_id);
      const kept = channel.messages.get(id)!;
      updateMessage(simulation, channel, { ...kept, embeds: [{ type: EmbedType.Link, title: "A page" }] });
    },
    erase(...messages) {
      const [first] = messages;
      if (first === undefined) return;
      const ids = messages.map(({ id }) => id);
      removeMessages(simulation, channelById(first.channel_id), ids);
    },
    react({ user, message, emoji, remove = false }) {
      changeReaction(simulation, channelById(message.channel_id), message, places.user(user), emoji, !remove);
    },
    vote({ user, message, answer }) {
      const channel = channelById(message.channel_id);
      const kept = channel.messages.get(message.id);
      if (kept?.poll === undefined) throw new Error("the message has no poll");
      const answers = world.votes.get(message.id) ?? new Map<number, Set<string>>();
      world.votes.set(message.id, answers);
      const voters = answers.get(answer) ?? new Set<string>();
      answers.set(answer, voters.add(places.user(user).id));
      const answer_counts = [...answers].map(([id, ids]) => ({ id, count: ids.size, me_voted: false }));
      kept.poll.results = { is_finalized: false, answer_counts };
      const place = {
        channel_id: channel.id,
        message_id: message.id,
        ...(channel.guild ? { guild_id: channel.guild.id } : {}),
      };
      dispatch("MESSAGE_POLL_VOTE_ADD", { user_id: places.user(user).id, ...place, answer_id: answer }, channel.guild);
    },
    joinMember({ guild: reference, ...seed }) {
      const guild = places.guild(reference);
      const member = addMember(world, guild, seed);
      announceJoin(simulation, guild, member);
      return member;
    },
    removeMember(user, guild) {
      leave(simulation, places.guild(guild), places.member(user, guild));
    },
    updateMember(user, { roles, nick, timedOutUntil }, guild) {
      const member = places.member(user, guild);
      if (roles !== undefined) member.roles = roles.map((name) => places.role(name, guild).id);
      if (nick !== undefined) member.nick = nick;
      if (timedOutUntil !== undefined) member.timedOutUntil = timedOutUntil;
      announceChange(simulation, places.guild(guild), member);
      return member;
    },
    startThread({ user, name, ...where }) {
      const parent = places.channelOf({ ...where, user });
      const ownerId = places.user(user).id;
      return openThread(simulation, parent, { kind: ChannelKind.PublicThread, name, ownerId });
    },
    moveVoice(user, channel, guild) {
      const member = places.member(user, guild);
      const home = places.guild(guild);
      const to = channel === null ? null : places.channel(channel, guild).id;
      if (to === null) home.voices.delete(member.user.id);
      else home.voices.set(member.user.id, to);
      const state = { guild_id: home.id, ...voiceState(member.user.id, to), member: memberObject(member) };
      dispatch("VOICE_STATE_UPDATE", state, home);
    },
    closeDirectMessages(user) {
      world.closedDirectMessages.add(places.user(user).id);
    },
  };
}

/** A message that passes another one on (documentation: "Message", Message Snapshot Object). */
function forwarding({ id, channel_id, ...rest }: APIMessage): Partial<APIMessage> {
  const { attachments, content, edited_timestamp, embeds, flags, mention_roles, mentions, timestamp, type } = rest;
  return {
    content: "",
    message_reference: { type: MessageReferenceType.Forward, message_id: id, channel_id },
    message_snapshots: [
      {
        message: {
          attachments,
          content,
          edited_timestamp,
          embeds,
          mention_roles,
          mentions,
          timestamp,
          type,
          ...(flags === undefined ? {} : { flags }),
        },
      },
    ],
  };
}
