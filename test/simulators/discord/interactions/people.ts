import { randomUUID } from "node:crypto";
import type { APIApplicationCommand, APIMessage, APIModalInteractionResponseCallbackData } from "discord.js";
import { createRecording, type WaitOptions } from "../../shared/recording.ts";
import { componentOf, type Found } from "../components.ts";
import { ComponentKind, InteractionKind } from "../constants.ts";
import { permissionsOf } from "../permissions.ts";
import type { Places, Where } from "../places.ts";
import type { Simulation } from "../simulation.ts";
import type { Channel } from "../state.ts";
import { commandData, interactionBase, type OptionValue, userNamed } from "./payload.ts";
import { messageOfInteraction } from "./responses.ts";
import type { Interaction, InteractionStep } from "./state.ts";

/** An interaction as the person who caused it sees it. */
export interface Invocation {
  interaction: Interaction;
  /** The bot's first answer, "thinking" included. */
  acknowledged(options?: WaitOptions): Promise<Extract<InteractionStep, { step: "callback" }>>;
  /** The first text that the person can read: shown at once, after "thinking", as an edit or as a followup. */
  response(options?: WaitOptions): Promise<APIMessage>;
  /** The first `count` of those. */
  responses(count: number, options?: WaitOptions): Promise<APIMessage[]>;
  /** The form that the bot opens. */
  modal(options?: WaitOptions): Promise<APIModalInteractionResponseCallbackData>;
}

export interface People {
  /** Uses a slash command, "config set" for a subcommand. Throws where a client would not offer it. */
  slash(use: { user: string; command: string; options?: Record<string, OptionValue> } & Where): Invocation;
  /** Presses a button of a message, ephemeral ones too. */
  press(use: { user: string; message: APIMessage; custom_id: string }): Invocation;
  select(use: { user: string; message: APIMessage; custom_id: string; values: readonly string[] }): Invocation;
  /** Sends a form that was opened in `from`: values by the custom ids of its fields. */
  submit(use: { from: Invocation; values: Record<string, string> }): Promise<Invocation>;
}

export function createPeople(simulation: Simulation, places: Places): People {
  const { world } = simulation;

  const start = (
    kind: number,
    channel: Channel,
    userId: string,
    rest: object,
    about: Pick<Interaction, "commandName" | "sourceMessageId" | "trigger">,
  ): Invocation => {
    // The checks are made ready before the three seconds for an answer begin.
    simulation.formats?.requestBody("POST", "/interactions/{interaction_id}/{interaction_token}/callback");
    if (simulation.checkOutgoing) simulation.formats?.interaction({});
    const [id, token] = [world.nextId(), randomUUID()];
    const user = userNamed(world, userId);
    const payload = { id, token, type: kind, ...interactionBase(simulation, channel, user), ...rest };
    const interaction: Interaction = {
      id,
      token,
      kind,
      payload,
      channel,
      userId,
      createdAt: world.now(),
      messages: new Map(),
      steps: createRecording(),
      ...about,
    };
    simulation.interactions.set(token, interaction);
    simulation.dispatch("INTERACTION_CREATE", payload, channel.guild);
    return invocationOf(interaction);
  };

  const operate = (user: string, message: APIMessage, customId: string, values?: readonly string[]): Invocation => {
    const channel = world.channels.get(message.channel_id)!;
    const kept = currentMessage(simulation, message);
    if (kept === undefined) throw new Error("the message is gone");
    const component = componentOf(kept, customId);
    if (component === undefined) throw new Error(`the message has nothing with the custom id "${customId}"`);
    if (values !== undefined) requirePickable(component, values);
    if (component.disabled === true) throw new Error(`"${customId}" is disabled`);
    const data = { custom_id: customId, component_type: component.type, ...(values === undefined ? {} : { values }) };
    const rest = { data, message: kept };
    const about = { sourceMessageId: kept.id };
    return start(InteractionKind.MessageComponent, channel, userNamed(world, user).id, rest, about);
  };

  return {
    slash({ user, command: words, options = {}, ...where }) {
      const channel = places.channelOf({ ...where, user });
      const [name = "", ...path] = words.split(" ");
      const command = offered(simulation, channel, userNamed(world, user).id, name);
      const data = commandData(simulation, channel, command, path, options);
      const about = { commandName: name };
      return start(InteractionKind.ApplicationCommand, channel, userNamed(world, user).id, { data }, about);
    },
    press: ({ user, message, custom_id }) => operate(user, message, custom_id),
    select: ({ user, message, custom_id, values }) => operate(user, message, custom_id, values),
    async submit({ from, values }) {
      const modal = await from.modal();
      const { channel, userId, sourceMessageId } = from.interaction;
      const source =
        sourceMessageId === undefined
          ? undefined
          : currentMessage(simulation, { id: sourceMessageId, channel_id: channel.id });
      const data = { custom_id: modal.custom_id, components: filledIn(modal.components, values) };
      const about = { trigger: from.interaction, ...(source === undefined ? {} : { sourceMessageId: source.id }) };
      const rest = source === undefined ? { data } : { data, message: source };
      return start(InteractionKind.ModalSubmit, channel, userId, rest, about);
    },
  };
}

