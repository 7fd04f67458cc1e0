import type { CanonicalConfig, CanonicalValue, CanonicalWho } from "../../contracts/canonical.ts";
import { rights } from "../../contracts/right.ts";
import type { CompiledRule } from "../program.ts";
import { either, together } from "./telling.ts";

/** Who may use a command, in plain words: "moderators (people who may ban people), but never by the role Muted". */
export function whoMayUse(rule: CompiledRule, config: CanonicalConfig): string {
  const { allow, deny } = rule.canonical.command ?? {};
  const never = deny === undefined ? "" : `, but never by ${sayList(deny, config)}`;
  if (allow !== undefined) return `${sayList(allow, config)}${never}`;
  if (rule.rights.length === 0) return `everyone${never}`;
  return `people who may ${together(rule.rights.map((right) => rights[right]))}${never}`;
}

export function sayList(entries: readonly CanonicalWho[], config: CanonicalConfig): string {
  return entries.map((entry) => sayEntry(entry, config)).join(", or ");
}

function sayEntry(entry: CanonicalWho, config: CanonicalConfig): string {
  if (!("group" in entry)) return sayAlone(entry);
  const group = Object.hasOwn(config.permissions, entry.group) ? config.permissions[entry.group] : undefined;
  if (group === undefined || group.allow.length === 0) return entry.group;
  const inside = group.allow.map((one) => ("group" in one ? one.group : sayEntry(one, config))).join(", ");
  const never = group.deny.length === 0 ? "" : `, but never ${group.deny.map(sayAlone).join(", or ")}`;
  return `${entry.group} (${inside}${never})`;
}

/** One of a list, without who is in a group. */
function sayAlone(entry: CanonicalWho): string {
  if ("everyone" in entry) return "everyone";
  if ("can" in entry) return `people who may ${rights[entry.can]}`;
  if ("role" in entry) return `people with the role ${entry.role}`;
  return "user" in entry ? entry.user : entry.group;
}

/** The list of a condition or button. `as`: what all of it is, which then is not said of each. */
export function sayWho(entries: readonly CanonicalValue[], as: "can" | "role" | "user" | undefined): string {
  return either((entries as readonly CanonicalWho[]).map((entry) => inWord(entry, as)));
}

function inWord(entry: CanonicalWho, as: "can" | "role" | "user" | undefined): string {
  if (as === "can" && "can" in entry) return rights[entry.can];
  return as === "role" && "role" in entry ? `the role ${entry.role}` : sayAlone(entry);
}
