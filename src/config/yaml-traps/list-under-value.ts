import { besideDo, uneven, withoutKey } from "./broken-list.ts";
import {
  blocksAround,
  isInside,
  isItem,
  isOpener,
  type OutlineLine,
  onLinesFrom,
  outlineLine,
  sectionOf,
} from "./outline.ts";
import { type Finding, lineAbove, lineBelow, type TrapContext } from "./trap.ts";

/** An item that stands further in than the line above it, which has a value: `when: message` and `- reply: Hi` under it. */
export const listUnderValue = onLinesFrom(lookAt);

function lookAt(at: TrapContext, line: number): Finding | undefined {
  const item = outlineLine(at.lines, line);
  const above = outlineLine(at.lines, lineAbove(at.lines, line));
  if (item === undefined || above === undefined || !isItem(item)) return undefined;
  if (item.depth <= above.depth || above.key === undefined || isOpener(above)) return undefined;
  if (/^[|>&]/.test(above.value) || isInside(at.scanned, line)) return undefined;
  const blocks = blocksAround(at.lines, line);
  const isStep = item.key !== undefined || /^(\{.*|[a-z_]+)$/.test(item.value);
  if (isStep && besideDo.test(above.key)) return withoutKey(item, above, sectionOf(blocks));
  return item.key !== undefined && isItem(above) && item.depth <= above.depth + 2
    ? oneOfTwo(at, above, item)
    : undefined;
}

/** Two items of one list that begin in different columns: the one that differs from the others is told. */
function oneOfTwo({ lines }: TrapContext, above: OutlineLine, item: OutlineLine): Finding {
  const parent = blocksAround(lines, above.line)[0]?.parent;
  const isUsual = parent !== undefined && parent.depth + parent.dashes.length + 2 === item.depth;
  const isAlone = !beganLike(lines, above, above.depth) && !goesOnAt(lines, item, above.depth);
  const lonely = beganLike(lines, above, item.depth) || (isAlone && (isUsual || goesOnAt(lines, item, item.depth)));
  return lonely ? uneven(above, item.depth, "left") : uneven(item, above.depth, "in");
}

/** Whether the items before this one begin at a depth. */
function beganLike(lines: TrapContext["lines"], item: OutlineLine, depth: number): boolean {
  for (let line = lineAbove(lines, item.line); line > 0; line = lineAbove(lines, line)) {
    const found = outlineLine(lines, line)!;
    if (found.depth === depth && isItem(found)) return true;
    if (found.depth < item.depth || (found.depth === item.depth && !isItem(found))) return false;
  }
  return false;
}

/** Whether an item stands at a depth before the list ends, above or below. */
function goesOnAt(lines: TrapContext["lines"], item: OutlineLine, depth: number): boolean {
  for (let line = lineBelow(lines, item.line); line > 0; line = lineBelow(lines, line)) {
    const found = outlineLine(lines, line)!;
    if (found.depth < depth) return false;
    if (found.depth === depth) return isItem(found);
  }
  return false;
}
