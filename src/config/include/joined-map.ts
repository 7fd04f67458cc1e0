import type { SourceMap } from "../../diagnostics/source-map.ts";

/** Where a piece of a value that was put together comes from. */
export interface Mount {
  readonly map: SourceMap;
  readonly pointer: string;
  /** What the text there has become, where the source says something else. */
  readonly text?: string;
}

/** By pointers into the value that was put together; everything under a pointer comes along with it. */
export type Mounts = ReadonlyMap<string, Mount>;

/** The source map of a value put together from several: `base` answers for all that is not mounted. */
export function joinedMap(base: SourceMap, mounts: Mounts): SourceMap {
  function find(pointer: string): Mount {
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const mount = mounts.get(at);
      if (mount === undefined) continue;
      return at === pointer ? mount : { map: mount.map, pointer: mount.pointer + pointer.slice(at.length) };
    }
    return { map: base, pointer };
  }

  return {
    key(pointer) {
      const mount = find(pointer);
      return mount.map.key(mount.pointer);
    },
    value(pointer) {
      const mount = find(pointer);
      return mount.map.value(mount.pointer);
    },
    has(pointer) {
      const mount = find(pointer);
      return mount.text !== undefined || mount.map.has(mount.pointer);
    },
    raw(pointer) {
      const mount = find(pointer);
      return mount.text ?? mount.map.raw(mount.pointer);
    },
    isFilledIn(pointer) {
      const mount = find(pointer);
      return mount.text !== undefined || mount.map.isFilledIn?.(mount.pointer) === true;
    },
    offsetIn(pointer, offset, length) {
      const mount = find(pointer);
      if (mount.text !== undefined) return mount.map.value(mount.pointer);
      return mount.map.offsetIn(mount.pointer, offset, length);
    },
  };
}
