import type { APIApplicationCommand, APIApplicationCommandOption, APIUser } from "discord.js";
import { OptionKind } from "../constants.ts";
import { permissionsOf } from "../permissions.ts";
import type { Simulation } from "../simulation.ts";
import type { Channel, World } from "../state.ts";
import { channelObject, memberObject, memberWithoutUser } from "../wire.ts";

/** What every interaction says, whatever its kind ("Receiving and Responding", Interaction Object). */
export function interactionBase({ world }: Simulation, channel: Channel, user: APIUser): object {
  const { guild } = channel;
  const common = {
    application_id: world.applicationId,
    version: 1,
    channel_id: channel.id,
    locale: "en-US",
    entitlements: [],
    attachment_size_limit: 10 * 1024 * 1024,
  };
  if (guild === undefined)
    return {
      ...common,
      channel: channelObject(channel),
      user,
      app_permissions: "0",
      authorizing_integration_owners: { "1": user.id },
      context: 1,
    };
  const member = guild.members.get(user.id);
  if (member === undefined) throw new Error(`${user.username} is not in the guild "${guild.name}"`);
  const bot = guild.members.get(world.bot.id);
  const bits = (who: typeof member) => permissionsOf(guild, who, channel, world.now()).toString();
  return {
    ...common,
    channel: { ...channelObject(channel), permissions: bits(member) },
    guild_id: guild.id,
    guild: { id: guild.id, locale: "en-US", features: [] },
    guild_locale: "en-US",
    member: { ...memberObject(member), permissions: bits(member) },
    app_permissions: bot === undefined ? "0" : bits(bot),
    authorizing_integration_owners: { "0": guild.id },
    context: 0,
  };
}

/** A value of an option: names or ids for people, channels and roles; a file for an attachment. */
export type OptionValue = string | number | boolean | { file: string; content: string | Buffer };

interface Resolved {
  users: Record<string, APIUser>;
  members: Record<string, object>;
  roles: Record<string, object>;
  channels: Record<string, object>;
  attachments: Record<string, object>;
}

/** The data of a slash command, as a client would build it from the registered command; throws where a client would not let it be sent. */
export function commandData(
  simulation: Simulation,
  channel: Channel,
  command: APIApplicationCommand,
  path: readonly string[],
  values: Readonly<Record<string, OptionValue>>,
): object {
  const resolved: Resolved = { users: {}, members: {}, roles: {}, channels: {}, attachments: {} };
  let known = command.options ?? [];
  const groups: APIApplicationCommandOption[] = [];
  for (const name of path) {
    const group = known.find((option) => option.name === name);
    if (group === undefined) throw new Error(`/${command.name} has no subcommand "${name}"`);
    groups.push(group);
    known = "options" in group ? (group.options ?? []) : [];
  }
  const stranger = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (stranger !== undefined) throw new Error(`/${[command.name, ...path].join(" ")} has no option "${stranger}"`);
  let options: object[] = known.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) {
      if ("required" in option && option.required === true) throw new Error(`the option "${option.name}" is required`);
      return [];
    }
    return [{ name: option.name, type: option.type, value: resolve(simulation, channel, option, value, resolved) }];
  });
  for (const group of groups.reverse()) options = [{ name: group.name, type: group.type, options }];
  const used = Object.fromEntries(Object.entries(resolved).filter(([, each]) => Object.keys(each).length > 0));
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...(options.length > 0 ? { options } : {}),
    ...(Object.keys(used).length > 0 ? { resolved: used } : {}),
  };
}

function resolve(
  simulation: Simulation,
  channel: Channel,
  option: APIApplicationCommandOption,
  value: OptionValue,
  resolved: Resolved,
): string | number | boolean {
  const { world, url } = simulation;
  const { guild } = channel;
  const text = String(value);
  const kind: number = option.type;
  if (kind === OptionKind.Attachment) {
    if (typeof value !== "object") throw new Error(`the option "${option.name}" takes a file`);
    const content = Buffer.from(value.content);
    const id = world.nextId();
    const path = `/ephemeral-attachments/${id}/${encodeURIComponent(value.file)}`;
    world.files.set(path, { content, type: "application/octet-stream" });
    const address = `${url}${path}`;
    resolved.attachments[id] = {
      id,
      filename: value.file,
      size: content.length,
      url: address,
      proxy_url: address,
      ephemeral: true,
    };
    return id;
  }
  if (kind === OptionKind.Channel) {
    const found = guild && [...guild.channels.values()].find(({ id, name }) => id === text || name === text);
    if (found === undefined) throw new Error(`there is no channel "${text}" for the option "${option.name}"`);
    resolved.channels[found.id] = { ...channelObject(found), permissions: "0" };
    return found.id;
  }
  if (kind === OptionKind.Role || kind === OptionKind.Mentionable) {
    const role = guild && [...guild.roles.values()].find(({ id, name }) => id === text || name === text);
    if (role !== undefined) {
      resolved.roles[role.id] = role;
      return role.id;
    }
    if (kind === OptionKind.Role) throw new Error(`there is no role "${text}" for the option "${option.name}"`);
  }
  if (kind === OptionKind.User || kind === OptionKind.Mentionable) {
    const user = userNamed(world, text);
    resolved.users[user.id] = user;
    const member = guild?.members.get(user.id);
    if (guild !== undefined && member !== undefined) {
      const { deaf: _deaf, mute: _mute, ...partial } = memberWithoutUser(member);
      resolved.members[user.id] = { ...partial, permissions: permissionsOf(guild, member, channel).toString() };
    }
    return user.id;
  }
  if (typeof value === "object") throw new Error(`the option "${option.name}" takes no file`);
  return value;
}

export function userNamed(world: World, reference: string): APIUser {
  const user =
    world.users.get(reference) ??
    [...world.users.values()].find(({ global_name, username }) => global_name === reference || username === reference);
  if (user === undefined) throw new Error(`nobody is called "${reference}"`);
  return user;
}
