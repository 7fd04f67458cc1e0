import type { PlatformDefinition } from "../../contracts/platform.ts";
import { noticeAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { parseName } from "../../language/name.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOf, argumentsOfKind, platformsOf, whoListsOf } from "./walk.ts";

/**
 * Names are looked up before the start only in the home servers, so a platform with names should have one. What the clock
 * or the start brings about happens on no other server at all: its names are found nowhere else.
 */
export const homeServers: Check = function* (context) {
  const used = platformsWithNames(context);
  for (const [name, settings] of Object.entries(context.config.platforms)) {
    const platform = context.words.platforms.get(name);
    if (platform === undefined || !used.has(name) || !Object.hasOwn(platform.settings, "servers")) continue;
    const { servers } = settings;
    if (servers !== undefined && !(Array.isArray(servers) && servers.length === 0)) continue;
    const at = context.origins.position(context.config.platforms, name, "key");
    if (at === undefined) continue;
    const homeless = used.get(name);
    const hint = `write servers: [${exampleOf(platform)}]`;
    const code = "no-home-server";
    if (homeless === undefined) {
      const message = `without servers: the names in this file cannot be looked up on ${platform.title} before the bot starts.`;
      yield noticeAt(at, { code, message, hint });
    } else {
      const why = homeless.timed
        ? `nobody causes "${homeless.rule}"`
        : `"${homeless.rule}" happens on other platforms too`;
      const message = `without servers: ${why}, so "${homeless.name}" is found on no server of ${platform.title}.`;
      yield warningAt(at, { code, message, hint });
    }
  }
};

function exampleOf({ settings }: PlatformDefinition): string {
  const { servers } = settings;
  const example = servers?.kind === "list" && servers.of.kind === "plain" ? servers.of.examples?.[0] : undefined;
  return String(example ?? "Name of your server");
}

/** A name in a rule that happens on no server of the platform. */
interface Homeless {
  readonly rule: string;
  readonly name: string;
  /** Nobody causes the rule; otherwise it happens on another platform. */
  readonly timed: boolean;
}

/** The platforms on which names are looked up, each with the first that can only be found on a home server. */
function platformsWithNames(context: CheckContext): ReadonlyMap<string, Homeless | undefined> {
  const found = new Map<string, Homeless | undefined>();
  const known = [...context.words.platforms.keys()];
  const add = (value: unknown, platforms: readonly string[], rule?: string, timed = false) => {
    if (typeof value !== "string") return;
    const parsed = parseName(value, known);
    const own = parsed.ok ? parsed.value.platform : undefined;
    for (const platform of own === undefined ? platforms : [own]) {
      if (!(parsed.ok && context.words.platforms.get(platform)?.idPattern.test(parsed.value.name))) {
        const elsewhere = own !== undefined && platforms.some((one) => one !== own);
        const homeless = rule === undefined || !(timed || elsewhere) ? undefined : { rule, name: value, timed };
        found.set(platform, found.get(platform) ?? homeless);
      }
    }
  };
  for (const { list, rule } of whoListsOf(context)) {
    const platforms = rule === undefined ? Object.keys(context.config.platforms) : platformsOf(context, rule);
    const withRoles = platforms.filter((platform) => context.words.platforms.get(platform)?.roles === true);
    for (const who of list) if ("role" in who) add(who.role, withRoles);
  }
  const named = [...argumentsOfKind(context, "places"), ...argumentsOfKind(context, "role")];
  const naming = new Set(named.map(({ rule }) => rule));
  // The first in the file is the one that is told.
  for (const rule of context.config.rules) {
    if (!naming.has(rule)) continue;
    const platforms = platformsOf(context, rule);
    const timed = rule.when.some(({ trigger }) => context.words.triggers.get(trigger)?.nobody);
    for (const { field, value } of argumentsOf(context, rule)) {
      if (field.kind === "places" && Array.isArray(value))
        for (const item of value) add(item, platforms, rule.name, timed);
      if (field.kind === "role") add(value, platforms, rule.name, timed);
    }
  }
  return found;
}