/** As many of a menu's choices as a client lets somebody pick. */
function requirePickable({ options, min_values = 1, max_values = 1 }: Found, values: readonly string[]): void {
  const stranger = values.find((value) => !options?.some((option) => option.value === value));
  if (stranger !== undefined) throw new Error(`the menu has no choice "${stranger}"`);
  if (values.length < min_values || values.length > max_values)
    throw new Error(`the menu takes ${min_values} to ${max_values} choices`);
}

/** The registered command, the guild's before the global one, if this person may use it. */
function offered({ world }: Simulation, channel: Channel, userId: string, name: string): APIApplicationCommand {
  const { guild } = channel;
  const here = guild === undefined ? [] : [...(world.guildCommands.get(guild.id)?.values() ?? [])];
  const command = [...here, ...world.globalCommands.values()].find((each) => each.name === name && each.type === 1);
  if (command === undefined) throw new Error(`the command /${name} is not registered`);
  const needed = command.default_member_permissions;
  const member = guild?.members.get(userId);
  if (needed !== null && guild !== undefined && member !== undefined) {
    const bits = permissionsOf(guild, member, channel, world.now());
    if ((bits & BigInt(needed)) !== BigInt(needed))
      throw new Error(`/${name} is not offered to ${member.user.username}`);
  }
  return command;
}

function currentMessage(
  simulation: Simulation,
  { id, channel_id }: Pick<APIMessage, "id" | "channel_id">,
): APIMessage | undefined {
  const kept = simulation.world.channels.get(channel_id)?.messages.get(id);
  if (kept !== undefined) return kept;
  const interactions = [...simulation.interactions.values()];
  return interactions.map((each) => messageOfInteraction(simulation, each, id)).find((found) => found !== undefined);
}

interface FormField {
  type: number;
  id?: number;
  custom_id: string;
  required?: boolean;
  min_length?: number;
  max_length?: number;
  options?: { value: string }[];
}

/**
 * The form's fields with what was typed or picked; a field may stand in an action row or in a label. Throws where a client
 * would not let it be sent.
 */
function filledIn(components: readonly object[], values: Readonly<Record<string, string>>): object[] {
  const fill = (each: unknown) => {
    const { type, id, custom_id, ...field } = each as FormField;
    const value = values[custom_id] ?? "";
    if (value === "" && field.required !== false) throw new Error(`the field "${custom_id}" is required`);
    const base = { type, id: id ?? 0, custom_id };
    if (type === ComponentKind.StringSelect) {
      if (value !== "" && !field.options?.some((option) => option.value === value))
        throw new Error(`the field "${custom_id}" has no choice "${value}"`);
      return { ...base, values: value === "" ? [] : [value] };
    }
    const { min_length: least = 0, max_length: most = 4000 } = field;
    if (value !== "" && (value.length < least || value.length > most))
      throw new Error(`the field "${custom_id}" takes ${least} to ${most} characters`);
    return { ...base, value };
  };
  return components.map((outer, index) => {
    const { type } = outer as { type: number };
    if ("component" in outer) return { type, id: index + 1, component: fill(outer.component) };
    const inner = "components" in outer ? (outer.components as unknown[]) : [];
    return { type, id: index + 1, components: inner.map(fill) };
  });
}

function invocationOf(interaction: Interaction): Invocation {
  const { steps } = interaction;
  const readable = (step: InteractionStep) =>
    step.step === "original" || step.step === "edited" || step.step === "followup";
  const responses = async (count: number, options?: WaitOptions) => {
    const found = await steps.waitForCount(count, readable, { what: "a response to the interaction", ...options });
    return found.slice(0, count).flatMap((step) => ("message" in step ? [step.message] : []));
  };
  return {
    interaction,
    responses,
    response: async (options) => (await responses(1, options))[0]!,
    async acknowledged(options) {
      const step = await steps.waitFor((each) => each.step === "callback", { what: "an acknowledgement", ...options });
      if (step.step !== "callback") throw new Error("unreachable");
      return step;
    },
    async modal(options) {
      const opened = (each: InteractionStep) => each.step === "callback" && each.modal !== undefined;
      const step = await steps.waitFor(opened, { what: "a form", ...options });
      if (step.step !== "callback" || step.modal === undefined) throw new Error("unreachable");
      return step.modal;
    },
  };
}
