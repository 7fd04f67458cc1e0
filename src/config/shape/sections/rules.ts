import type { CanonicalLimit, CanonicalRule } from "../../../contracts/canonical.ts";
import type { Field, Fields } from "../../../contracts/fields.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isMap } from "../../value.ts";
import { readObject } from "../object.ts";
import {
  isLeftEmpty,
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tell,
  tellKey,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { tellWord } from "./belongs.ts";
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

const readApart: ReadonlySet<string> = new Set(["when", ...ruleTimes]);

/** `rules:` in file order. `limits` gets those that are written at a rule itself, by the names they get. */
export function readRules(reading: Reading, written: Written, limits: Record<string, CanonicalLimit>): CanonicalRule[] {
  if (!isListWritten(written)) {
    if (written.value !== null)
      tellWrongType(reading, written, 'a list of rules, each beginning with "- name:"', asItems(written));
    return [];
  }
  const out: CanonicalRule[] = [];
  const items = itemsOf(written);
  for (const [at, item] of items.entries()) {
    if (tellActionsBeside(reading, item, items[at + 1])) break;
    const rule = readRule(reading, item, limits);
    if (rule !== undefined) out.push(rule);
  }
  return out;
}

/** Rules without a dash: one of them, or several under names of their own. */
function asItems({ value }: Written): string | undefined {
  const [first] = Object.keys(isMap(value) ? value : {});
  if (first === undefined) return undefined;
  if (Object.hasOwn(ruleFields, first) || first === "when")
    return `put "- " before "${first}:", and begin the lines below it two spaces further in`;
  return `write - name: ${first} in place of "${first}:", and leave what stands under it there`;
}

/** `do:` with its actions not indented below it: they have become items of the list of rules. */
function tellActionsBeside(reading: Reading, rule: Written, next: Written | undefined): boolean {
  const open = memberOf(rule, "do");
  if (open === undefined || next === undefined || !isLeftEmpty(reading, open)) return false;
  const first = isMapWritten(next) ? Object.keys(next.value)[0]! : (textOf(reading, next) ?? "");
  if (!reading.words.actions.has(first)) return false;
  const message = `"${first}" stands among the rules, and nothing stands under the "do:" above it.`;
  const hint = 'begin it, and what belongs to it, further in than "do:"';
  const text = { code: "misplaced-key", message, hint } as const;
  if (isMapWritten(next)) tellKey(reading, pointerTo(next.pointer, first), text);
  else tell(reading, next.pointer, text);
  return true;
}

function readRule(
  reading: Reading,
  written: Written,
  limits: Record<string, CanonicalLimit>,
): CanonicalRule | undefined {
  const name = memberOf(written, "name");
  const where = typeof name?.value === "string" ? `the rule "${name.value}"` : "this rule";
  const meant = new Set<string>();
  const belongs = (key: string, pointer: string) => tellInRule(reading, key, pointer);
  const args = readObject(reading, ruleFields, written, { where, ignore: readApart, belongs, meant });
  if (args === undefined) return undefined;
  const member = memberOf(written, "when");
  if (member === undefined) {
    if (meant.has("when")) return undefined;
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

function tellInRule(reading: Reading, key: string, pointer: string): string | undefined {
  if (!reading.words.triggers.has(key) || reading.words.actions.has(key)) return tellWord(reading, key, pointer);
  const message = `"${key}" is what starts a rule; it belongs behind "when:".`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint: `write when: ${key}` });
  return "when";
}

/** The `cooldown:` of a command or a rule. */
export function readRuleCooldown(reading: Reading, written: Written): CanonicalRule["cooldown"] {
  const member = memberOf(written, "cooldown");
  return member === undefined ? undefined : readCooldown(reading, member);
}
