import {
  type APIApplicationCommandInteractionDataBasicOption,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIInteractionDataResolved,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageFlags,
  SnowflakeUtil,
} from "discord.js";
import type { BotEvent, CommandEvent, FormEvent, RawOption } from "../../../contracts/event.ts";
import { attachmentOf } from "./content.ts";
import { type EventContext, placeOf, standingIn } from "./event-context.ts";
import { typedInto } from "./forms.ts";
import { personOf } from "./guilds.ts";
import type { InteractionOrigin } from "./origin.ts";

/** What somebody asks of the bot by a command, a button, a menu or a form. */
export function interactionEvent(interaction: APIInteraction, context: EventContext): BotEvent | undefined {
  if (interaction.type === InteractionType.ApplicationCommand)
    return interaction.data.type === ApplicationCommandType.ChatInput
      ? commandEvent(interaction as APIChatInputApplicationCommandInteraction, context)
      : undefined;
  if (interaction.type === InteractionType.ModalSubmit) return formEvent(interaction, context);
  if (interaction.type !== InteractionType.MessageComponent) return undefined;
  const { data, message } = interaction;
  if (data.component_type === ComponentType.Button)
    return {
      kind: "button",
      ...interactionBase(interaction, context),
      button: data.custom_id,
      messageId: message.id,
    };
  if (data.component_type !== ComponentType.StringSelect) return undefined;
  return {
    kind: "menu",
    ...interactionBase(interaction, context),
    menu: data.custom_id,
    picked: data.values,
    messageId: message.id,
  };
}

function commandEvent(interaction: APIChatInputApplicationCommandInteraction, context: EventContext): CommandEvent {
  const { name, options = [], resolved } = interaction.data;
  const basic = options as APIApplicationCommandInteractionDataBasicOption[];
  return {
    kind: "command",
    ...interactionBase(interaction, context),
    call: {
      name,
      addressed: true,
      input: { kind: "options", options: Object.fromEntries(basic.flatMap((option) => rawOption(option, resolved))) },
    },
  };
}

function formEvent(interaction: APIModalSubmitInteraction, context: EventContext): FormEvent {
  const { custom_id, components } = interaction.data;
  return { kind: "form", ...interactionBase(interaction, context), form: custom_id, values: typedInto(components) };
}

function interactionBase(
  interaction: APIChatInputApplicationCommandInteraction | APIMessageComponentInteraction | APIModalSubmitInteraction,
  context: EventContext,
) {
  const { guild_id: guildId, member, id, token, type, message } = interaction;
  const raw = member?.user ?? interaction.user!;
  const user = personOf(raw, member?.nick, interaction.locale);
  const channelId = interaction.channel?.id ?? "";
  const seenByOne = ((message?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
  const origin: InteractionOrigin = {
    to: "interaction",
    id,
    token,
    channel: channelId,
    user: user.id,
    at: context.now(),
    button: message !== undefined,
    ...(type === InteractionType.ModalSubmit ? { form: true } : {}),
    ...(message !== undefined && seenByOne ? { privateMessage: message.id } : {}),
  };
  const standing =
    guildId === undefined || member === undefined
      ? undefined
      : standingIn(
          guildId,
          { userId: raw.id, roles: member.roles, joinedAt: member.joined_at },
          context,
          BigInt(member.permissions),
        );
  const name = interaction.channel?.name ?? undefined;
  return {
    key: `interaction:${id}`,
    at: SnowflakeUtil.timestampFrom(id),
    ...placeOf(guildId, channelId, guildId === undefined ? user.name : name, context.guilds),
    user,
    ...(standing === undefined ? {} : { standing }),
    origin: { ...origin },
  };
}

function rawOption(
  option: APIApplicationCommandInteractionDataBasicOption,
  resolved: APIInteractionDataResolved | undefined,
): [string, RawOption][] {
  const made = rawValue(option, resolved);
  return made === undefined ? [] : [[option.name, made]];
}

function rawValue(
  option: APIApplicationCommandInteractionDataBasicOption,
  resolved: APIInteractionDataResolved | undefined,
): RawOption | undefined {
  switch (option.type) {
    case ApplicationCommandOptionType.String:
      return { kind: "text", text: option.value };
    case ApplicationCommandOptionType.Integer:
    case ApplicationCommandOptionType.Number:
      return { kind: "number", number: Number(option.value) };
    case ApplicationCommandOptionType.Boolean:
      return { kind: "boolean", boolean: option.value };
    case ApplicationCommandOptionType.User: {
      const user = resolved?.users?.[option.value];
      if (user === undefined) return undefined;
      return { kind: "person", person: personOf(user, resolved?.members?.[option.value]?.nick) };
    }
    case ApplicationCommandOptionType.Role: {
      const role = resolved?.roles?.[option.value];
      return role === undefined ? undefined : { kind: "role", role: { id: role.id, name: role.name } };
    }
    case ApplicationCommandOptionType.Channel: {
      const channel = resolved?.channels?.[option.value];
      if (channel === undefined) return undefined;
      return { kind: "channel", channel: { id: channel.id, name: channel.name ?? channel.id, direct: false } };
    }
    case ApplicationCommandOptionType.Attachment: {
      const attachment = resolved?.attachments?.[option.value];
      return attachment === undefined ? undefined : { kind: "attachment", attachment: attachmentOf(attachment) };
    }
    default:
      return undefined;
  }
}
