import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import type { ParsedFile } from "../parse.ts";
import { emptyMap, isMap, type YamlMap, type YamlValue } from "../value.ts";
import { joinedMap, type Mount } from "./joined-map.ts";
import { listSections, namedSections, ownSections } from "./sections.ts";

/** One value made of several, and where each piece of it was written. */
export interface Joined {
  readonly value: YamlMap;
  readonly map: SourceMap;
}

/** Puts the included files' sections beside those of the bot's own file. */
export function mergeFiles(files: readonly ParsedFile[], problems: Diagnostic[]): Joined {
  const [main, ...included] = files as [ParsedFile, ...ParsedFile[]];
  if (included.length === 0) return main;
  const value: YamlMap = Object.assign(emptyMap(), main.value);
  const mounts = new Map<string, Mount>();
  const map = joinedMap(main.map, mounts);

  function addNamed(file: ParsedFile, section: string, entries: YamlMap): void {
    const into: YamlMap = Object.assign(emptyMap(), value[section]);
    for (const [name, entry] of Object.entries(entries)) {
      const pointer = pointerTo(pointerTo("", section), name);
      if (Object.hasOwn(into, name)) {
        problems.push(twice(name, file.map, map, pointer));
        continue;
      }
      into[name] = entry;
      mounts.set(pointer, { map: file.map, pointer });
    }
    value[section] = into;
  }

  function addItems(file: ParsedFile, section: string, items: readonly YamlValue[]): void {
    const before = (value[section] ?? []) as YamlValue[];
    for (const index of items.keys()) {
      const pointer = pointerTo(pointerTo("", section), before.length + index);
      mounts.set(pointer, { map: file.map, pointer: pointerTo(pointerTo("", section), index) });
    }
    value[section] = [...before, ...items];
  }

  function add(file: ParsedFile, section: string, written: YamlValue): void {
    const pointer = pointerTo("", section);
    if (is(ownSections, section)) {
      const message = `"${section}" belongs into ${main.file}: an included file adds to a bot and is none of its own.`;
      problems.push(errorAt(file.map.key(pointer), { code: "not-in-include", message }));
    } else if ((value[section] ?? null) === null) {
      value[section] = written;
      mounts.set(pointer, { map: file.map, pointer });
    } else if (written === null) return;
    else if (is(namedSections, section) && isMap(written) && isMap(value[section])) addNamed(file, section, written);
    else if (is(listSections, section) && Array.isArray(written) && Array.isArray(value[section]))
      addItems(file, section, written);
    else if (is(namedSections, section) || is(listSections, section)) {
      const wanted = is(listSections, section) ? "a list" : "lines of the form name: …";
      const message = `"${section}" must be ${wanted}.`;
      const wrong = isMap(written) !== is(namedSections, section) ? file.map : map;
      problems.push(errorAt(wrong.value(pointer), { code: "wrong-type", message }));
    } else problems.push(twice(section, file.map, map, pointer));
  }

  for (const file of included) {
    for (const [section, written] of Object.entries(file.value)) {
      if (section === "include" || section.startsWith("x-")) continue;
      if (section === "version") checkVersion(file, problems);
      else add(file, section, written);
    }
  }
  return { value, map };
}

function is(sections: readonly string[], section: string): boolean {
  return sections.includes(section);
}

function twice(name: string, map: SourceMap, before: SourceMap, pointer: string): Diagnostic {
  const first = before.key(pointer);
  return errorAt(map.key(pointer), {
    code: "duplicate-key",
    message: `"${name}" is given twice, first in ${first.file} on line ${first.line}.`,
    related: [{ ...first, message: "it is here already." }],
  });
}

function checkVersion(file: ParsedFile, problems: Diagnostic[]): void {
  if (/^1(\.0)?$/.test(file.map.raw("/version") ?? "")) return;
  const message = "an included file is written in version 1 of the language too.";
  const hint = "write version: 1, or leave the line out";
  problems.push(errorAt(file.map.value("/version"), { code: "wrong-version", message, hint }));
}
