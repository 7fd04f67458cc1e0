import type { CanonicalTrigger } from "../../../contracts/canonical.ts";
import type { YamlMap } from "../../value.ts";
import { readObject } from "../object.ts";
import {
  didYouMeanWord,
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

/** `when:`, one trigger or several, of which any starts the rule. */
export function readTriggers(reading: Reading, written: Written): CanonicalTrigger[] | undefined {
  const out = reading.origins.note([] as CanonicalTrigger[], written.pointer);
  if (!isListWritten(written)) reading.origins.member(out, 0, written.pointer);
  for (const item of isListWritten(written) ? itemsOf(written) : [written]) {
    if (!isMapWritten(item)) {
      const name = textOf(reading, item);
      if (name === undefined) tellWrongType(reading, item, "what starts the rule, such as message");
      else readTrigger(reading, name, { ...item, value: {} as YamlMap }, out, "value");
      continue;
    }
    for (const name of Object.keys(item.value)) readTrigger(reading, name, memberOf(item, name)!, out, "key");
  }
  return out;
}

/** @param of - whether the trigger's name is written as a key or as a value */
function readTrigger(
  reading: Reading,
  name: string,
  written: Written,
  out: CanonicalTrigger[],
  of: "key" | "value",
): undefined {
  const word = reading.words.triggers.get(name);
  if (word === undefined) return tellUnknown(reading, name, written.pointer, of);
  if (word.implicit === true) return tellImplicit(reading, name, written.pointer, of);
  if (Object.keys(word.fields).length === 0 && !isEmpty(written)) {
    const message = `"${name}" takes nothing behind it; what must hold besides stands under "if:".`;
    const hint = `write when: ${name} and below it if: and under that - text: hello`;
    return tell(reading, written.pointer, { code: "wrong-type", message, hint });
  }
  const args = readObject(reading, word.fields, written, { where: `"${name}"`, short: word.short });
  if (args !== undefined) out.push(reading.origins.note({ trigger: name, args }, written.pointer));
  return undefined;
}

const isEmpty = (written: Written): boolean =>
  written.value === null || (isMapWritten(written) && Object.keys(written.value).length === 0);

function tellUnknown(reading: Reading, name: string, pointer: string, of: "key" | "value"): undefined {
  const { triggers } = reading.words;
  const first = /^[a-z]+/i.exec(name)?.[0].toLowerCase() ?? "";
  const clock = [...triggers.values()].find((word) => word.implicit === true && word.aka?.includes(first));
  if (clock !== undefined) return tellImplicit(reading, clock.name, pointer, of);
  const at = of === "key" ? tellKey : tell;
  const message = `there is no trigger "${name}"`;
  if (triggers.has(first) && name !== first) {
    const hint = "what must hold besides stands under if:, such as - text: hello";
    return at(reading, pointer, { code: "unknown-trigger", message: `${message}. Did you mean "${first}"?`, hint });
  }
  const offer = didYouMeanWord(name, triggers);
  const possible = [...triggers.values()].filter((one) => one.implicit !== true).map((one) => one.name);
  const hint = offer === "." ? { hint: `possible are ${possible.join(", ")}` } : {};
  return at(reading, pointer, { code: "unknown-trigger", message: `${message}${offer}`, ...hint });
}

/** `when: command`, and `when: every day`. */
function tellImplicit(reading: Reading, name: string, pointer: string, of: "key" | "value"): undefined {
  const starts = name === "command" ? "somebody uses it" : "the clock says so";
  const message = `no rule starts with a ${name}: what stands under "${name}s" does, when ${starts}.`;
  const hint = `write it under ${name}s: instead of rules:`;
  return (of === "key" ? tellKey : tell)(reading, pointer, { code: "misplaced-key", message, hint });
}
