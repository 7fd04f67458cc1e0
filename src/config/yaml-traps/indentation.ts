import { uneven } from "./broken-list.ts";
import { type Level, nearestColumn } from "./nearest-column.ts";
import { blocksAround, isItem, isOpener, outlineLine } from "./outline.ts";
import { entryOf, type Finding, lineAbove, type Trap, type TrapContext } from "./trap.ts";

/** Keys that are never the first of an item. */
const keysOfItems =
  /^(when|do|else|on_error|save_as|enabled|cooldown|rate_limit|mode|overlap|bots|platforms|given|steps)$/;

/** A line that lines up with nothing above it. */
export const indentation: Trap = (at) => {
  if (!/BAD_INDENT|MISSING_CHAR|BLOCK_AS_IMPLICIT_KEY|UNEXPECTED_TOKEN|MULTILINE_IMPLICIT_KEY/.test(at.problem.code)) {
    return undefined;
  }
  const white = /^[ \t]*/.exec(at.text)![0].length;
  if (at.column > white + at.entry.dashes.length + 1 || at.insideFlow) return undefined;
  const levels = levelsAbove(at);
  const fits = levels.find((level) => level.column === white + 1);
  const line = { line: at.line, column: white + 1, length: Math.max(1, at.text.trim().length) };
  if (fits === undefined) {
    if (levels.length === 0) return undefined;
    const deep = tooFarIn(at, white);
    if (deep !== undefined) return deep;
    const nearest = nearestColumn(at, levels, white + 1);
    if (nearest !== undefined) return nearest;
    const names = levels.slice(0, 2).map((level) => `"${level.name}" (column ${level.column})`);
    return {
      code: "bad-indentation",
      ...line,
      message: `this line begins in column ${white + 1}, where nothing above it begins.`,
      hint: `begin it in the same column as ${names.join(" or ")}`,
    };
  }
  const far = fits.item && at.entry.dashes === "" ? itemTooFarIn(at, white) : undefined;
  if (far !== undefined) return far;
  if (fits.item && at.entry.dashes === "" && keysOfItems.test(at.entry.key ?? "")) {
    return {
      code: "bad-indentation",
      ...line,
      length: at.entry.key!.length,
      message: `"${at.entry.key}" belongs to the item above, but begins in the same column as its dash.`,
      hint: "begin it, and what belongs to it, two spaces further in:",
      corrected: `${" ".repeat(white + 2)}${at.text.trimStart()}`,
    };
  }
  if (fits.item && at.entry.dashes === "") {
    return {
      code: "missing-dash",
      ...line,
      message: `this line stands among the items of a list but has no "- " before it.`,
      hint: "write:",
      corrected: `${at.text.slice(0, white)}- ${at.text.slice(white)}`,
    };
  }
  if (!fits.item && at.entry.dashes !== "") {
    return {
      code: "bad-indentation",
      ...line,
      message: `a list item cannot stand beside "${fits.name}".`,
      hint: `a list belongs under a key that ends with a colon, two spaces further in`,
    };
  }
  return undefined;
};

/** `- name: A` two columns too far in, so that its other keys begin where its dash stands. */
function itemTooFarIn(at: TrapContext, depth: number): Finding | undefined {
  const item = outlineLine(at.lines, lineAbove(at.lines, at.line));
  const block = blocksAround(at.lines, at.line)[0];
  const parent = block?.parent;
  if (item === undefined || parent === undefined || item.depth !== depth || !isItem(item)) return undefined;
  const usual = isOpener(parent) && parent.depth + parent.dashes.length + 2 === depth - 2;
  const begun = isItem(parent) && parent.depth === depth - 2;
  if (!(usual || begun) || item.key === undefined || !keysOfItems.test(at.entry.key ?? "")) return undefined;
  return {
    code: "bad-indentation",
    line: item.line,
    column: item.depth + 1,
    length: item.text.trim().length,
    message: "this item begins so far in that its other keys stand beside its dash.",
    hint: `begin it in column ${depth - 1}:`,
    corrected: " ".repeat(depth - 2) + item.text.trimStart(),
  };
}

/** The one line above that begins further in than the lines beside it, which stand as far in as usual. */
function tooFarIn(at: TrapContext, depth: number): Finding | undefined {
  const blocks = blocksAround(at.lines, lineAbove(at.lines, at.line));
  const block = blocks.find(({ parent }) => (parent?.depth ?? 0) < depth);
  const [only, second] = block?.members ?? [];
  const parent = block?.parent;
  if (only === undefined || parent === undefined || isItem(only) !== (at.entry.dashes !== "")) return undefined;
  // `discord:` and its settings in one column: it is the only one that stands wrong.
  if (second !== undefined && !(isOpener(only) && lineAbove(at.lines, second.line) === only.line)) return undefined;
  if (!isOpener(parent) || parent.depth + parent.dashes.length + 2 !== depth) return undefined;
  if (isItem(only)) return uneven(only, depth, "in");
  if (only.key === undefined) return undefined;
  return {
    code: "bad-indentation",
    line: only.line,
    column: only.depth + 1,
    length: only.key.length,
    message: `"${only.key}" begins further in than the other lines under "${parent.key}".`,
    hint: `begin it, and what belongs to it, in column ${depth + 1}:`,
    corrected: " ".repeat(depth) + only.text.trimStart(),
  };
}

/** Where lines above begin, innermost first: the columns that a new line may begin in. */
function levelsAbove(at: TrapContext): Level[] {
  const levels: Level[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (let line = lineAbove(at.lines, at.line); line > 0 && limit > 1; line = lineAbove(at.lines, line)) {
    const { indent, dashes, key, value } = entryOf(at.lines.text(line));
    const columns: Level[] = [];
    const name = key ?? value.slice(0, 20);
    if (key !== undefined) columns.push({ column: indent.length + dashes.length + 1, name, item: false });
    if (dashes !== "") columns.push({ column: indent.length + 1, name: "-", item: true });
    for (const level of columns) {
      if (level.column < limit) {
        levels.push(level);
        limit = level.column;
      }
    }
  }
  return levels;
}
