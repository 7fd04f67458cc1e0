import type { ConsolePerson } from "../../../contracts/terminal.ts";
import type { Recent, RecentButton } from "./recent.ts";
import { botId, type World } from "./world.ts";

/** What a line for the console itself, not for the bot, asks for. */
export type ChatCommand =
  | { readonly does: "switch"; readonly personId: string }
  | { readonly does: "join"; readonly personId: string }
  | { readonly does: "press"; readonly button: RecentButton }
  | { readonly does: "say"; readonly sentence: string };

/** Reads `/as`, `/join` or `/press`, unless the file has a command of that name; undefined when it is a line for the bot. */
export function readChatCommand(
  line: string,
  isTaken: (name: string) => boolean,
  who: ConsolePerson,
  world: World,
  recent: Recent,
): ChatCommand | undefined {
  const match = /^\/(as|join|press)(?:\s+(.*))?$/.exec(line.trim());
  if (match === null || isTaken(match[1]!)) return undefined;
  const rest = (match[2] ?? "").trim();
  switch (match[1]) {
    case "as":
      return rest === "" ? say(describe(who)) : switchTo(rest, world);
    case "join": {
      const person = personNamed(rest, world);
      return person === undefined ? say("write who joins: /join bob") : { does: "join", personId: person };
    }
    default: {
      const button = recent.button(rest);
      if (button !== undefined) return { does: "press", button };
      return say(rest === "" ? "write the number of the button: /press 1" : `there is no button "${rest}" here`);
    }
  }
}

/** Who types, in words: "you type as bob, with the roles Moderator and Staff". */
export function describe({ name, roles, owner }: ConsolePerson): string {
  const rank = owner ? ", the owner" : "";
  if (roles.length === 0) return `you type as ${name}${rank}`;
  const list = roles.length === 1 ? roles[0] : `${roles.slice(0, -1).join(", ")} and ${roles.at(-1)}`;
  return `you type as ${name}${rank}, with the role${roles.length === 1 ? "" : "s"} ${list}`;
}

function switchTo(rest: string, world: World): ChatCommand {
  const [, name, list] = /^(\S+)\s*(.*)$/.exec(rest)!;
  const person = personNamed(name!, world);
  if (person === undefined) return say(`nobody can be called "${name}" here: write letters and digits, as in /as bob`);
  const roles = list!
    .split(",")
    .map((role) => role.trim())
    .filter((role) => role !== "");
  if (roles.length > 0) world.setRoles(person, roles);
  return { does: "switch", personId: person };
}

function personNamed(name: string, world: World): string | undefined {
  const id = world.person(name.replace(/^@/, ""))?.id;
  return id === botId ? undefined : id;
}

const say = (sentence: string): ChatCommand => ({ does: "say", sentence });
