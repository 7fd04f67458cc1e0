import type { APIApplicationCommand } from "discord.js";
import { ErrorCode } from "../constants.ts";
import { DiscordError, unknownThing } from "./errors.ts";
import type { RestCall, Route } from "./router.ts";

type CommandBody = Partial<APIApplicationCommand> & { name: string };

/** At most this many chat input commands in one place ("Application Commands", Registering a Command). */
const mostCommands = 100;

export const commandRoutes: readonly Route[] = [
  ...routesUnder("/applications/{application_id}/commands"),
  ...routesUnder("/applications/{application_id}/guilds/{guild_id}/commands"),
];

function routesUnder(base: string): Route[] {
  const one = `${base}/{command_id}`;
  return [
    { method: "GET", template: base, handle: (call) => ({ status: 200, body: [...commandsOf(call).values()] }) },
    { method: "PUT", template: base, handle: overwrite },
    {
      method: "POST",
      template: base,
      handle(call) {
        const commands = commandsOf(call);
        const body = call.body as CommandBody;
        const known = sameCommand(commands, body);
        const command = upsert(call, commands, body, known);
        return { status: known === undefined ? 201 : 200, body: command };
      },
    },
    { method: "GET", template: one, handle: (call) => ({ status: 200, body: commandOf(call) }) },
    {
      method: "PATCH",
      template: one,
      handle(call) {
        const known = commandOf(call);
        const body = { ...known, ...(call.body as CommandBody) };
        return { status: 200, body: upsert(call, commandsOf(call), body, known) };
      },
    },
    {
      method: "DELETE",
      template: one,
      handle(call) {
        commandsOf(call).delete(commandOf(call).id);
        return {};
      },
    },
  ];
}

function commandsOf({ simulation: { world }, params }: RestCall): Map<string, APIApplicationCommand> {
  if (params.application_id !== world.applicationId) throw unknownThing("Application");
  const guildId = params.guild_id;
  if (guildId === undefined) return world.globalCommands;
  if (!world.guilds.has(guildId)) throw unknownThing("Guild");
  const known = world.guildCommands.get(guildId) ?? new Map<string, APIApplicationCommand>();
  world.guildCommands.set(guildId, known);
  return known;
}

function commandOf(call: RestCall): APIApplicationCommand {
  const command = commandsOf(call).get(call.params.command_id!);
  if (command === undefined)
    throw new DiscordError(404, ErrorCode.UnknownApplicationCommand, "Unknown application command");
  return command;
}

function sameCommand(commands: ReadonlyMap<string, APIApplicationCommand>, { name, type = 1 }: CommandBody) {
  return [...commands.values()].find((command) => command.name === name && command.type === type);
}

/** Replaces all; a command of the same name and type keeps its id and does not count as created. */
function overwrite(call: RestCall) {
  const commands = commandsOf(call);
  const before = new Map(commands);
  const bodies = (call.body ?? []) as CommandBody[];
  const chatInput = bodies.filter(({ type = 1 }) => type === 1);
  if (chatInput.length > mostCommands)
    throw new DiscordError(
      400,
      ErrorCode.MaximumNumberOfApplicationCommandsReached,
      `Maximum number of application commands reached (${mostCommands}).`,
    );
  const created = bodies.filter((body) => sameCommand(before, body) === undefined);
  refuseBeyondBudget(call, created.length);
  commands.clear();
  for (const body of bodies) upsert(call, commands, body, sameCommand(before, body), true);
  return { status: 200, body: [...commands.values()] };
}

function refuseBeyondBudget({ simulation: { portal } }: RestCall, created: number): void {
  if (created > portal.commandCreatesLeft)
    throw new DiscordError(
      400,
      ErrorCode.MaximumDailyApplicationCommandCreatesReached,
      "Max number of daily application command creates has been reached (200)",
    );
  portal.commandCreatesLeft -= created;
}

function upsert(
  call: RestCall,
  commands: Map<string, APIApplicationCommand>,
  body: CommandBody,
  known: APIApplicationCommand | undefined,
  counted = false,
): APIApplicationCommand {
  const { world } = call.simulation;
  if (known === undefined && !counted) refuseBeyondBudget(call, 1);
  const { guild_id } = call.params;
  const command = {
    default_member_permissions: null,
    nsfw: false,
    integration_types: [0],
    name_localizations: null,
    description_localizations: null,
    ...(guild_id === undefined ? { dm_permission: true, contexts: null } : { guild_id }),
    ...body,
    description: body.description ?? "",
    type: body.type ?? 1,
    id: known?.id ?? world.nextId(),
    application_id: world.applicationId,
    version: world.nextId(),
  } as APIApplicationCommand;
  commands.set(command.id, command);
  return command;
}
