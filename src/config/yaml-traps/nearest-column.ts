import { isSection } from "../shape/section-names.ts";
import { inEntry } from "./broken-list.ts";
import type { Finding, TrapContext } from "./trap.ts";

/** A column that a line may begin in, and what begins there above it. */
export interface Level {
  readonly column: number;
  readonly name: string;
  readonly item: boolean;
}

/** Keys that stand beside an action too. */
const besideAction = /^(if|else|on_error|save_as)$/;

/** A line beside the column that it was meant for: the nearest one where others of its kind begin, if one is nearest. */
export function nearestColumn(at: TrapContext, levels: readonly Level[], column: number): Finding | undefined {
  const { key, dashes } = at.entry;
  if (key === undefined) return undefined;
  const alike = levels.filter(({ item }) => item === (dashes !== ""));
  // Levels are in the order of their columns, the one furthest in first.
  const right = alike.findLast((level) => level.column > column);
  const left = alike.find((level) => level.column < column);
  const distance = (level: Level) => Math.abs(level.column - column);
  const [nearest, next] = [left, right]
    .filter((level) => level !== undefined)
    .filter((level) => level.item || fits(key, level))
    .sort((one, other) => distance(one) - distance(other));
  if (nearest === undefined || (next !== undefined && distance(nearest) === distance(next))) return undefined;
  const like = nearest.item ? "where the other items of its list begin" : `as "${nearest.name}" does`;
  return {
    code: "bad-indentation",
    line: at.line,
    column,
    length: at.text.trim().length,
    message: `this line begins in column ${column}, where nothing above it begins.`,
    hint: `begin it in column ${nearest.column}, ${like}:`,
    corrected: " ".repeat(nearest.column - 1) + at.text.trimStart(),
  };
}

/** Whether a key may stand beside what begins in a column. */
function fits(key: string, { column, name }: Level): boolean {
  if (column === 1) return isSection(key);
  if (inEntry.test(name)) return inEntry.test(key);
  return !inEntry.test(key) || besideAction.test(key);
}
