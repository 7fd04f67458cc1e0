import type { APIMessage } from "discord.js";
import { InteractionKind, MessageFlag } from "../constants.ts";
import {
  composeMessage,
  editedMessage,
  type MessageBody,
  messageEvent,
  removeMessages,
  type UploadedFile,
} from "../messages.ts";
import type { Simulation } from "../simulation.ts";
import type { Interaction } from "./state.ts";

/** Messages that answer an interaction; an ephemeral one is kept with its interaction and told to nobody. */

export function respond(
  simulation: Simulation,
  interaction: Interaction,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): APIMessage {
  const { world } = simulation;
  const { channel } = interaction;
  const message: APIMessage = {
    ...composeMessage(simulation, channel, world.bot, body, files),
    webhook_id: world.applicationId,
    application_id: world.applicationId,
    interaction_metadata: metadataOf(simulation, interaction) as NonNullable<APIMessage["interaction_metadata"]>,
  };
  if (interaction.commandName !== undefined) message.type = 20;
  interaction.messages.set(message.id, message);
  if (!isEphemeral(message)) {
    channel.messages.set(message.id, message);
    simulation.dispatch("MESSAGE_CREATE", messageEvent(channel, message), channel.guild);
  }
  return message;
}

/** Says in a message which interaction it came from ("Message Resource", Message Interaction Metadata). */
function metadataOf({ world }: Pick<Simulation, "world">, interaction: Interaction): object {
  const { id, kind, userId, channel, trigger, sourceMessageId } = interaction;
  const pressed = kind === InteractionKind.MessageComponent ? { interacted_message_id: sourceMessageId } : {};
  return {
    id,
    type: kind,
    user: world.users.get(userId),
    authorizing_integration_owners: channel.guild === undefined ? { "1": userId } : { "0": channel.guild.id },
    ...pressed,
    ...(trigger === undefined ? {} : { triggering_interaction_metadata: metadataOf({ world }, trigger) }),
  };
}

/** Edits a message wherever it is kept; one that was "thinking" shows its content now. */
export function revise(
  simulation: Simulation,
  interaction: Interaction,
  id: string,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
): APIMessage | undefined {
  const home = homeOf(simulation, interaction, id);
  const message = home?.get(id);
  if (home === undefined || message === undefined) return undefined;
  const edited = editedMessage(simulation, message, body, files);
  edited.flags = (edited.flags ?? 0) & ~MessageFlag.Loading;
  const wasThinking = ((message.flags ?? 0) & MessageFlag.Loading) !== 0;
  if (wasThinking) edited.edited_timestamp = null;
  home.set(id, edited);
  if (interaction.messages.has(id)) interaction.messages.set(id, edited);
  if (interaction.channel.messages.has(id)) {
    interaction.channel.messages.set(id, edited);
    simulation.dispatch("MESSAGE_UPDATE", messageEvent(interaction.channel, edited), interaction.channel.guild);
  }
  interaction.steps.record({ step: wasThinking ? "original" : "edited", message: edited });
  return edited;
}

export function retract(simulation: Simulation, interaction: Interaction, id: string): boolean {
  const home = homeOf(simulation, interaction, id);
  if (home?.delete(id) !== true) return false;
  interaction.messages.delete(id);
  if (interaction.channel.messages.has(id)) removeMessages(simulation, interaction.channel, [id]);
  interaction.steps.record({ step: "deleted", messageId: id });
  return true;
}

export function messageOfInteraction(
  simulation: Simulation,
  interaction: Interaction,
  id: string,
): APIMessage | undefined {
  return homeOf(simulation, interaction, id)?.get(id);
}

/** A press on an ephemeral message edits a message that another interaction keeps. */
function homeOf(simulation: Simulation, interaction: Interaction, id: string): Map<string, APIMessage> | undefined {
  const others = [...simulation.interactions.values()].map(({ messages }) => messages);
  return [interaction.messages, interaction.channel.messages, ...others].find((messages) => messages.has(id));
}

export function isEphemeral(message: APIMessage): boolean {
  return ((message.flags ?? 0) & MessageFlag.Ephemeral) !== 0;
}
