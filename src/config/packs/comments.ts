import { pointerTo, type SourceMap } from "../../diagnostics/source-map.ts";
import type { YamlValue } from "../value.ts";

/** The comments that stand above entries and items of a file, by JSON pointer: `eject` keeps them. */
export function commentsOf(text: string, value: YamlValue, map: SourceMap): Record<string, string> {
  const lines = text.split("\n");
  const comments: Record<string, string> = {};

  function visit(one: YamlValue, pointer: string): void {
    if (typeof one !== "object" || one === null) return;
    const members = Array.isArray(one) ? [...one.entries()] : Object.entries(one);
    for (const [key, member] of members) {
      const at = pointerTo(pointer, key);
      const above = commentAbove(lines, map.key(at).line);
      if (above !== undefined && comments[pointer] !== above) comments[at] = above;
      visit(member, at);
    }
  }

  visit(value, "");
  return comments;
}

/** The comment lines directly above a line, without what marks them as such. */
function commentAbove(lines: readonly string[], line: number): string | undefined {
  const found: string[] = [];
  for (let at = line - 2; at >= 0 && /^\s*#/.test(lines[at]!); at--) found.unshift(lines[at]!.replace(/^\s*#/, ""));
  return found.length === 0 ? undefined : found.join("\n");
}
