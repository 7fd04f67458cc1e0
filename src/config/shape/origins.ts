import type { Origins } from "../../contracts/canonical.ts";
import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";

/** Origins while they are written down. */
export interface OriginNotes extends Origins {
  /** Notes where a canonical object or list was written, and hands it back. */
  note<T extends object>(node: T, pointer: string): T;
  /** Notes a member that was not written under its own key, as in a short form. */
  member(node: object, key: string | number, pointer: string): void;
  /** Notes how many characters stood before an expression. */
  braces(expression: object, offset: number): void;
}

/** Keeps places beside canonical nodes, so that these stay plain JSON. */
export function originNotes(map: SourceMap): OriginNotes {
  // Of one file's nodes, which live as long as these notes do.
  const pointers = new Map<object, string>();
  const members = new Map<object, Map<string | number, string>>();
  const before = new Map<object, number>();

  function pointer(node: object, key?: string | number): string | undefined {
    const own = pointers.get(node);
    if (key === undefined) return own;
    const moved = members.get(node)?.get(key);
    if (moved !== undefined) return moved;
    if (own === undefined || before.has(node)) return own;
    return pointerTo(own, key);
  }

  return {
    note(node, at) {
      pointers.set(node, at);
      return node;
    },
    member(node, key, at) {
      const known = members.get(node) ?? new Map<string | number, string>();
      members.set(node, known.set(key, at));
    },
    braces(expression, offset) {
      before.set(expression, offset);
    },
    pointer,
    position(node, key, of) {
      const at = pointer(node, key);
      if (at === undefined) return undefined;
      return of === "key" ? map.key(at) : map.value(at);
    },
    inText(node, key, offset, length) {
      const at = pointer(node, key);
      return at === undefined ? undefined : map.offsetIn(at, offset + (before.get(node) ?? 0), length);
    },
    isFilledIn(node, key) {
      const at = pointer(node, key);
      return at !== undefined && map.isFilledIn?.(at) === true;
    },
    expressionOffset(node, key) {
      const value = (node as Readonly<Record<string | number, unknown>>)[key];
      return typeof value === "object" && value !== null ? (before.get(value) ?? 0) : 0;
    },
  };
}
