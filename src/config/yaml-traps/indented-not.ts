import { isScalar, type ParsedNode, type YAMLMap } from "yaml";
import type { Scanned } from "../scan.ts";
import { entryOf, type Finding } from "./trap.ts";

/** `- not:` with the condition beside it instead of under it; likewise `all:` and `any:`. */
export function indentedNot(scanned: Scanned, map: YAMLMap.Parsed): Finding | undefined {
  const [first, second] = map.items;
  if (first === undefined || second === undefined || map.flow === true) return undefined;
  if (!isScalar(first.key) || !isScalar(first.value) || first.value.value !== null) return undefined;
  const word = String(first.key.source);
  if (!/^(not|all|any)$/.test(word)) return undefined;
  const { lines } = scanned;
  const { line } = lines.at(first.key.range[0]);
  const next = lines.at((second.key as ParsedNode).range[0]).line;
  const entry = entryOf(lines.text(next));
  return {
    code: "not-indented",
    line: next,
    column: entry.indent.length + 1,
    length: entry.key?.length ?? 1,
    message: `this belongs to "${word}:" (line ${line}) but stands beside it.`,
    hint: `indent it further than "${word}":`,
    corrected: `${" ".repeat(lines.text(line).indexOf(word) + 2)}${lines.text(next).trimStart()}`,
  };
}
