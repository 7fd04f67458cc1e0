import type { CanonicalLimit, CanonicalRule } from "../../../contracts/canonical.ts";
import type { Field, Fields } from "../../../contracts/fields.ts";
import { readObject } from "../object.ts";
import { isListWritten, itemsOf, memberOf, type Reading, tellKey, tellWrongType, type Written } from "../reading.ts";
import { readCooldown } from "./cooldown.ts";
import { readRuleLimit } from "./rate-limits.ts";
import { readTriggers } from "./triggers.ts";

/** What commands and rules have in common. */
export const sharedRuleFields = {
  enabled: { kind: "boolean", about: "Whether it is switched on.", default: true },
  was: { kind: "plain", about: "Its name before it was renamed, so that what is under way goes on.", optional: true },
  platforms: {
    kind: "list",
    of: { kind: "plain", about: "A platform." },
    lone: true,
    about: "The platforms that it works on. All, if left out.",
    default: [],
  },
  mode: {
    kind: "choice",
    values: ["live", "shadow"],
    about: "Write shadow to try it out: it decides and writes down what it would do, but does nothing.",
    default: "live",
  },
  overlap: {
    kind: "choice",
    values: ["parallel", "single", "restart", "queue"],
    about:
      "What happens when it starts again for the same person on the same server before it has ended: both run (parallel), the new one does not (single), the old one ends (restart), or the new one waits its turn (queue).",
    default: "parallel",
  },
  if: { kind: "condition", about: "What must hold for it to run.", optional: true },
  do: { kind: "actions", about: "What happens." },
  else: { kind: "actions", about: "What happens where the if does not hold.", optional: true },
  on_error: { kind: "actions", about: "What happens when an action fails.", optional: true },
} as const satisfies Fields;

/** One item under `rules:`, but for its triggers. */
export const ruleFields = {
  name: { kind: "plain", about: "Its name, once in the file.", maxLength: 100, examples: ["Welcome"] },
  bots: { kind: "boolean", about: "Whether it also listens to other bots.", default: false },
  ...sharedRuleFields,
} as const satisfies Readonly<Record<string, Field>>;

/** Keys of commands and rules that are read by themselves. */
export const ruleTimes = ["rate_limit", "cooldown"] as const;

/** `rules:` in file order. `limits` gets those that are written at a rule itself, by the names they get. */
export function readRules(reading: Reading, written: Written, limits: Record<string, CanonicalLimit>): CanonicalRule[] {
  if (!isListWritten(written)) {
    if (written.value !== null) tellWrongType(reading, written, 'a list of rules, each beginning with "- name:"');
    return [];
  }
  const out: CanonicalRule[] = [];
  for (const item of itemsOf(written)) {
    const rule = readRule(reading, item, limits);
    if (rule !== undefined) out.push(rule);
  }
  return out;
}

function readRule(
  reading: Reading,
  written: Written,
  limits: Record<string, CanonicalLimit>,
): CanonicalRule | undefined {
  const name = memberOf(written, "name");
  const where = typeof name?.value === "string" ? `the rule "${name.value}"` : "this rule";
  const args = readObject(reading, ruleFields, written, { where, ignore: new Set(["when", ...ruleTimes]) });
  if (args === undefined) return undefined;
  const member = memberOf(written, "when");
  if (member === undefined) {
    const message = `${where} needs "when": what starts it.`;
    return tellKey(reading, written.pointer, { code: "missing-key", message, hint: "write for example when: message" });
  }
  const when = readTriggers(reading, member);
  const rest = args as unknown as Partial<Omit<CanonicalRule, "id" | "when">>;
  if (when === undefined || rest.name === undefined || rest.do === undefined) return undefined;
  const id = `rule:${rest.name}`;
  const limit = readRuleLimit(reading, id, written, limits);
  const cooldown = readRuleCooldown(reading, written);
  const rule = {
    ...rest,
    id,
    when,
    ...(limit && { rate_limit: limit }),
    ...(cooldown && { cooldown }),
  } as CanonicalRule;
  return reading.origins.note(rule, written.pointer);
}

/** The `cooldown:` of a command or a rule. */
export function readRuleCooldown(reading: Reading, written: Written): CanonicalRule["cooldown"] {
  const member = memberOf(written, "cooldown");
  return member === undefined ? undefined : readCooldown(reading, member);
}
