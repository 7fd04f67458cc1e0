import type { CanonicalArguments, CanonicalCondition } from "../../../contracts/canonical.ts";
import { readObject } from "../object.ts";
import {
  actionsAsConditions,
  didYouMeanWord,
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tellKey,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { readExpression } from "./expression.ts";

/** An `if`: an expression, single-key tests, or a list of either, of which all must hold. */
export function readCondition(reading: Reading, written: Written): CanonicalCondition | undefined {
  if (isListWritten(written)) return group(reading, "all", written);
  if (isMapWritten(written)) return tests(reading, written);
  const text = textOf(reading, written);
  if (text === undefined) return tellWrongType(reading, written, "a condition, such as permission: moderators");
  const braces = readExpression(reading, { ...written, name: "if", dynamic: true });
  if (braces === "told") return undefined;
  if (braces !== undefined) return braces;
  const expression = reading.origins.note({ $: text }, written.pointer);
  reading.origins.braces(expression, 0);
  return expression;
}

function group(reading: Reading, kind: "all" | "any", written: Written): CanonicalCondition | undefined {
  const items = isListWritten(written) ? itemsOf(written) : [written];
  const inner = items.map((item) => readCondition(reading, item));
  if (inner.includes(undefined)) return undefined;
  const list = reading.origins.note(inner as CanonicalCondition[], written.pointer);
  return reading.origins.note(kind === "all" ? { all: list } : { any: list }, written.pointer);
}

/** `{ permission: moderators }`; several keys mean all of them. */
function tests(reading: Reading, written: Written): CanonicalCondition | undefined {
  const { value } = written as Written & { value: Record<string, unknown> };
  const found = Object.keys(value).map((key) => test(reading, key, memberOf(written, key)!));
  if (found.length === 0) return tellWrongType(reading, written, "a condition, such as permission: moderators");
  if (found.includes(undefined)) return undefined;
  const all = found as CanonicalCondition[];
  if (all.length === 1) return all[0];
  reading.origins.note(all, written.pointer);
  return reading.origins.note({ all }, written.pointer);
}

function test(reading: Reading, key: string, written: Written): CanonicalCondition | undefined {
  const word = reading.words.conditions.get(key);
  if (word === undefined) return unknown(reading, key, written);
  if (word.kind === "condition") {
    const options = { where: `"${key}"`, short: word.short };
    const args = readObject(reading, word.fields, { ...written, dynamic: true }, options);
    if (args === undefined) return undefined;
    return reading.origins.note({ test: key, args: args as CanonicalArguments }, written.pointer);
  }
  if (key === "not") {
    const not = readCondition(reading, written);
    return not === undefined ? undefined : reading.origins.note({ not }, written.pointer);
  }
  return group(reading, key === "any" ? "any" : "all", written);
}

function unknown(reading: Reading, key: string, written: Written): undefined {
  const { conditions, actions } = reading.words;
  const { pointer } = written;
  const value = textOf(reading, written);
  // `now < (data.ends | plus: 2d)`, which YAML takes for a key and a value.
  if (value !== undefined && /[|<>=(]/.test(key)) {
    const message = "a condition with a colon in it needs quotes: without them the colon ends a key.";
    const whole = `${key}: ${value}`;
    const hint = `write ${whole.includes('"') ? `'${whole.replaceAll("'", "''")}'` : `"${whole}"`}`;
    return tellKey(reading, pointer, { code: "unquoted-colon", message, hint });
  }
  const message = actions.has(key)
    ? `"${key}" ${actionsAsConditions}`
    : `there is no condition "${key}"${didYouMeanWord(key, conditions)}`;
  return tellKey(reading, pointer, { code: "unknown-condition", message });
}
