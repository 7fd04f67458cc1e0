import type { APIMessage, APIModalInteractionResponseCallbackData } from "discord.js";
import { CallbackKind, ErrorCode, InteractionKind, MessageFlag } from "../constants.ts";
import { respond, revise } from "../interactions/responses.ts";
import type { Interaction } from "../interactions/state.ts";
import type { MessageBody } from "../messages.ts";
import { DiscordError } from "./errors.ts";
import type { RestCall, Route } from "./router.ts";

/** A first response is taken for three seconds ("Receiving and Responding", Interaction Callback). */
const acknowledgeWithin = 3000;

/** Responses whose message is told at once ("Receiving and Responding", Interaction Callback Resource Object). */
const told: readonly number[] = [CallbackKind.ChannelMessageWithSource, CallbackKind.UpdateMessage];

export const interactionRoutes: readonly Route[] = [
  {
    method: "POST",
    template: "/interactions/{interaction_id}/{interaction_token}/callback",
    open: true,
    handle(call) {
      const interaction = acknowledge(call);
      const { type, data } = call.body as { type: number; data?: MessageBody | null };
      const message = perform(call, interaction, type, data ?? {});
      if (call.query.get("with_response") !== "true") return {};
      const body = {
        interaction: {
          id: interaction.id,
          type: interaction.kind,
          channel_id: interaction.channel.id,
          ...(interaction.channel.guild ? { guild_id: interaction.channel.guild.id } : {}),
          ...(message === undefined ? {} : aboutResponse(message)),
        },
        ...(message === undefined || !told.includes(type) ? {} : { resource: { type, message } }),
      };
      return { status: 200, body };
    },
  },
];

function aboutResponse({ id, ...message }: APIMessage): object {
  const flags: number = message.flags ?? 0;
  return {
    response_message_id: id,
    response_message_loading: (flags & MessageFlag.Loading) !== 0,
    response_message_ephemeral: (flags & MessageFlag.Ephemeral) !== 0,
  };
}

/** Marks the interaction as acknowledged, or refuses: unknown or too late is 10062, a second time is 40060. */
function acknowledge({ simulation, params }: RestCall): Interaction {
  const now = simulation.world.now();
  const interaction = simulation.interactions.get(params.interaction_token!);
  if (interaction === undefined || interaction.id !== params.interaction_id) throw unknownInteraction();
  if (interaction.acknowledgedAt !== undefined)
    throw new DiscordError(
      400,
      ErrorCode.InteractionHasAlreadyBeenAcknowledged,
      "Interaction has already been acknowledged.",
    );
  if (now - interaction.createdAt > acknowledgeWithin) throw unknownInteraction();
  interaction.acknowledgedAt = now;
  return interaction;
}

function unknownInteraction(): DiscordError {
  return new DiscordError(404, ErrorCode.UnknownInteraction, "Unknown interaction");
}

/** A form has at most five fields ("Receiving and Responding", Modal). */
function requireFormFits({ components }: MessageBody): void {
  if ((components?.length ?? 0) > 5)
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
      components: { _errors: [{ code: "BASE_TYPE_BAD_LENGTH", message: "Must be between 1 and 5 in length." }] },
    });
}

function perform(call: RestCall, interaction: Interaction, type: number, data: MessageBody): APIMessage | undefined {
  const { simulation, files } = call;
  const { steps } = interaction;
  const onComponent = interaction.sourceMessageId !== undefined;
  const fits =
    type === CallbackKind.ChannelMessageWithSource ||
    type === CallbackKind.DeferredChannelMessageWithSource ||
    (type === CallbackKind.Modal && interaction.kind !== InteractionKind.ModalSubmit) ||
    (onComponent && (type === CallbackKind.DeferredMessageUpdate || type === CallbackKind.UpdateMessage));
  if (!fits)
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", {
      type: { _errors: [{ code: "BASE_TYPE_CHOICES", message: `${type} cannot answer this interaction` }] },
    });
  if (type === CallbackKind.Modal) requireFormFits(data);
  const modal = type === CallbackKind.Modal ? { modal: data as APIModalInteractionResponseCallbackData } : {};
  steps.record({ step: "callback", type, at: simulation.world.now(), ...modal });
  switch (type) {
    case CallbackKind.ChannelMessageWithSource: {
      const message = respond(simulation, interaction, data, files);
      interaction.originalId = message.id;
      steps.record({ step: "original", message });
      return message;
    }
    case CallbackKind.DeferredChannelMessageWithSource: {
      const message = respond(simulation, interaction, { flags: (data.flags ?? 0) | MessageFlag.Loading });
      interaction.originalId = message.id;
      return message;
    }
    case CallbackKind.DeferredMessageUpdate:
      interaction.originalId = interaction.sourceMessageId!;
      return undefined;
    case CallbackKind.UpdateMessage:
      interaction.originalId = interaction.sourceMessageId!;
      return revise(simulation, interaction, interaction.originalId, data, files);
    default:
      return undefined;
  }
}
