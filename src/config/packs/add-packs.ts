import { type Diagnostic, errorAt, noticeAt } from "../../diagnostics/diagnostic.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import { joinedMap, type Mount } from "../include/joined-map.ts";
import type { Joined } from "../include/merge.ts";
import { listSections } from "../include/sections.ts";
import { andList } from "../shape/reading.ts";
import { emptyMap, isMap, type YamlMap, type YamlValue } from "../value.ts";

/** A pack filled in with the settings of a file. */
export interface UsedPack {
  /** Its commands, rules and the rest as plain sections of a bot.yaml. */
  readonly sections: YamlMap;
  /** Where each piece of the sections was written: in the pack, or for a setting in the file. */
  readonly map: SourceMap;
  /** As messages name it. */
  readonly name: string;
  /** Pointer to what the file says of it. */
  readonly pointer: string;
}

/** What messages call one entry of a section. */
const nouns: Readonly<Record<string, string>> = {
  permissions: "group",
  rate_limits: "limit",
  data: "data entry",
  commands: "command",
  rules: "rule",
  schedules: "schedule",
  blocks: "block",
  messages: "message",
};

/** One entry or item of a pack on its way into the file. */
interface Part {
  readonly pack: UsedPack;
  readonly name: string;
  readonly value: YamlValue;
  /** Pointer into the pack's sections. */
  readonly at: string;
}

/**
 * Puts packs before the file's own commands and rules. What the file calls by the same name takes the place of a pack's;
 * between packs that is a mistake.
 */
export function addPacks(file: Joined, packs: readonly UsedPack[], problems: Diagnostic[]): Joined {
  if (packs.length === 0) return file;
  const value: YamlMap = Object.assign(emptyMap(), file.value);
  const mounts = new Map<string, Mount>();
  const clashes: Clash[] = [];
  const sections = new Set(packs.flatMap((pack) => Object.keys(pack.sections)));
  for (const section of sections) {
    const at = pointerTo("", section);
    const isList = listSections.some((one) => one === section);
    const own = ownParts(file.value[section], at);
    // What is no map or list is told by the reader of the section, where it stands.
    if (own === undefined) continue;
    const parts = withoutClashes(section, packs, file, own, { problems, clashes });
    if (parts.length > 0 && (file.value[section] ?? null) === null) {
      const { pack } = parts[0]!;
      mounts.set(at, { map: pack.map, pointer: at });
    }
    if (isList) {
      for (const [index, part] of parts.entries()) mounts.set(pointerTo(at, index), placeOf(part));
      for (const [index, part] of own.entries())
        mounts.set(pointerTo(at, parts.length + index), { map: file.map, pointer: part.at });
      value[section] = [...parts, ...own].map((part) => part.value);
    } else {
      for (const part of parts) mounts.set(pointerTo(at, part.name), placeOf(part));
      value[section] = named([...parts, ...own]);
    }
  }
  problems.push(...clashMessages(clashes, file));
  return { value, map: joinedMap(file.map, mounts) };
}

/** What a pack adds to the sections of a file: all that the file does not call its own. */
export function addedBy(pack: UsedPack, file: Joined): YamlMap {
  const added = emptyMap();
  for (const section of Object.keys(pack.sections)) {
    const own = ownParts(file.value[section], pointerTo("", section)) ?? [];
    const parts = withoutClashes(section, [pack], file, own, { problems: [], clashes: [] });
    const isList = listSections.some((one) => one === section);
    if (parts.length > 0) added[section] = isList ? parts.map((part) => part.value) : named(parts);
  }
  return added;
}

function named(parts: readonly OwnPart[]): YamlMap {
  return Object.assign(emptyMap(), Object.fromEntries(parts.map((part) => [part.name, part.value])));
}

type OwnPart = Omit<Part, "pack">;

