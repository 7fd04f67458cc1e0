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
): void {
  const word = reading.words.triggers.get(name);
  if (word === undefined) {
    const offer = didYouMeanWord(name, reading.words.triggers);
    const possible = [...reading.words.triggers.values()].filter((one) => one.implicit !== true).map((one) => one.name);
    const hint = offer === "." ? { hint: `possible are ${possible.join(", ")}` } : {};
    const text = { code: "unknown-trigger", message: `there is no trigger "${name}"${offer}`, ...hint } as const;
    (of === "key" ? tellKey : tell)(reading, written.pointer, text);
    return;
  }
  if (word.implicit === true) {
    const message = `"${name}" is not written behind when: what stands under ${name}s: has it by itself.`;
    tell(reading, written.pointer, { code: "misplaced-key", message });
    return;
  }
  const args = readObject(reading, word.fields, written, { where: `"${name}"`, short: word.short });
  if (args !== undefined) out.push(reading.origins.note({ trigger: name, args }, written.pointer));
}
