import type { Position } from "./diagnostic.ts";

/**
 * Where each value of a parsed file was written. Pointers are JSON pointers ("" is the whole file,
 * "/commands/give/do/0"), with "~0" for "~" and "~1" for "/" inside a key: see `pointerTo`.
 * A pointer that the file does not have answers with the nearest parent that it has, because a diagnostic
 * about something missing is best shown where it should have been.
 */
export interface SourceMap {
  /** The key that holds the value; for an item of a list, the value itself. */
  key(pointer: string): Position;
  /** The value: a scalar with its quotes, a map or list by the first key or item in it. */
  value(pointer: string): Position;
  /** Whether the file itself has something at the pointer. */
  has(pointer: string): boolean;
  /**
   * The characters of an unquoted scalar as they were written (`007`, `1.10`, `18:00`, `Yes`), or the text of a
   * quoted or block scalar. Undefined for maps, lists and pointers that the file does not have.
   */
  raw(pointer: string): string | undefined;
  /**
   * The place of a stretch of a text value, however it was written: plain, quoted with escapes, or block.
   * The offset and length count UTF-16 units of the parsed value; the length is shortened to the end of its first line.
   */
  offsetIn(pointer: string, offset: number, length?: number): Position;
}

/** Adds one key or list index to a JSON pointer. */
export function pointerTo(parent: string, key: string | number): string {
  const name = typeof key === "number" ? String(key) : key.replaceAll("~", "~0").replaceAll("/", "~1");
  return `${parent}/${name}`;
}

/** The keys of a JSON pointer, unescaped; the empty list for the whole file. */
export function pointerKeys(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of the map or list that holds this one; the whole file holds itself. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}
