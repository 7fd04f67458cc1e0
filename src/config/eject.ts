import type { Code } from "../diagnostics/codes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { pointerTo } from "../diagnostics/source-map.ts";
import { inOrder } from "./in-order.ts";
import { mergeFiles } from "./include/merge.ts";
import { readIncludes, readParsed } from "./include/read-includes.ts";
import type { Sources } from "./load.ts";
import { addedBy } from "./packs/add-packs.ts";
import { type FilledPack, fillIn } from "./packs/fill-packs.ts";
import { findPack } from "./packs/find-pack.ts";
import type { FileReader } from "./read.ts";
import { startReading } from "./shape/read-field.ts";
import { emptyMap, isMap, type YamlMap, type YamlValue } from "./value.ts";
import type { Words } from "./words.ts";

/** A pack as plain sections of a file, or why it cannot be made so. */
export type Ejected =
  | {
      readonly ok: true;
      readonly sections: YamlMap;
      /** The comment above an entry or item in the pack's text, by its pointer into the sections. */
      readonly commentAt: (pointer: string) => string | undefined;
      /** Whether the file uses the pack, so that it is filled in with settings of the file. */
      readonly isUsed: boolean;
    }
  | {
      readonly ok: false;
      readonly sources: Sources;
      readonly diagnostics: readonly Diagnostic[];
      /** There where the file does not name the pack and there is none: no mistake of the file. */
      readonly noPack?: Diagnostic;
    };

/** What is wrong with the name of a pack, and not with the pack. */
const aboutName: ReadonlySet<Code> = new Set<Code>(["unknown-pack", "cannot-include", "outside-folder"]);

/** Fills in one pack with the settings of a file, without what the file has in its place. */
export async function ejectPack(
  name: string,
  { file, reader, words }: { readonly file: string; readonly reader: FileReader; readonly words: Words },
): Promise<Ejected> {
  const sources = new Map<string, string>();
  const main = await readParsed(file, reader, sources);
  if (!main.ok) return { ok: false, sources, diagnostics: inOrder(main.diagnostics) };
  const found = await readIncludes(main.value, { path: file, reader, sources, beside: [] });
  const problems = [...found.problems];
  const joined = mergeFiles(found.files, problems);
  const reading = startReading(words, joined.map, problems);
  const packs = isMap(joined.value.packs) ? joined.value.packs : emptyMap();
  const isUsed = Object.hasOwn(packs, name);
  const pointer = pointerTo("/packs", name);
  const before = problems.length;
  const pack = await findPack(name, joined.map.key(pointer), { found, reader, words }, problems);
  const noPack = isUsed ? undefined : problems.slice(before).find(({ code }) => aboutName.has(code));
  if (noPack !== undefined) return { ok: false, sources, diagnostics: [], noPack };
  const written = { value: packs[name] ?? emptyMap(), pointer, name, dynamic: false };
  const filled = pack && fillIn(name, pack, written, { reading, file: joined });
  if (filled === undefined || hasErrors(problems)) return { ok: false, sources, diagnostics: inOrder(problems) };
  const sections = usedOnly(addedBy(filled, joined), joined.value);
  return { ok: true, sections: asWritten(sections, filled), commentAt: commentsFor(filled), isUsed };
}

/** Without blocks and data that neither the rest of the pack, nor the file, names any more. */
function usedOnly(sections: YamlMap, { packs: _, ...file }: YamlMap): YamlMap {
  const left = Object.assign(emptyMap(), sections);
  for (const name of ["blocks", "data"]) {
    const section = left[name];
    if (!isMap(section)) continue;
    const used = Object.entries(section).filter(([entry]) => {
      const others = JSON.stringify([file, { ...left, [name]: { ...section, [entry]: null } }]);
      // Its own key is there once. A name that is a part of another word keeps more than it must, which is no harm.
      return others.split(entry).length > 2;
    });
    if (used.length > 0) left[name] = mapOf(used);
    else delete left[name];
  }
  return left;
}

/** Numbers that YAML reads differently from how they stand, such as 007, become texts: that is what they mean. */
function asWritten(sections: YamlMap, { map, sections: whole }: FilledPack): YamlMap {
  const plain = (value: YamlValue, at: string): YamlValue => {
    if (Array.isArray(value)) return value.map((item, index) => plain(item, pointerTo(at, index)));
    if (isMap(value)) return mapOf(Object.entries(value).map(([key, one]) => [key, plain(one, pointerTo(at, key))]));
    const raw = map.raw(at);
    return typeof value === "string" || value === null || raw === undefined || raw === String(value) ? value : raw;
  };
  return mapOf(
    Object.entries(sections).map(([name, section]) => {
      const at = pointerTo("", name);
      if (!Array.isArray(section)) return [name, plain(section, at)];
      // Items that the file replaces are gone, so the others have moved.
      const all = whole[name] as YamlValue[];
      return [name, section.map((item) => plain(item, pointerTo(at, all.indexOf(item))))];
    }),
  );
}

function mapOf(entries: readonly (readonly [string, YamlValue])[]): YamlMap {
  return Object.assign(emptyMap(), Object.fromEntries(entries));
}

function commentsFor({ pack, places }: FilledPack): (pointer: string) => string | undefined {
  const comments = pack.comments();
  return (pointer) => {
    const place = places.get(pointer);
    return place?.map === pack.map && Object.hasOwn(comments, place.pointer) ? comments[place.pointer] : undefined;
  };
}
