import type { CanonicalConfig, CanonicalWho } from "../../contracts/canonical.ts";
import { rights } from "../../contracts/right.ts";
import type { CompiledRule } from "../program.ts";

/** Who may use a command, in plain words: "moderators (people who may ban people), but never by the role Muted". */
export function whoMayUse(rule: CompiledRule, config: CanonicalConfig): string {
  const { allow, deny } = rule.canonical.command ?? {};
  const never = deny === undefined ? "" : `, but never by ${sayList(deny, config)}`;
  if (allow !== undefined) return `${sayList(allow, config)}${never}`;
  if (rule.rights.length === 0) return `everyone${never}`;
  return `people who may ${rule.rights.map((right) => rights[right]).join(" and ")}${never}`;
}

function sayList(entries: readonly CanonicalWho[], config: CanonicalConfig): string {
  return entries.map((entry) => sayEntry(entry, config)).join(", or ");
}

function sayEntry(entry: CanonicalWho, config: CanonicalConfig): string {
  if ("everyone" in entry) return "everyone";
  if ("can" in entry) return `people who may ${rights[entry.can]}`;
  if ("role" in entry) return `the role ${entry.role}`;
  if ("user" in entry) return entry.user;
  const group = Object.hasOwn(config.permissions, entry.group) ? config.permissions[entry.group] : undefined;
  const inside = group?.allow.map((one) => ("group" in one ? one.group : sayEntry(one, config))).join(", ");
  return inside === undefined || inside === "" ? entry.group : `${entry.group} (${inside})`;
}
