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
  for (const rule of config.rules) if (rule.command !== undefined) yield* ofCommand(context, rule);
};

/** Without what stands in other groups, which is told there. */
function isEmptyByItself({ allow, deny }: CanonicalGroup): boolean {
  return allow.length === 0 || deny.some((who) => "everyone" in who);
}

function* ofCommand(context: CheckContext, rule: CanonicalRule): Generator<Diagnostic> {
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
  const at = context.origins.position(allow);
  const open = platforms.filter((platform) => !closed.includes(platform)).map(({ name }) => name);
  const message = `on ${closed.map(({ title }) => title).join(" and ")} this lets nobody use "${rule.name}".`;
  const hint = `name somebody there with user: or can:, or write platforms: [${open.join(", ")}] in "${rule.name}"`;
  if (at !== undefined) yield warningAt(at, { code: "lets-nobody-in", message, hint });
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
