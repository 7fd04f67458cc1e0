import { createHash } from "node:crypto";
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  Routes,
  ApplicationCommandOptionType as Type,
} from "discord.js";
import type { Json } from "../../../contracts/event.ts";
import {
  type CommandForm,
  type CommandOptionForm,
  type ConnectionMemory,
  PlatformError,
} from "../../../contracts/platform.ts";
import { permissionBits } from "../../../platforms/discord/rights.ts";
import { discordLimits } from "../../../platforms/discord.ts";
import { truncate } from "./cut.ts";
import type { Rest } from "./rest.ts";

/** A slash command as it is registered, with every field that is compared. */
interface CommandBody {
  readonly name: string;
  readonly description: string;
  readonly type: 1;
  readonly options: readonly object[];
  readonly default_member_permissions: string | null;
}

/** Where commands are registered: everywhere, or on one server. */
export type Scope = "global" | { readonly guild: string };

/** Names as Discord takes them (documentation: "Application Commands", Application Command Naming). */
const commandName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const { commands: mostCommands, descriptionLength: mostText } = discordLimits;
const mostChoices = 25;
/** Bounds of an integer option (documentation: "Application Commands", Application Command Option Type). */
const mostInteger = 2 ** 53 - 1;
const mostLength = 6000;

const types: Readonly<Record<CommandOptionForm["type"], number>> = {
  text: Type.String,
  integer: Type.Integer,
  number: Type.Number,
  boolean: Type.Boolean,
  choice: Type.String,
  member: Type.User,
  role: Type.Role,
  channel: Type.Channel,
  duration: Type.String,
  user: Type.User,
  time: Type.String,
  attachment: Type.Attachment,
  list: Type.String,
};

/**
 * The commands in the wire's words, in a form that compares equal to what Discord answers.
 * @throws PlatformError kind "refused" for a name that Discord does not take
 */
function commandBodies(forms: readonly CommandForm[]): CommandBody[] {
  if (forms.length > mostCommands)
    throw new PlatformError(
      "refused",
      `Discord takes at most ${mostCommands} slash commands; there are ${forms.length}.`,
    );
  return forms.map((form) => ({
    name: named(form.name),
    description: described(form.description, form.name),
    type: 1,
    // Discord wants those that must be filled in first.
    options: [...form.options].sort((one, other) => Number(other.required) - Number(one.required)).map(optionBody),
    default_member_permissions:
      form.rights.length === 0
        ? null
        : form.rights.reduce((bits, right) => bits | permissionBits[right], 0n).toString(),
  }));
}

function named(name: string): string {
  if (commandName.test(name) && name === name.toLowerCase()) return name;
  throw new PlatformError(
    "refused",
    `Discord does not take "${name}" as a name: it must be 1 to 32 lowercase letters, digits, _ or -.`,
  );
}

const described = (text: string, name: string) => truncate(text.trim() || name, mostText);

function optionBody(option: CommandOptionForm): object {
  const type = types[option.type];
  const choices = option.choices ?? [];
  const within = (value: number | undefined, least: number, most: number) =>
    value === undefined ? undefined : Math.min(most, Math.max(least, value));
  const numeric = option.type === "integer" || option.type === "number";
  return withoutUndefined({
    type,
    name: named(option.name),
    description: described(option.description, option.name),
    required: option.required,
    // What is picked from a list of choices is one of them, not several.
    choices:
      option.type === "list" ||
      choices.length === 0 ||
      choices.length > mostChoices ||
      choices.some((choice) => choice.length > mostText)
        ? undefined
        : choices.map((choice) => ({ name: choice, value: choice })),
    min_value: numeric ? within(option.minimum, -mostInteger, mostInteger) : undefined,
    max_value: numeric ? within(option.maximum, -mostInteger, mostInteger) : undefined,
    min_length: option.type === "text" ? within(option.minLength, 0, mostLength) : undefined,
    max_length: option.type === "text" ? within(option.maxLength, 1, mostLength) : undefined,
  });
}

