import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { SourceMap } from "../../diagnostics/source-map.ts";
import type { Reading } from "../shape/reading.ts";
import type { Given, Settings } from "./settings.ts";

/** Tells entries of the file's lists that have the same where a pack wants each to differ, at the later one. */
export function tellRepeated(reading: Reading, settings: Settings, pack: SourceMap): void {
  for (const [list, { items = [], given: all }] of Object.entries(settings)) {
    if (all?.map === pack) continue;
    const before = new Map<string, Given>();
    for (const { fields = {} } of items)
      for (const [name, { form, given, value }] of Object.entries(fields)) {
        if (form.unique !== true || given === undefined) continue;
        const same = `${name} ${JSON.stringify(value)}`;
        const first = before.get(same);
        if (first === undefined) before.set(same, given);
        else tell(reading, { list, name, given, first });
      }
  }
}

function tell(
  { map, problems }: Reading,
  { list, name, given, first }: { list: string; name: string; given: Given; first: Given },
): void {
  const written = map.raw(given.pointer) ?? String(given.value);
  problems.push(
    errorAt(map.value(given.pointer), {
      code: "repeated-entry",
      message: `"${list}" has an entry with ${name}: ${written} already.`,
      hint: `write another "${name}" here, or leave one of the two out`,
      related: [{ ...map.value(first.pointer), message: "it is here already." }],
    }),
  );
}
