import type { CanonicalDatum } from "../contracts/canonical.ts";
import type { Json } from "../contracts/event.ts";
import type { DataConversion, DataValue, Store } from "../contracts/store.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { Problem, Readable } from "./loaded.ts";

/** What a name was declared as when its values were stored. */
interface Kind {
  readonly type: CanonicalDatum["type"];
  readonly of?: CanonicalDatum["type"];
  readonly scope: CanonicalDatum["scope"];
}

const space = "data";

/**
 * Brings what is stored in line with what the file declares, in one transaction: values of another type are converted
 * where the file says so. @returns what stands against it, and then nothing was changed.
 */
export async function settleKinds({ data, facts }: Store, next: Readable): Promise<readonly Problem[]> {
  const known = await facts.all(space);
  const problems: Problem[] = [];
  const conversions: DataConversion[] = [];
  const tell = (name: string, message: string, hint: string) => {
    const at = next.dataPosition(name);
    problems.push(at === undefined ? `${message} ${hint}` : errorAt(at, { code: "data-changed", message, hint }));
  };
  for (const [name, datum] of Object.entries(next.plan.data)) {
    const before = known.get(name) as Kind | undefined;
    const now = kindOf(datum);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(now)) continue;
    const fact = { space, key: name, value: now as unknown as Json };
    if (before === undefined || !(await data.holds(name))) {
      conversions.push({ name, fact });
      continue;
    }
    if (before.scope !== now.scope) {
      const message = `"${name}" is stored with the scope ${before.scope}, and the file says ${now.scope}.`;
      tell(name, message, "give it a new name; what is stored under the old one stays");
      continue;
    }
    const convert = converter(before, datum);
    const message = `"${name}" is stored as ${wordOf(before)}, and the file says ${wordOf(now)}.`;
    if (convert === undefined) tell(name, message, "give it a new name; what is stored under the old one stays");
    else if (datum.convert !== true)
      tell(name, message, "give it a new name, or write convert: yes to convert what is stored");
    else conversions.push({ name, fact, convert });
  }
  if (problems.length > 0 || conversions.length === 0) return problems;
  const refused = await data.convert(conversions);
  if (refused !== undefined) {
    const message = `"${refused.name}" cannot be converted: ${shown(refused.value)} is stored in it, which is not ${wordOf(kindOf(next.plan.data[refused.name]!))}.`;
    tell(refused.name, message, "give it a new name, or change that value first");
  }
  return problems;
}

/** A user and a member are stored alike. */
function kindOf({ type, of, scope }: CanonicalDatum): Kind {
  const same = (one: CanonicalDatum["type"]) => (one === "member" ? "user" : one);
  return { type: same(type), ...(of === undefined ? {} : { of: same(of) }), scope };
}

function wordOf({ type, of }: Kind): string {
  if (type === "list") return `a list of ${of}`;
  if (type === "boolean") return "yes_no";
  return type;
}

type Convert = (stored: DataValue) => DataValue | undefined;

/** How a stored value becomes one of another type; undefined where that makes no sense. */
function converter(before: Kind, datum: CanonicalDatum): Convert | undefined {
  const from = family(before.type);
  switch (datum.type) {
    case "integer":
    case "number":
      return from === undefined ? undefined : (stored) => numberOf(stored, datum.type === "integer");
    case "text":
      return from === undefined ? undefined : (stored) => String(stored);
    case "choice":
      return from === "text" ? (stored) => (datum.choices?.includes(String(stored)) ? stored : undefined) : undefined;
    default:
      return undefined;
  }
}

function family(type: CanonicalDatum["type"]): "number" | "text" | undefined {
  if (type === "integer" || type === "number") return "number";
  return type === "text" || type === "choice" ? "text" : undefined;
}

function numberOf(stored: DataValue, whole: boolean): number | undefined {
  const text = String(stored).trim();
  const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return (whole ? Number.isSafeInteger(number) : Number.isFinite(number)) ? number : undefined;
}

function shown(value: DataValue): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
