import { pointerTo } from "../../diagnostics/source-map.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { otherName } from "./other-names.ts";
import { andList, orList, type Reading, tellKey } from "./reading.ts";
import { isSection } from "./section-names.ts";

/** A map whose keys are looked through. */
export interface Asked {
  /** How messages name it: `the command "give"`. */
  readonly where: string;
  readonly keys: readonly string[];
  readonly pointer: string;
  /** Keys that may stand in it. */
  readonly allowed: readonly string[];
  /** Tells where a key belongs that only this map knows; answers the key of the map that it belongs under. */
  readonly belongs?: ((key: string, pointer: string) => string | undefined) | undefined;
}

/** Keys that do not belong where they stand. */
export interface Strangers {
  /** Keys of the map that were meant by them: these are not missing besides. */
  readonly meant: ReadonlySet<string>;
  /** Keys that nothing explains, which are still to be told. */
  readonly unexplained: readonly string[];
}

/** Tells keys that do not belong, as far as it is plain what was meant by them. */
export function explainStrangers(reading: Reading, asked: Asked): Strangers {
  const { keys, allowed } = asked;
  const meant = new Set<string>();
  const unexplained: string[] = [];
  const free = allowed.filter((name) => !keys.includes(name));
  for (const key of keys) {
    if (allowed.includes(key)) continue;
    const pointer = pointerTo(asked.pointer, key);
    const near = inOtherCase(key, allowed) ?? otherName(key, free);
    const under = near === undefined ? asked.belongs?.(key, pointer) : undefined;
    if (under !== undefined) meant.add(under);
    else if (near !== undefined || !tellSection(reading, pointer, key)) {
      const found = near ?? suggest(key, allowed);
      if (found === undefined) unexplained.push(key);
      else {
        meant.add(found);
        tellNear(reading, pointer, key, found, asked.where);
      }
    }
  }
  return { meant, unexplained };
}

/** The key that somebody began with a capital letter, whatever else their word may mean elsewhere. */
function inOtherCase(key: string, allowed: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  return allowed.find((name) => name === lower);
}

/** Tells keys that nothing explains: in one message with what is missing in their place, if something is. */
export function tellUnexplained(
  reading: Reading,
  asked: Asked,
  keys: readonly string[],
  missing: readonly string[],
  hint: string,
): void {
  const [first] = keys;
  if (first === undefined) return;
  if (missing.length === 0) {
    for (const key of keys) tellUnknownKey(reading, pointerTo(asked.pointer, key), key, asked.allowed, asked.where);
    return;
  }
  const message = `${asked.where} has no ${orQuoted(keys)}, and needs ${andList(missing)}.`;
  tellKey(reading, pointerTo(asked.pointer, first), { code: "unknown-key", message, hint });
}

/** Tells a key that does not belong here. @returns the key that was most likely meant. */
export function tellUnknownKey(
  reading: Reading,
  pointer: string,
  key: string,
  allowed: readonly string[],
  where: string,
): string | undefined {
  const near = inOtherCase(key, allowed) ?? otherName(key, allowed) ?? suggest(key, allowed);
  if (near !== undefined) tellNear(reading, pointer, key, near, where);
  else if (!tellSection(reading, pointer, key)) {
    const few = allowed.length > 0 && allowed.length <= 8;
    const message = `${where} has no "${key}".${few ? ` It may have ${orList(allowed)}.` : ""}`;
    const hint = allowed.length > 8 ? { hint: `possible are ${allowed.join(", ")}` } : {};
    tellKey(reading, pointer, { code: "unknown-key", message, ...hint });
  }
  return near;
}

function tellNear(reading: Reading, pointer: string, key: string, near: string, where: string): void {
  const message = `${where} has no "${key}". Did you mean "${near}"?`;
  const hint = near === "allow" ? whoHint(reading, pointer, key) : undefined;
  tellKey(reading, pointer, { code: "unknown-key", message, ...(hint === undefined ? {} : { hint }) });
}

/** `role: Trainer` as it stands under allow. */
function whoHint({ map }: Reading, pointer: string, key: string): string | undefined {
  const who = /^(role|user)s?$|^required_(role)$/
    .exec(key.toLowerCase())
    ?.slice(1)
    .find((one) => one !== undefined);
  if (who === undefined) return undefined;
  const names = [map.raw(pointer) ?? "", ...[0, 1, 2].map((index) => map.raw(pointerTo(pointer, index)) ?? "")];
  const written = names.filter((name) => name !== "").map((name) => `{ ${who}: ${name} }`);
  return `write allow: [ ${written.length === 0 ? `{ ${who}: … }` : written.join(", ")} ]`;
}

/** Tells a section of the file that stands inside of something else. */
export function tellSection(reading: Reading, pointer: string, key: string): boolean {
  if (!isSection(key) || pointer.lastIndexOf("/") === 0) return false;
  reading.elsewhere.add(key);
  const message = `"${key}" is a section of the file, and stands too far in.`;
  tellKey(reading, pointer, { code: "misplaced-key", message, hint: `begin "${key}:" at the very start of a line` });
  return true;
}

function orQuoted(keys: readonly string[]): string {
  return orList(keys.map((key) => `"${key}"`));
}
