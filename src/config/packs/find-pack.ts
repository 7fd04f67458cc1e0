import type { BuiltPack, PackValue } from "../../contracts/pack.ts";
import { type Diagnostic, errorAt, type Position } from "../../diagnostics/diagnostic.ts";
import type { SourceMap } from "../../diagnostics/source-map.ts";
import { findInside, folderOf } from "../include/inside.ts";
import { type ReadFiles, readParsed } from "../include/read-includes.ts";
import type { FileReader } from "../read.ts";
import { startReading } from "../shape/read-field.ts";
import { didYouMean } from "../shape/reading.ts";
import { emptyMap, type YamlMap, type YamlValue } from "../value.ts";
import type { Words } from "../words.ts";
import { builtMap } from "./built-map.ts";
import { commentsOf } from "./comments.ts";
import { type PackHead, readHead } from "./head.ts";

/** The text of a pack, read as far as it says what it is. */
export interface Pack {
  readonly head: PackHead;
  readonly value: YamlMap;
  readonly map: SourceMap;
  /** The comments of its text, by JSON pointer. */
  comments(): Readonly<Record<string, string>>;
}

/** A pack that is named as a file, and not as one that comes with botctl. */
export const localPackPattern = "[/\\\\]|\\.ya?ml$";

export function isLocalPack(name: string): boolean {
  return new RegExp(localPackPattern).test(name);
}

/** Finds the pack that stands under `packs` by this name, or says at its place why there is none. */
export async function findPack(
  name: string,
  at: Position,
  parts: { readonly found: ReadFiles; readonly reader: FileReader; readonly words: Words },
  problems: Diagnostic[],
): Promise<Pack | undefined> {
  const { found: files, reader, words } = parts;
  if (!isLocalPack(name)) {
    const load = words.packs.get(name);
    if (load !== undefined) return builtPack(name, await load(), at, words);
    const known = [...words.packs.keys()];
    const message = `there is no pack "${name}"${didYouMean(name, known)}`;
    const hint = `botctl has ${known.join(", ")}; a pack of your own is named by its file, such as ./packs/mine.yaml`;
    problems.push(errorAt(at, { code: "unknown-pack", message, hint }));
    return undefined;
  }
  const found = await findInside(name, { from: folderOf(at.file), project: files.project }, reader);
  if (found.path !== undefined) files.looked.add(found.path);
  if (!found.ok) {
    problems.push(errorAt(at, { code: found.code, message: found.message }));
    return undefined;
  }
  const parsed = await readParsed(found.path, reader, files.sources);
  if (!parsed.ok) {
    problems.push(...parsed.diagnostics);
    return undefined;
  }
  const { value, map, text } = parsed.value;
  const head = readHead(startReading(words, map, problems), value);
  return head && { head, value, map, comments: () => commentsOf(text, value, map) };
}

/** A pack that comes with botctl; the build has checked its text. */
export function builtPack(name: string, built: BuiltPack, at: Position, words: Words): Pack {
  const value = ownValue(built.value) as YamlMap;
  const problems: Diagnostic[] = [];
  const map = builtMap(value, { ...at, pack: name });
  const head = readHead(startReading(words, map, problems), value);
  if (head === undefined) throw new Error(`the pack "${name}" is damaged: ${problems[0]?.message}`);
  return { head, value, map, comments: () => built.comments };
}

/** Data of the build as a value of a file, whose maps have no prototype. */
function ownValue(value: PackValue): YamlValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ownValue);
  const members = Object.entries(value).map(([key, one]) => [key, ownValue(one)]);
  return Object.assign(emptyMap(), Object.fromEntries(members));
}
