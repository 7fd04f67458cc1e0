import type {
  APIApplicationCommandInteractionDataBasicOption,
  APIChatInputApplicationCommandInteraction,
  APIInteraction,
  APIInteractionDataResolved,
  APIMessageComponentInteraction,
  GatewayDispatchPayload,
  GatewayGuildMemberAddDispatchData,
  GatewayMessageCreateDispatchData,
} from "discord.js";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  MessageType,
  SnowflakeUtil,
} from "discord.js";
import type {
  BotEvent,
  ButtonEvent,
  Channel,
  CommandEvent,
  MemberEvent,
  MessageEvent,
  RawOption,
  Server,
  Standing,
} from "../../../contracts/event.ts";
import type { Feed } from "../../../contracts/right.ts";
import { callIn, contentOf } from "./content.ts";
import { type Guilds, personOf } from "./guilds.ts";
import { standingOf } from "./standing.ts";

/** Where an answer goes; stored with suspended runs. */
export type Origin =
  | { readonly to: "message"; readonly channel: string; readonly message: string }
  | InteractionOrigin
  /** Somebody joined: there is nothing to answer but the person. */
  | { readonly to: "server"; readonly server: string };

export interface InteractionOrigin {
  readonly to: "interaction";
  readonly id: string;
  readonly token: string;
  readonly channel: string;
  readonly user: string;
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number;
  /** Whether a button was pressed, whose message stands there already. */
  readonly button: boolean;
}

export interface EventContext {
  readonly selfId: string;
  readonly feeds: readonly Feed[];
  readonly prefix: string | undefined;
  readonly guilds: Guilds;
  readonly now: () => number;
}

const platform = "discord";

/** What a dispatch says happened, as far as rules hear of it. */
export function eventOf(payload: GatewayDispatchPayload, context: EventContext): BotEvent | undefined {
  switch (payload.t) {
    case "MESSAGE_CREATE":
      return messageEvent(payload.d, context);
    case "INTERACTION_CREATE":
      return interactionEvent(payload.d, context);
    case "GUILD_MEMBER_ADD":
      return joinedEvent(payload.d, context);
    default:
      return undefined;
  }
}

function messageEvent(message: GatewayMessageCreateDispatchData, context: EventContext): MessageEvent | undefined {
  const { guilds, selfId } = context;
  const { author, guild_id: guildId, member } = message;
  if (author.id === selfId) return undefined;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return undefined;
  const content = contentOf(message, guilds);
  const call = callIn(message, content, { id: selfId }, context.prefix, guilds);
  const direct = guildId === undefined;
  const wanted =
    context.feeds.includes("messages") ||
    context.feeds.includes("message_text") ||
    (direct && context.feeds.includes("direct_messages"));
  if (call === undefined && !wanted) return undefined;
  const user = { ...personOf(author, member?.nick), isBot: author.bot === true || message.webhook_id !== undefined };
  const standing =
    guildId === undefined || member === undefined
      ? undefined
      : standingIn(
          guildId,
          {
            userId: author.id,
            roles: member.roles,
            timedOutUntil: member.communication_disabled_until,
            joinedAt: member.joined_at,
          },
          context,
        );
  return {
    kind: "message",
    key: `message:${message.id}`,
    at: Date.parse(message.timestamp),
    ...placeOf(guildId, message.channel_id, user.name, guilds),
    user,
    ...(standing === undefined ? {} : { standing }),
    message: content,
    ...(call === undefined ? {} : { call }),
    origin: { to: "message", channel: message.channel_id, message: message.id },
  };
}

function interactionEvent(interaction: APIInteraction, context: EventContext): BotEvent | undefined {
  if (interaction.type === InteractionType.ApplicationCommand)
    return interaction.data.type === ApplicationCommandType.ChatInput
      ? commandEvent(interaction as APIChatInputApplicationCommandInteraction, context)
      : undefined;
  if (interaction.type === InteractionType.MessageComponent)
    return interaction.data.component_type === ComponentType.Button ? buttonEvent(interaction, context) : undefined;
  return undefined;
}

function commandEvent(interaction: APIChatInputApplicationCommandInteraction, context: EventContext): CommandEvent {
  const { name, options = [], resolved } = interaction.data;
  const basic = options as APIApplicationCommandInteractionDataBasicOption[];
  return {
    kind: "command",
    ...interactionBase(interaction, false, context),
    call: {
      name,
      addressed: true,
      input: { kind: "options", options: Object.fromEntries(basic.flatMap((option) => rawOption(option, resolved))) },
    },
  };
}

function buttonEvent(interaction: APIMessageComponentInteraction, context: EventContext): ButtonEvent {
  return {
    kind: "button",
    ...interactionBase(interaction, true, context),
    button: interaction.data.custom_id,
    messageId: interaction.message.id,
  };
}

function interactionBase(
  interaction: APIChatInputApplicationCommandInteraction | APIMessageComponentInteraction,
  button: boolean,
  context: EventContext,
) {
  const { guild_id: guildId, member, id, token } = interaction;
  const raw = member?.user ?? interaction.user!;
  const user = personOf(raw, member?.nick, interaction.locale);
  const channelId = interaction.channel?.id ?? "";
  const origin: InteractionOrigin = {
    to: "interaction",
    id,
    token,
    channel: channelId,
    user: user.id,
    at: context.now(),
    button,
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
    default:
      return undefined;
  }
}

function joinedEvent(
  member: GatewayGuildMemberAddDispatchData,
  { guilds, selfId, feeds }: EventContext,
): MemberEvent | undefined {
  if (member.user.id === selfId || !feeds.includes("members")) return undefined;
  const joined = member.joined_at ?? "";
  return {
    kind: "member_joined",
    key: `joined:${member.guild_id}:${member.user.id}:${joined}`,
    at: Date.parse(joined),
    platform,
    server: guilds.server(member.guild_id),
    user: personOf(member.user, member.nick),
    origin: { to: "server", server: member.guild_id },
  };
}

function placeOf(
  guildId: string | undefined,
  channelId: string,
  name: string | undefined,
  guilds: Guilds,
): { platform: string; channel: Channel; server?: Server } {
  if (guildId === undefined) return { platform, channel: { id: channelId, name: name ?? channelId, direct: true } };
  return { platform, channel: guilds.channel(channelId, name), server: guilds.server(guildId) };
}

function standingIn(
  guildId: string,
  member: Parameters<typeof standingOf>[1],
  { guilds, now }: EventContext,
  bits?: bigint,
): Standing | undefined {
  const guild = guilds.guild(guildId);
  return guild?.available === true ? standingOf(guild, member, now(), bits) : undefined;
}