/** What Discord has, reduced to what is compared. */
function presentBody(command: APIApplicationCommand): CommandBody {
  return {
    name: command.name,
    description: command.description,
    type: 1,
    options: (command.options ?? []).map((option: APIApplicationCommandOption) => {
      const { choices, min_value, max_value, min_length, max_length } = option as unknown as Record<string, unknown>;
      return withoutUndefined({
        type: option.type,
        name: option.name,
        description: option.description,
        required: option.required ?? false,
        choices: Array.isArray(choices) && choices.length > 0 ? choices.map(plainChoice) : undefined,
        min_value,
        max_value,
        min_length,
        max_length,
      });
    }),
    default_member_permissions: command.default_member_permissions ?? null,
  };
}

const plainChoice = ({ name, value }: { name: string; value: unknown }) => ({ name, value });

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== null));
}

const byName = (one: CommandBody, other: CommandBody) => (one.name < other.name ? -1 : 1);
const written = (bodies: readonly CommandBody[]) => JSON.stringify([...bodies].sort(byName));
const hashOf = (bodies: readonly CommandBody[]) => createHash("sha256").update(written(bodies)).digest("base64url");

/**
 * Brings the slash commands in every scope to what the file says, and takes those away that were registered in scopes which
 * are not wanted any more. What was registered last is remembered by its hash, so that a start without changes asks nothing;
 * without that memory Discord is asked first, and written to only where something differs.
 * @throws PlatformError
 */
export async function syncCommands(
  rest: Rest,
  memory: ConnectionMemory,
  applicationId: string,
  forms: readonly CommandForm[],
  scopes: readonly Scope[],
  /** Whether every home server was found; one in an outage keeps its commands. */
  complete: boolean,
): Promise<void> {
  const key = `commands:${applicationId}`;
  const before = await memory.get(key);
  const known = new Map(Object.entries(isRecord(before) ? before : {}).map(([scope, hash]) => [scope, String(hash)]));
  const wanted = new Map<string, readonly CommandBody[]>();
  // Commands that the bot has nowhere to show are taken away; the global list may be from before it had home servers.
  wanted.set("global", []);
  if (complete) for (const scope of known.keys()) wanted.set(scope, []);
  const bodies = commandBodies(forms);
  for (const scope of scopes) wanted.set(scope === "global" ? scope : scope.guild, bodies);

  for (const [scope, list] of wanted) {
    const hash = hashOf(list);
    if (known.get(scope) === hash) continue;
    await syncScope(rest, applicationId, scope, list);
    known.set(scope, hash);
    if (scope !== "global" && list.length === 0) known.delete(scope);
    await memory.set(key, Object.fromEntries(known) as Json);
  }
}

async function syncScope(
  rest: Rest,
  applicationId: string,
  scope: string,
  wanted: readonly CommandBody[],
): Promise<void> {
  const route =
    scope === "global"
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, scope);
  const all = await present(rest, route, scope, wanted.length === 0);
  // The command that opens an Activity is not the file's, and Discord refuses a list without it.
  const others = all.filter(({ type }) => (type as number) === 4);
  const mine = all.filter(({ type }) => (type as number) !== 4);
  const same = mine.every(({ type }) => (type as number) === 1) && written(mine.map(presentBody)) === written(wanted);
  if (same) return;
  await rest.call("PUT", route, { body: [...wanted, ...others] });
}

/** A server that the bot has left has no commands to take away. */
async function present(
  rest: Rest,
  route: string,
  scope: string,
  leaving: boolean,
): Promise<readonly APIApplicationCommand[]> {
  try {
    return await rest.call<APIApplicationCommand[]>("GET", route);
  } catch (error) {
    const gone = error instanceof PlatformError && (error.kind === "not_found" || error.kind === "missing_right");
    if (leaving && gone && scope !== "global") return [];
    throw error;
  }
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
