import type { CanonicalCondition, CanonicalValue } from "../../contracts/canonical.ts";
import { sayExpression, sayValue } from "./values.ts";

/** A condition in plain words: `the message has an invite and not permission moderators`. */
export function sayCondition(condition: CanonicalCondition): string {
  if ("all" in condition) return several(condition.all, " and ");
  if ("any" in condition) return several(condition.any, " or ");
  if ("not" in condition) return `not (${sayCondition(condition.not)})`;
  if ("$" in condition) return sayExpression(condition.$);
  const args = Object.entries(condition.args).flatMap(([name, value]) => {
    const said = sayWho(value) ?? sayAny(condition.test, value);
    return said === undefined ? [] : [{ name, said }];
  });
  const word = condition.test.replaceAll("_", " ");
  if (args.length === 0) return `not ${word}`;
  if (args.length === 1 && args[0]!.said === "yes") return word;
  if (args.length === 1) return `${word} ${args[0]!.said}`;
  const parts = args.map(({ name, said }) => (said === "yes" ? name : `${name} ${said}`).replace(/^\w+/, spaced));
  return `${word} ${parts.join(", ")}`;
}

const spaced = (name: string): string => name.replaceAll("_", " ");

/** A list in a condition means any of it, but for the two ends of a time. */
function sayAny(test: string, value: CanonicalValue | undefined): string | undefined {
  if (!Array.isArray(value) || test === "time_between") return sayValue(undefined, value);
  const items = value.flatMap((item: CanonicalValue) => sayValue(undefined, item) ?? []);
  return items.length === 0 ? undefined : items.join(" or ");
}

function several(inner: readonly CanonicalCondition[], between: string): string {
  const said = inner.map(sayCondition);
  return said.length === 1 ? said[0]! : said.map((one) => (/ (and|or) /.test(one) ? `(${one})` : one)).join(between);
}

/** Groups, rights, roles and people of a list. */
function sayWho(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined;
  const names = value.flatMap((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return [];
    const [name] = Object.values(entry);
    return typeof name === "string" ? [name] : [];
  });
  return names.length === 0 ? undefined : names.join(" or ");
}