function ownParts(section: YamlValue | undefined, at: string): OwnPart[] | undefined {
  if (section === undefined || section === null) return [];
  if (isMap(section)) return Object.entries(section).map(([name, value]) => ({ name, value, at: pointerTo(at, name) }));
  if (!Array.isArray(section)) return undefined;
  return section.map((value, index) => ({ name: nameOf(value), value, at: pointerTo(at, index) }));
}

function nameOf(item: YamlValue): string {
  return isMap(item) && typeof item.name === "string" ? item.name : "";
}

/** What packs add to a section of the file. */
function withoutClashes(
  section: string,
  packs: readonly UsedPack[],
  file: Joined,
  own: readonly OwnPart[],
  { problems, clashes }: { readonly problems: Diagnostic[]; readonly clashes: Clash[] },
): Part[] {
  const parts: Part[] = [];
  const noun = nouns[section] ?? "entry";
  for (const pack of packs) {
    for (const part of ownParts(pack.sections[section], pointerTo("", section)) ?? []) {
      const mine = part.name === "" ? undefined : own.find((one) => one.name === part.name);
      if (mine !== undefined) {
        // What a pack remembers may well be declared by the file, with bounds of its own.
        if (section === "data") continue;
        const at = file.map.key(Array.isArray(file.value[section]) ? pointerTo(mine.at, "name") : mine.at);
        const message = `this takes the place of the ${noun} "${part.name}" of the pack ${pack.name}.`;
        problems.push(noticeAt(at, { code: "replaces-pack", message }));
        continue;
      }
      const earlier = part.name === "" ? undefined : parts.find((one) => one.name === part.name);
      if (earlier === undefined) parts.push({ ...part, pack });
      // Two packs may well remember the same thing.
      else if (
        JSON.stringify(earlier.value) !== JSON.stringify(part.value) ||
        section === "commands" ||
        section === "rules"
      )
        clashes.push({ noun, name: part.name, first: earlier.pack, second: pack });
    }
  }
  return parts;
}

/** Something that two packs both have. */
interface Clash {
  readonly noun: string;
  readonly name: string;
  readonly first: UsedPack;
  readonly second: UsedPack;
}

/** One message for each two packs, with all that they both have. */
function clashMessages(clashes: readonly Clash[], file: Joined): Diagnostic[] {
  const pairs = new Map<string, Clash[]>();
  for (const clash of clashes) {
    const pair = JSON.stringify([clash.first.name, clash.second.name]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), clash]);
  }
  return [...pairs.values()].map((both) => {
    const { first, second } = both[0]!;
    const what = both.map(({ noun, name }) => `${noun} "${name}"`);
    const listed = what.length < 2 ? what[0] : `${what.slice(0, -1).join(", a ")} and a ${what.at(-1)}`;
    return errorAt(file.map.key(second.pointer), {
      code: "packs-clash",
      message: `the packs ${first.name} and ${second.name} both have a ${listed}.`,
      hint: clashHint(both, second.name),
      related: [
        { ...file.map.key(first.pointer), message: `${both.length === 1 ? "it is" : "they are"} in this one too.` },
      ],
    });
  });
}

function clashHint(both: readonly Clash[], second: string): string {
  const names = (...nouns: string[]) => both.filter(({ noun }) => nouns.includes(noun)).map(({ name }) => name);
  const left = names("command", "rule", "schedule");
  const declared = both.map(({ name }) => name).filter((name) => !left.includes(name));
  const hints: string[] = [];
  if (left.length > 0) {
    const what = left.length === 1 ? "leave one out" : "leave them out of one";
    hints.push(`${what}: ${second}: { except: [${left.join(", ")}] }`);
  }
  if (left.length > 0 && names("command").length === left.length && declared.length === 0)
    hints.push(`or name them apart: ${second}: { prefix: x_ }`);
  if (declared.length > 0)
    hints.push(`${left.length > 0 ? "and " : ""}declare ${andList(declared)} in the file itself, and both use that`);
  return hints.join(", ");
}

const placeOf = ({ pack, at }: Part): Mount => ({ map: pack.map, pointer: at });
