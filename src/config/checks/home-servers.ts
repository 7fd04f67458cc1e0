import { noticeAt } from "../../diagnostics/diagnostic.ts";
import { parseName } from "../../language/name.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOf, platformsOf, whoListsOf } from "./walk.ts";

/** Names are looked up before the start only in the home servers, so a platform with names should have one. */
export const homeServers: Check = function* (context) {
  const used = platformsWithNames(context);
  for (const [name, settings] of Object.entries(context.config.platforms)) {
    const platform = context.words.platforms.get(name);
    if (platform === undefined || !used.has(name) || !Object.hasOwn(platform.settings, "servers")) continue;
    const { servers } = settings;
    if (servers !== undefined && !(Array.isArray(servers) && servers.length === 0)) continue;
    const at = context.origins.position(context.config.platforms, name, "key");
    const message = `without servers: the names in this file cannot be looked up on ${platform.title} before the bot starts.`;
    if (at !== undefined)
      yield noticeAt(at, { code: "no-home-server", message, hint: "write servers: [Name of your server]" });
  }
};

function platformsWithNames(context: CheckContext): ReadonlySet<string> {
  const found = new Set<string>();
  const known = [...context.words.platforms.keys()];
  const add = (value: unknown, platforms: readonly string[]) => {
    if (typeof value !== "string") return;
    const parsed = parseName(value, known);
    const own = parsed.ok ? parsed.value.platform : undefined;
    for (const platform of own === undefined ? platforms : [own]) {
      if (!(parsed.ok && context.words.platforms.get(platform)?.idPattern.test(parsed.value.name))) found.add(platform);
    }
  };
  for (const { list, rule } of whoListsOf(context)) {
    const platforms = rule === undefined ? Object.keys(context.config.platforms) : platformsOf(context, rule);
    const withRoles = platforms.filter((platform) => context.words.platforms.get(platform)?.roles === true);
    for (const who of list) if ("role" in who) add(who.role, withRoles);
  }
  for (const rule of context.config.rules) {
    const platforms = platformsOf(context, rule);
    for (const { field, value } of argumentsOf(context, rule)) {
      if (field.kind === "places" && Array.isArray(value)) for (const item of value) add(item, platforms);
      if (field.kind === "role") add(value, platforms);
    }
  }
  return found;
}
