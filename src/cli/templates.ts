import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a new bot can begin with: files under `templates/`, each a whole bot.yaml for all platforms. */
export const templates = {
  minimal: "two commands and a rule: the shortest start",
  community: "greets people, keeps a chat friendly, helps moderators",
  team: "answers for a team, thanks, who is on duty",
} as const;

export type TemplateName = keyof typeof templates;

export const platformTitles = {
  discord: "Discord",
  telegram: "Telegram",
  slack: "Slack",
  console: "Console (try it here, without an account)",
} as const;

export type PlatformName = keyof typeof platformTitles;

/** A template for exactly these platforms. */
export function fillTemplate(name: TemplateName, platforms: readonly PlatformName[]): string {
  return forPlatforms(readFileSync(join(import.meta.dirname, "templates", `${name}.yaml`), "utf8"), platforms);
}

/**
 * Leaves out what the chosen platforms do not need: other entries under `platforms:`, other names in a `platforms: […]` of
 * a command or rule, and what stands between `#if discord telegram` and `#end` where none of these is chosen.
 */
export function forPlatforms(template: string, platforms: readonly PlatformName[]): string {
  const isChosen = (name: string) => platforms.some((chosen) => chosen === name);
  const out: string[] = [];
  let inPlatforms = false;
  let keptEntry = true;
  let keptBlock = true;
  for (const line of template.split("\n")) {
    const condition = /^\s*#if (.*)$/.exec(line);
    if (condition !== null) {
      keptBlock = condition[1]!.split(" ").some(isChosen);
      continue;
    }
    if (/^\s*#end$/.test(line)) {
      keptBlock = true;
      continue;
    }
    if (/^\S/.test(line)) {
      inPlatforms = line === "platforms:";
      keptEntry = true;
    }
    const entry = inPlatforms ? /^ {2}(\w+):/.exec(line) : null;
    if (entry !== null) keptEntry = isChosen(entry[1]!);
    if (line === "") keptEntry = true;
    if (!keptBlock || !keptEntry) continue;
    const list = /^(\s+platforms: )\[(.*)\]$/.exec(line);
    if (list === null) out.push(line);
    else {
      const names = list[2]!.split(", ").filter(isChosen);
      if (names.length < platforms.length) out.push(`${list[1]}[${names.join(", ")}]`);
    }
  }
  return out.join("\n").replace(/\n{3,}/g, "\n\n");
}
