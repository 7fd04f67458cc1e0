import type { APIMessage } from "discord.js";
import { ErrorCode, MessageFlag } from "../constants.ts";
import { messageOfInteraction, respond, retract, revise } from "../interactions/responses.ts";
import type { Interaction } from "../interactions/state.ts";
import type { MessageBody } from "../messages.ts";
import { DiscordError, unknownThing } from "./errors.ts";
import type { RestCall, Route } from "./router.ts";

const webhook = "/webhooks/{webhook_id}/{webhook_token}";
/** An interaction's token is good for fifteen minutes ("Receiving and Responding", Followup Messages). */
const tokenLife = 15 * 60_000;

export const webhookRoutes: readonly Route[] = [
  {
    method: "POST",
    template: webhook,
    open: true,
    handle(call) {
      const interaction = interactionOf(call);
      const body = call.body as MessageBody;
      return { status: 200, body: finishThinking(call, interaction, body) ?? followUp(call, interaction, body) };
    },
  },
  ...["@original", "{message_id}"].flatMap((name): Route[] => {
    const template = `${webhook}/messages/${name}`;
    return [
      {
        method: "GET",
        template,
        open: true,
        handle(call) {
          const interaction = interactionOf(call);
          return {
            status: 200,
            body: known(messageOfInteraction(call.simulation, interaction, idOf(call, interaction))),
          };
        },
      },
      {
        method: "PATCH",
        template,
        open: true,
        handle(call) {
          const interaction = interactionOf(call);
          const id = idOf(call, interaction);
          return {
            status: 200,
            body: known(revise(call.simulation, interaction, id, call.body as MessageBody, call.files)),
          };
        },
      },
      {
        method: "DELETE",
        template,
        open: true,
        handle(call) {
          const interaction = interactionOf(call);
          if (!retract(call.simulation, interaction, idOf(call, interaction))) throw unknownThing("Message");
          return {};
        },
      },
    ];
  }),
];

/** The first followup after "thinking" takes its place ("Receiving and Responding", Create Followup Message). */
function finishThinking(call: RestCall, interaction: Interaction, body: MessageBody): APIMessage | undefined {
  const { originalId } = interaction;
  if (originalId === undefined) return undefined;
  const original = interaction.messages.get(originalId);
  if (((original?.flags ?? 0) & MessageFlag.Loading) === 0) return undefined;
  return revise(call.simulation, interaction, originalId, body, call.files);
}

function followUp(call: RestCall, interaction: Interaction, body: MessageBody): APIMessage {
  const message = respond(call.simulation, interaction, body, call.files);
  interaction.steps.record({ step: "followup", message });
  return message;
}

function interactionOf({ simulation: { world, interactions }, params }: RestCall): Interaction {
  const interaction = interactions.get(params.webhook_token!);
  if (params.webhook_id !== world.applicationId || interaction?.acknowledgedAt === undefined)
    throw unknownThing("Webhook");
  if (world.now() - interaction.createdAt > tokenLife)
    throw new DiscordError(401, ErrorCode.InvalidWebhookToken, "Invalid Webhook Token");
  return interaction;
}

function idOf({ params }: RestCall, interaction: Interaction): string {
  return params.message_id ?? interaction.originalId ?? "";
}

function known(message: APIMessage | undefined): APIMessage {
  if (message === undefined) throw unknownThing("Message");
  return message;
}
