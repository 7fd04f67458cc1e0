import type { Position } from "../../diagnostics/diagnostic.ts";
import type { SourceMap } from "../../diagnostics/source-map.ts";
import { isMap, type YamlMap, type YamlValue } from "../value.ts";

/** The source map of a pack that comes with botctl: nobody can change its text, so all of it stands where the file names it. */
export function builtMap(value: YamlMap, at: Position): SourceMap {
  const find = (pointer: string): YamlValue | undefined => {
    let found: YamlValue | undefined = value;
    for (const step of pointer.split("/").slice(1)) {
      const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
      if (Array.isArray(found)) found = found[Number(key)];
      else found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    }
    return found;
  };
  return {
    key: () => at,
    value: () => at,
    offsetIn: () => at,
    has: (pointer) => find(pointer) !== undefined,
    raw(pointer) {
      const found = find(pointer);
      if (found === undefined || (typeof found === "object" && found !== null)) return undefined;
      return found === null ? "" : String(found);
    },
  };
}
