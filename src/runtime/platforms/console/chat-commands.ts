import type { ConsolePerson } from "../../../contracts/terminal.ts";
import { type Happened, happenings, type Stage } from "./happenings.ts";
import type { Recent, RecentButton, RecentMenu } from "./recent.ts";
import { readTraits } from "./traits.ts";
import { botId, type World } from "./world.ts";

/** What a line for the console itself, not for the bot, asks for. */
export type ChatCommand =
  | { readonly does: "switch"; readonly personId: string }
  | { readonly does: "join"; readonly personId: string }
  | { readonly does: "press"; readonly button: RecentButton }
  | { readonly does: "pick"; readonly menu: RecentMenu; readonly picked: readonly string[] }
  | { readonly does: "attach"; readonly file: string; readonly text: string }
  | { readonly does: "happen"; readonly happen: (stage: Stage) => Happened }
  | { readonly does: "say"; readonly sentence: string };

/** Reads what is typed for the console itself, unless the file has a command of that name; undefined when it is a line for the bot. */
export function readChatCommand(
  line: string,
  isTaken: (name: string) => boolean,
  who: ConsolePerson,
  world: World,
  recent: Recent,
): ChatCommand | undefined {
  const match = /^\/(\w+)(?:\s+(.*))?$/.exec(line.trim());
  if (match === null || isTaken(match[1]!)) return undefined;
  const rest = (match[2] ?? "").trim();
  const happening = happenings.get(match[1]!);
  if (happening !== undefined) return { does: "happen", happen: (stage) => happening(rest, stage) };
  switch (match[1]) {
    case "as":
      return rest === "" ? say(`${describe(who)}; ${asSomebodyElse}`) : switchTo(rest, world);
    case "join": {
      const { traits, others, wrong } = readTraits(rest);
      if (wrong !== undefined) return say(wrong);
      const person = personNamed(others, world);
      if (person === undefined) return say("write who joins: /join bob");
      world.setTraits(person, { joined: 0, ...traits });
      return { does: "join", personId: person };
    }
    case "attach": {
      const [file = "", ...words] = rest.split(/\s+/);
      if (file === "") return say("write the name of the file, and then the message: /attach photo.png Look!");
      return { does: "attach", file, text: words.join(" ") };
    }
    case "pick":
      return pick(rest, recent);
    case "press": {
      const button = recent.button(rest);
      if (button !== undefined) return { does: "press", button };
      return say(rest === "" ? "write the number of the button: /press 1" : `there is no button "${rest}" here`);
    }
    default:
      return undefined;
  }
}

const asSomebodyElse =
  "to be somebody else, write /as max Moderator rights=mute_members language=de joined=2h created=1d";

/** Who types, in words: "you type as bob, with the roles Moderator and Staff". */
export function describe({ name, roles, owner, rights = [], language }: ConsolePerson): string {
  const parts = [
    several("role", roles),
    several("right", rights),
    ...(language === undefined ? [] : [`the language ${language}`]),
  ].filter((part) => part !== "");
  const rank = owner ? ", the owner" : "";
  return `you type as ${name}${rank}${parts.length === 0 ? "" : `, with ${andList(parts)}`}`;
}

const several = (what: string, names: readonly string[]): string =>
  names.length === 0 ? "" : `the ${what}${names.length === 1 ? "" : "s"} ${andList(names)}`;

const andList = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** `/pick 1 Red, Blue`. */
function pick(rest: string, recent: Recent): ChatCommand {
  const [, number, list] = /^(\d+)\s+(.+)$/.exec(rest) ?? [];
  if (number === undefined) return say("write the number of the menu and what you pick: /pick 1 Red");
  const menu = recent.menu(Number(number));
  if (menu === undefined) return say(`there is no menu "${number}" here`);
  const labels = list!.split(",").map((label) => label.trim());
  const picked: string[] = [];
  for (const label of labels) {
    const choice = menu.choices.find((one) => one.label.toLowerCase() === label.toLowerCase());
    if (choice === undefined) return say(`the menu has no "${label}"`);
    picked.push(choice.value);
  }
  if (picked.length > 1 && !menu.multiple) return say("only one can be picked in this menu");
  return { does: "pick", menu, picked };
}

function switchTo(rest: string, world: World): ChatCommand {
  const { traits, others, wrong } = readTraits(rest);
  if (wrong !== undefined) return say(wrong);
  const [, name = "", list] = /^(\S*)\s*(.*)$/.exec(others)!;
  const person = personNamed(name, world);
  if (person === undefined) return say(`nobody can be called "${name}" here: write letters and digits, as in /as bob`);
  const roles = list!
    .split(",")
    .map((role) => role.trim())
    .filter((role) => role !== "");
  if (roles.length > 0) world.setRoles(person, roles);
  world.setTraits(person, traits);
  return { does: "switch", personId: person };
}

function personNamed(name: string, world: World): string | undefined {
  const id = world.person(name.replace(/^@/, ""))?.id;
  return id === botId ? undefined : id;
}

const say = (sentence: string): ChatCommand => ({ does: "say", sentence });
