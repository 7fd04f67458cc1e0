import type { Position } from "./diagnostic.ts";
import { indexLines } from "./lines.ts";
import { type ScalarStyle, scalarOffsets } from "./scalar-offsets.ts";

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
  /** Whether a text has become something else than the source says; left out where none has. */
  isFilledIn?(pointer: string): boolean;
}

/** Adds one key or list index to a JSON pointer. */
export function pointerTo(parent: string, key: string | number): string {
  if (typeof key === "number" || !/[~/]/.test(key)) return `${parent}/${key}`;
  return `${parent}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A stretch of the file's text: first offset, and the offset behind the last. */
export type Range = readonly [start: number, end: number];

/** What the source map keeps of one value: one flat object, because a large file has very many. */
export interface SourceEntry {
  /** Absent for the whole file and for items of a list. */
  readonly key: Range | undefined;
  readonly start: number;
  readonly end: number;
  /** How a scalar was written; absent for maps and lists. */
  readonly style: ScalarStyle | undefined;
  /** A scalar's text after folding and escapes, before a plain one becomes a number or a boolean. */
  readonly text: string | undefined;
  /** Indentation of the map or list that holds a block scalar, in columns. */
  readonly parentIndent: number;
  /** The entries of a map's members, or of a list's by their numbers; absent for scalars. */
  readonly inside: { readonly [key: string]: SourceEntry } | undefined;
}

const nothing: SourceEntry = {
  key: undefined,
  start: 0,
  end: 0,
  style: undefined,
  text: undefined,
  parentIndent: 0,
  inside: undefined,
};

/** The entry of what stands under one step of a pointer. */
function memberOf({ inside }: SourceEntry, step: string): SourceEntry | undefined {
  const key = step.includes("~") ? step.replaceAll("~1", "/").replaceAll("~0", "~") : step;
  return inside !== undefined && Object.hasOwn(inside, key) ? inside[key] : undefined;
}

/** Answers questions about places in one file from what the parser noted down. */
export function createSourceMap(file: string, text: string, wholeFile: SourceEntry = nothing): SourceMap {
  const lines = indexLines(text);

  function position([start, end]: Range): Position {
    const { line, column } = lines.at(start);
    const rest = lines.text(line).slice(column - 1);
    const length = Math.min(end - start, rest.trimEnd().length);
    return { file, line, column, length: Math.max(0, length) };
  }

  /** The entry of a pointer, or of the nearest that the file has around it. */
  function nearest(pointer: string): { readonly entry: SourceEntry; readonly isExact: boolean } {
    let entry = wholeFile;
    for (let at = 0; at < pointer.length; ) {
      const slash = pointer.indexOf("/", at + 1);
      const end = slash === -1 ? pointer.length : slash;
      const inner = memberOf(entry, pointer.slice(at + 1, end));
      if (inner === undefined) return { entry, isExact: false };
      entry = inner;
      at = end;
    }
    return { entry, isExact: true };
  }

  const exact = (pointer: string): SourceEntry | undefined => {
    const { entry, isExact } = nearest(pointer);
    return isExact ? entry : undefined;
  };

  function valuePlace({ key, start, end }: SourceEntry): Position {
    return position(start === end && key !== undefined ? key : [start, end]);
  }

  return {
    key(pointer) {
      const { entry } = nearest(pointer);
      return entry.key === undefined ? valuePlace(entry) : position(entry.key);
    },
    value(pointer) {
      const { entry, isExact } = nearest(pointer);
      return isExact || entry.key === undefined ? valuePlace(entry) : position(entry.key);
    },
    has: (pointer) => exact(pointer) !== undefined,
    raw: (pointer) => exact(pointer)?.text,
    offsetIn(pointer, offset, length = 1) {
      const { entry, isExact } = nearest(pointer);
      if (!isExact || entry.style === undefined) return valuePlace(entry);
      const { start, end } = entry;
      const { value, offsets } = scalarOffsets(text.slice(start, end), entry.style, entry.parentIndent);
      if (value !== entry.text) return valuePlace(entry);
      const from = offsets[Math.max(0, Math.min(offset, value.length))]!;
      const last = Math.max(offset, Math.min(offset + length, value.length) - 1);
      const to = Math.max(from + 1, offsets[last + 1] ?? end - start);
      return position([start + from, start + to]);
    },
  };
}
