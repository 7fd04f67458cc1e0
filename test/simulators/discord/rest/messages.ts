import type { APIMessage } from "discord.js";
import { ErrorCode } from "../constants.ts";
import {
  composeMessage,
  editedMessage,
  type MessageBody,
  postMessage,
  removeMessages,
  updateMessage,
} from "../messages.ts";
import { may, permissionsOf } from "../permissions.ts";
import type { Simulation } from "../simulation.ts";
import { snowflakeTime } from "../snowflake.ts";
import type { Channel } from "../state.ts";
import { DiscordError, missingPermissions, unknownThing } from "./errors.ts";
import { channelWhereMay, limitOf, mayHere, messageOf, requireOpen } from "./lookup.ts";
import type { Route } from "./router.ts";

const messages = "/channels/{channel_id}/messages";
const twoWeeks = 14 * 24 * 3_600_000;

export const messageRoutes: readonly Route[] = [
  {
    method: "GET",
    template: messages,
    handle(call) {
      const channel = channelWhereMay(call);
      // "Get Channel Messages": without the right to read the history nothing is returned.
      if (!mayHere(call, channel, "ReadMessageHistory")) return { status: 200, body: [] };
      const { query } = call;
      const [before, after] = [query.get("before"), query.get("after")];
      const fitting = [...channel.messages.values()].filter(
        ({ id }) => (before === null || BigInt(id) < BigInt(before)) && (after === null || BigInt(id) > BigInt(after)),
      );
      const limit = limitOf(call, 50, 100);
      const chosen = after === null ? fitting.slice(-limit) : fitting.slice(0, limit);
      return { status: 200, body: chosen.reverse() };
    },
  },
  {
    method: "POST",
    template: messages,
    handle(call) {
      const channel = channelWhereMay(call);
      if (call.files.length > 0 && channel.guild !== undefined) channelWhereMay(call, "AttachFiles");
      requireOpen(channel);
      requireSending(call.simulation, channel);
      const body = call.body as MessageBody;
      const twin = body.enforce_nonce === true ? sameNonce(call.simulation, channel, body.nonce) : undefined;
      if (twin !== undefined) return { status: 200, body: twin };
      const reference = body.message_reference;
      if (reference && !channel.messages.has(reference.message_id)) {
        if (reference.fail_if_not_exists !== false)
          throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
            message_reference: { _errors: [{ code: "REPLIES_UNKNOWN_MESSAGE", message: "Unknown message" }] },
          });
        body.message_reference = null;
      }
      const message = composeMessage(call.simulation, channel, call.simulation.world.bot, body, call.files);
      postMessage(call.simulation, channel, message);
      return { status: 200, body: message };
    },
  },
  {
    method: "GET",
    template: `${messages}/{message_id}`,
    handle: (call) => ({ status: 200, body: messageOf(call, channelWhereMay(call, "ReadMessageHistory")) }),
  },
  {
    method: "PATCH",
    template: `${messages}/{message_id}`,
    handle(call) {
      const channel = channelWhereMay(call);
      const message = messageOf(call, channel);
      if (message.author.id !== call.simulation.world.bot.id)
        throw new DiscordError(
          403,
          ErrorCode.CannotEditMessageAuthoredByAnotherUser,
          "Cannot edit a message authored by another user",
        );
      const edited = editedMessage(call.simulation, message, call.body as MessageBody, call.files);
      updateMessage(call.simulation, channel, edited);
      return { status: 200, body: edited };
    },
  },
  {
    method: "DELETE",
    template: `${messages}/{message_id}`,
    handle(call) {
      const channel = channelWhereMay(call);
      const message = messageOf(call, channel);
      if (isFixed(message)) throw systemMessage();
      if (message.author.id !== call.simulation.world.bot.id) {
        if (channel.guild === undefined) throw missingPermissions();
        channelWhereMay(call, "ManageMessages");
      }
      removeMessages(call.simulation, channel, [message.id]);
      return {};
    },
  },
  {
    method: "POST",
    template: `${messages}/bulk-delete`,
    handle(call) {
      const channel = channelWhereMay(call, "ManageMessages");
      if (channel.guild === undefined)
        throw new DiscordError(403, ErrorCode.CannotExecuteActionOnDMChannel, "Cannot execute action on a DM channel");
      const { messages: ids } = call.body as { messages: string[] };
      const { now } = call.simulation.world;
      if (ids.some((id) => now() - snowflakeTime(id) > twoWeeks))
        throw new DiscordError(
          400,
          ErrorCode.OneOfTheMessagesProvidedWasTooOldForBulkDelete,
          "A message provided was too old to bulk delete",
        );
      const known = ids.filter((id) => channel.messages.has(id));
      if (known.some((id) => isFixed(channel.messages.get(id)!))) throw systemMessage();
      removeMessages(call.simulation, channel, known);
      return {};
    },
  },
];

/** Types that nobody can delete ("Message Resource", Message Types). */
const isFixed = ({ type }: APIMessage) => [1, 2, 3, 4, 5, 14, 15, 16, 17, 21].includes(type);

const systemMessage = () =>
  new DiscordError(403, ErrorCode.CannotExecuteActionOnSystemMessage, "Cannot execute action on a system message");

/** Threads have a right of their own for sending; a direct message needs that the person has not blocked the bot. */
function requireSending({ world }: Simulation, channel: Channel): void {
  const { guild, recipient } = channel;
  if (guild === undefined) {
    if (recipient === undefined) throw unknownThing("Channel");
    if (recipient.bot || world.closedDirectMessages.has(recipient.id))
      throw new DiscordError(403, ErrorCode.CannotSendMessagesToThisUser, "Cannot send messages to this user");
    return;
  }
  const bits = permissionsOf(guild, guild.members.get(world.bot.id)!, channel, world.now());
  if (!may(bits, channel.thread === undefined ? "SendMessages" : "SendMessagesInThreads")) throw missingPermissions();
}

/** The message that the bot sent with this nonce before ("Create Message", `enforce_nonce`). */
function sameNonce({ world }: Simulation, channel: Channel, nonce: MessageBody["nonce"]): APIMessage | undefined {
  if (nonce === undefined || nonce === null) return undefined;
  return [...channel.messages.values()].find((each) => each.author.id === world.bot.id && each.nonce === nonce);
}
