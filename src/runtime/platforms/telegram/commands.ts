import { createHash } from "node:crypto";
import type { BotCommand, BotCommandScope } from "grammy/types";
import type { CommandForm, ConnectionMemory } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";

/** The command menus of a file: what everybody is offered, and what administrators of groups are. */
export interface Menus {
  readonly everybody: readonly BotCommand[];
  /** Empty when administrators are offered the same as everybody. */
  readonly administrators: readonly BotCommand[];
}

function menusOf(commands: readonly CommandForm[]): Menus {
  const open = commands.filter((command) => command.rights.length === 0);
  return {
    everybody: open.map(menuEntry),
    administrators: open.length === commands.length ? [] : commands.map(menuEntry),
  };
}

/** Names of at most 32 and descriptions of 1 to 256 characters (BotCommand). */
function menuEntry({ name, description }: CommandForm): BotCommand {
  const text = description.trim() === "" ? name : description.trim();
  return { command: name, description: text.length > 256 ? `${text.slice(0, 255)}…` : text };
}

const scopes: readonly (readonly [keyof Menus, BotCommandScope])[] = [
  ["everybody", { type: "default" }],
  ["administrators", { type: "all_chat_administrators" }],
];

/**
 * Brings the bot's menus to what the file says. What was written last is remembered by its hash under the bot's id, so
 * that a start without changes asks nothing; without that memory Telegram is asked first.
 * @throws PlatformError
 */
export async function syncCommands(
  client: Client,
  memory: ConnectionMemory,
  botId: number,
  commands: readonly CommandForm[],
): Promise<void> {
  const menus = menusOf(commands);
  const hash = createHash("sha256").update(JSON.stringify(menus)).digest("base64url");
  const key = `commands:${botId}`;
  if ((await memory.get(key)) === hash) return;
  for (const [name, scope] of scopes) {
    const wanted = menus[name];
    const present = await client.call("getMyCommands", { scope });
    if (
      JSON.stringify(present.map(({ command, description }) => ({ command, description }))) === JSON.stringify(wanted)
    )
      continue;
    if (wanted.length === 0) await client.call("deleteMyCommands", { scope });
    else await client.call("setMyCommands", { commands: wanted, scope });
  }
  await memory.set(key, hash);
}
