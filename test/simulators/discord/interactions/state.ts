import type { APIMessage, APIModalInteractionResponseCallbackData } from "discord.js";
import type { Recording } from "../../shared/recording.ts";
import type { Channel } from "../state.ts";

/** What the bot did with an interaction, in order. */
export type InteractionStep =
  | { step: "callback"; type: number; at: number; modal?: APIModalInteractionResponseCallbackData }
  /** The first response, as soon as it can be read: "thinking" is none. */
  | { step: "original"; message: APIMessage }
  | { step: "followup"; message: APIMessage }
  | { step: "edited"; message: APIMessage }
  | { step: "deleted"; messageId: string };

export interface Interaction {
  id: string;
  token: string;
  kind: number;
  /** INTERACTION_CREATE's data. */
  payload: object;
  channel: Channel;
  userId: string;
  /** Of the command, where it is one. */
  commandName?: string;
  /** What opened the form that was sent. */
  trigger?: Interaction;
  /** The message whose component was used. */
  sourceMessageId?: string;
  createdAt: number;
  acknowledgedAt?: number;
  /** What `@original` names. */
  originalId?: string;
  /** All messages of this interaction, ephemeral ones too. */
  messages: Map<string, APIMessage>;
  steps: Recording<InteractionStep>;
}
