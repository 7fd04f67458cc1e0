import type { CanonicalGroup, CanonicalRule, CanonicalWho } from "../../contracts/canonical.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { type Diagnostic, noticeAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { parseName } from "../../language/name.ts";
import type { Check, CheckContext } from "./check.ts";
import { identifies, nameOn } from "./usernames.ts";
import { platformsOf } from "./walk.ts";

/** Permissions that let nobody in, or everybody by mistake. */
export const letsNobodyIn: Check = function* (context) {
  const { config, origins } = context;
  for (const [name, group] of Object.entries(config.permissions)) {
    const everyone = group.allow.find((who) => "everyone" in who);
    const at = everyone && origins.position(everyone);
    const message = `everyone belongs to the group "${name}", so it keeps nobody out.`;
    if (at !== undefined) yield noticeAt(at, { code: "open-to-everyone", message });
    if (!isEmptyByItself(group)) continue;
    const place = origins.position(config.permissions, name, "key") ?? origins.position(group, undefined, "key");
    const hint = "write under allow who belongs to it: a right with can:, a role: or a user:";
    const empty = `nobody belongs to the group "${name}".`;
    if (place !== undefined) yield warningAt(place, { code: "lets-nobody-in", message: empty, hint });
  }
  const kept: KeptOut = new Map();
  for (const rule of config.rules) if (rule.command !== undefined) yield* ofCommand(context, rule, kept);
  for (const [name, found] of kept) yield* ofGroup(context, name, found);
};

/** The commands that nobody can use on some platforms because of a group, by the group and by these platforms. */
type KeptOut = Map<string, Map<string, { readonly commands: string[]; readonly open: readonly string[] }>>;

/** A group without anybody on a platform is told once, and not at each command that names it. */
function* ofGroup(
  { config, origins }: CheckContext,
  name: string,
  found: KeptOut extends Map<string, infer Found> ? Found : never,
): Generator<Diagnostic> {
  const at = origins.position(config.permissions, name, "key") ?? origins.position(config.permissions[name]!);
  for (const [titles, { commands, open }] of found) {
    const few = commands.slice(0, 3).map((command) => `"${command}"`);
    const more = commands.length > 3 ? ` and ${commands.length - 3} more` : "";
    const listed = more === "" && few.length > 1 ? `${few.slice(0, -1).join(", ")} and ${few.at(-1)}` : few.join(", ");
    const message = `on ${titles} nobody belongs to the group "${name}", so nobody can use ${listed}${more} there.`;
    const where = commands.length === 1 ? `in "${commands[0]}"` : "in these commands";
    const hint = `add somebody there with user: or can:, or write platforms: [${open.join(", ")}] ${where}`;
    if (at !== undefined) yield warningAt(at, { code: "lets-nobody-in", message, hint });
  }
}

/** Without what stands in other groups, which is told there. */
function isEmptyByItself({ allow, deny }: CanonicalGroup): boolean {
  return allow.length === 0 || deny.some((who) => "everyone" in who);
}

function* ofCommand(context: CheckContext, rule: CanonicalRule, kept: KeptOut): Generator<Diagnostic> {
  const { allow, deny = [] } = rule.command!;
  const everyone = deny.find((who) => "everyone" in who);
  if (everyone !== undefined || allow?.length === 0) {
    const at = context.origins.position(everyone ?? allow!);
    const message = `this lets nobody use "${rule.name}".`;
    const hint = "to switch a command off, write enabled: no";
    if (at !== undefined) yield warningAt(at, { code: "lets-nobody-in", message, hint });
    return;
  }
  if (allow === undefined) return;
  const platforms = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
  const closed = platforms.filter((platform) => !allow.some((who) => canMatch(context, who, platform, new Set())));
  if (closed.length === 0 || closed.length === platforms.length) return;
  const open = platforms.filter((platform) => !closed.includes(platform)).map(({ name }) => name);
  const titles = closed.map(({ title }) => title).join(" and ");
  const groups = allow.flatMap((who) => ("group" in who ? [who.group] : []));
  if (groups.length === allow.length) {
    for (const group of groups) keep(kept, group, titles, { commands: [rule.name], open });
    return;
  }
  const at = context.origins.position(allow);
  const message = `on ${titles} this lets nobody use "${rule.name}".`;
  const hint = `name somebody there with user: or can:, or write platforms: [${open.join(", ")}] in "${rule.name}"`;
  if (at !== undefined) yield warningAt(at, { code: "lets-nobody-in", message, hint });
}

function keep(kept: KeptOut, group: string, titles: string, found: { commands: string[]; open: string[] }): void {
  const byTitles = kept.get(group) ?? new Map();
  kept.set(group, byTitles);
  const before = byTitles.get(titles);
  if (before === undefined) byTitles.set(titles, found);
  else before.commands.push(...found.commands);
}

/** Whether an entry can let somebody in on a platform; a group that is not there, or is in itself, is told elsewhere. */
function canMatch(
  context: CheckContext,
  who: CanonicalWho,
  platform: PlatformDefinition,
  open: ReadonlySet<string>,
): boolean {
  if ("everyone" in who) return true;
  if ("can" in who) return platform.rights.has(who.can);
  if ("role" in who) return platform.roles && isHere(context, who.role, platform);
  if ("user" in who) {
    const name = nameOn(context, who.user, platform);
    return name !== undefined && identifies(platform, name);
  }
  const { permissions } = context.config;
  const group = Object.hasOwn(permissions, who.group) ? permissions[who.group]! : undefined;
  if (group === undefined || open.has(who.group) || isEmptyByItself(group)) return true;
  return group.allow.some((inner) => canMatch(context, inner, platform, new Set([...open, who.group])));
}

function isHere({ config, words }: CheckContext, written: string, platform: PlatformDefinition): boolean {
  const alias = Object.hasOwn(config.names, written) ? config.names[written] : undefined;
  if (alias !== undefined) return Object.hasOwn(alias, platform.name);
  const parsed = parseName(written, [...words.platforms.keys()]);
  return !parsed.ok || parsed.value.platform === undefined || parsed.value.platform === platform.name;
}
