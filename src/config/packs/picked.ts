import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { isMap, type YamlMap } from "../value.ts";
import { isNowhere, type Platforms } from "./platforms.ts";
import type { Setting } from "./settings.ts";

/** Which parts of a pack a file takes, and what its commands are called there. */
export interface Picked {
  /** Whether the command, rule or schedule of this name is taken; names are the pack's own. */
  takes(name: string): boolean;
  isCommand(name: string): boolean;
  /** What a command of the pack is called in the file. */
  commandName(name: string): string;
}

type Choosing = Readonly<Record<"only" | "except" | "prefix", Setting>>;

/** Reads `only`, `except` and `prefix`, which must name what the pack has. */
export function pick(body: YamlMap, settings: Choosing, platforms: Platforms, problems: Diagnostic[]): Picked {
  const commands = keysOf(body.commands);
  const known = [...commands, ...keysOf(body.schedules), ...ruleNames(body.rules)];
  const named = (setting: Setting): ReadonlySet<string> | undefined => {
    if (setting.items === undefined) return undefined;
    const names = setting.items.map(({ given }) => (given === undefined ? "" : (given.map.raw(given.pointer) ?? "")));
    for (const [index, name] of names.entries()) {
      const { given } = setting.items[index]!;
      if (given === undefined || known.includes(name) || hasTemplates(body)) continue;
      const near = suggest(name, known);
      const offer = near === undefined ? `it has ${known.join(", ")}.` : `did you mean "${near}"?`;
      const message = `there is no command or rule "${name}": ${offer}`;
      problems.push(errorAt(given.map.value(given.pointer), { code: "unknown-pack-part", message }));
    }
    return new Set(names);
  };
  const only = named(settings.only);
  const except = named(settings.except);
  const { given } = settings.prefix;
  const prefix = given === undefined ? "" : (given.map.raw(given.pointer) ?? "");
  if (given !== undefined && !/^[a-z0-9_]*$/.test(prefix)) {
    const message = `"${prefix}" cannot be what commands begin with: small letters, digits and _ only.`;
    const hint = "write for example prefix: eco_";
    problems.push(errorAt(given.map.value(given.pointer), { code: "bad-name", message, hint }));
  }
  const elsewhere = new Set([...nowhere(body.commands, platforms), ...nowhere(body.schedules, platforms)]);
  return {
    takes: (name) => (only === undefined || only.has(name)) && except?.has(name) !== true && !elsewhere.has(name),
    isCommand: (name) => commands.includes(name),
    commandName: (name) => prefix + name,
  };
}

function nowhere(section: YamlMap[string] | undefined, platforms: Platforms): string[] {
  return isMap(section) ? Object.keys(section).filter((name) => isNowhere(section[name], platforms)) : [];
}

function keysOf(section: YamlMap[string] | undefined): string[] {
  return isMap(section) ? Object.keys(section) : [];
}

function ruleNames(rules: YamlMap[string] | undefined): string[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule) => (isMap(rule) && typeof rule.name === "string" ? [rule.name] : []));
}

/** Whether names of the pack are only known once its settings are filled in. */
function hasTemplates(body: YamlMap): boolean {
  return [...keysOf(body.commands), ...keysOf(body.schedules), ...ruleNames(body.rules)].some((name) =>
    name.includes("{{"),
  );
}
