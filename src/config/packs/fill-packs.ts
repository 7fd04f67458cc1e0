import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { pointerTo } from "../../diagnostics/source-map.ts";
import { joinedMap, type Mount, type Mounts } from "../include/joined-map.ts";
import type { Joined } from "../include/merge.ts";
import type { ReadFiles } from "../include/read-includes.ts";
import type { FileReader } from "../read.ts";
import { readObject } from "../shape/object.ts";
import { startReading } from "../shape/read-field.ts";
import {
  errorsIn,
  isLeftEmpty,
  isMapWritten,
  memberOf,
  type Reading,
  tellNoMap,
  type Written,
} from "../shape/reading.ts";
import { emptyMap, isMap, type YamlMap, type YamlValue } from "../value.ts";
import type { Words } from "../words.ts";
import type { UsedPack } from "./add-packs.ts";
import { expand } from "./expand.ts";
import { findPack, isLocalPack, type Pack } from "./find-pack.ts";
import { pick } from "./picked.ts";
import type { Platforms } from "./platforms.ts";
import { tellRepeated } from "./repeated.ts";
import { fieldsOf } from "./setting-types.ts";
import { type Setting, settingsOf } from "./settings.ts";

/** A pack of a file before it becomes part of it. */
export interface FilledPack extends UsedPack {
  readonly pack: Pack;
  /** Where each piece of its sections was written. */
  readonly places: Mounts;
}

/** Reads what a file says under `packs`, and fills each pack in with its settings. */
export async function fillPacks(
  file: Joined,
  parts: { readonly found: ReadFiles; readonly reader: FileReader; readonly words: Words },
  problems: Diagnostic[],
): Promise<FilledPack[]> {
  const { map } = file;
  const reading = startReading(parts.words, map, problems);
  const written: Written = { value: file.value.packs ?? null, pointer: "/packs", name: "packs", dynamic: false };
  if (!isMapWritten(written)) {
    if (written.value !== null) tellNoMap(reading, written, "lines such as fun: {}", asLines(written.value));
    return [];
  }
  const used: FilledPack[] = [];
  for (const name of Object.keys(written.value)) {
    const member = memberOf(written, name)!;
    const pack = await findPack(name, map.key(member.pointer), parts, problems);
    const filled = pack && fillIn(name, pack, member, { reading, file });
    if (filled !== undefined) used.push(filled);
  }
  return used;
}

/** `packs: fun`, or a list of names. */
function asLines(value: YamlValue): string | undefined {
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === "string");
  if (names.length === 0) return undefined;
  return `write ${names.map((name) => `${name}: {}`).join(" and ")}${names.length > 1 ? ", each on a line of its own" : ""}`;
}

interface Filling {
  readonly reading: Reading;
  /** The file that uses the pack. */
  readonly file: Joined;
}

/** A pack as it is with what the file says of it; undefined where that cannot be read. */
export function fillIn(key: string, pack: Pack, written: Written, { reading, file }: Filling): FilledPack | undefined {
  const { head, value, map } = pack;
  const before = errorsIn(reading);
  const where = `the pack "${head.name}"`;
  const said = isLeftEmpty(reading, written) ? { ...written, value: emptyMap() } : written;
  const args = readObject(reading, fieldsOf(head.settings), said, { where });
  if (args === undefined || errorsIn(reading) > before) return undefined;
  const given = { value: said.value, map: reading.map, pointer: written.pointer };
  const settings = settingsOf(head.settings, given, { map, name: head.name }, reading);
  tellRepeated(reading, settings, map);
  if (errorsIn(reading) > before) return undefined;
  const { allow, only, except, prefix } = settings as Record<"allow" | "only" | "except" | "prefix", Setting>;
  const declared = isMap(file.value.platforms) ? Object.keys(file.value.platforms) : [];
  const platforms: Platforms = { declared, known: new Set(reading.words.platforms.keys()) };
  const picked = pick(value, { only, except, prefix }, platforms, reading.problems);
  const { sections, places } = expand({ value, map, settings, picked, platforms }, reading.problems);
  // What the pack becomes with a mistake in it would only be told as another one.
  if (errorsIn(reading) > before) return undefined;
  if (allow.given !== undefined && !mentions(value, "settings.allow")) restrict(sections, allow, places);
  const name = isLocalPack(key) ? key : head.name;
  return { name, pack, pointer: written.pointer, sections, places, map: joinedMap(map, places) };
}

/** Where a pack does not say which of its commands are not for everyone, `allow` is for all of them. */
function restrict(sections: YamlMap, { given }: Setting, places: Map<string, Mount>): void {
  if (!isMap(sections.commands) || given === undefined) return;
  for (const [name, command] of Object.entries(sections.commands)) {
    const at = pointerTo("/commands", name);
    const long = isMap(command) ? command : asLongForm(command, at, places);
    if (Object.hasOwn(long, "allow")) continue;
    long.allow = given.value;
    places.set(`${at}/allow`, { map: given.map, pointer: given.pointer });
    sections.commands[name] = long;
  }
}

/** `rules: Be kind.` written out as a command that replies. */
function asLongForm(text: YamlValue, at: string, places: Map<string, Mount>): YamlMap {
  const place = places.get(at);
  if (place !== undefined) places.set(`${at}/do/0/reply`, place);
  return Object.assign(emptyMap(), { do: [Object.assign(emptyMap(), { reply: text })] });
}

function mentions(value: YamlValue, name: string): boolean {
  if (typeof value === "string") return value.includes(name);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((one) => mentions(one, name));
}
