import type { LineIndex } from "../../diagnostics/lines.ts";
import type { Scanned } from "../scan.ts";
import { type Entry, entryOf, type Finding, lineAbove, lineBelow, type Trap, type TrapContext } from "./trap.ts";

/** A line of the file with something on it, taken apart. */
export interface OutlineLine extends Entry {
  readonly line: number;
  readonly text: string;
  /** How many blanks it begins with. */
  readonly depth: number;
}

/** Lines that begin in one column and belong to one line above them. */
export interface Block {
  /** In the order of the file, down to the line that was asked about. */
  readonly members: readonly OutlineLine[];
  /** The line that they stand under; undefined at the top of the file. */
  readonly parent: OutlineLine | undefined;
}

/** A line taken apart; undefined for line 0. */
export function outlineLine(lines: LineIndex, line: number): OutlineLine | undefined {
  if (line === 0) return undefined;
  const text = lines.text(line);
  const entry = entryOf(text);
  return { ...entry, line, text, depth: entry.indent.length };
}

/** The blocks around a line, innermost first. */
export function blocksAround(lines: LineIndex, line: number): Block[] {
  const blocks: Block[] = [];
  const first = outlineLine(lines, line);
  let members = first === undefined ? [] : [first];
  for (let above = lineAbove(lines, line); above > 0 && members.length > 0; above = lineAbove(lines, above)) {
    const { depth } = members[0]!;
    const text = lines.text(above);
    const white = text.search(/[^ \t]/);
    if (white > depth) continue;
    const found = outlineLine(lines, above)!;
    if (white === depth) members.unshift(found);
    else {
      blocks.push({ members, parent: found });
      members = [found];
    }
  }
  if (members.length > 0) blocks.push({ members, parent: undefined });
  return blocks;
}

/** Whether a line is an item of a list. */
export const isItem = ({ dashes }: OutlineLine): boolean => dashes !== "";

/** Whether a line is a key whose value stands below it. */
export const isOpener = ({ key, value }: OutlineLine): boolean => key !== undefined && value === "";

/** Whether a line begins inside of quotes, braces or brackets that opened above it. */
export function isInside({ quoted, flows, lines }: Scanned, line: number): boolean {
  const start = lines.start(line);
  const within = (offset: number, end: number) => offset < start && start < end;
  return (
    flows.some(({ offset, end }) => within(offset, end)) ||
    quoted.some(({ offset, source }) => within(offset, offset + source.length))
  );
}

/** Whether columns have a meaning where YAML stumbled: not in braces, nor inside of a quoted text. */
export const isOutlined = ({ insideFlow, problem }: TrapContext): boolean =>
  !insideFlow && problem.code !== "BAD_DQ_ESCAPE";

/** Looks at the line where YAML stumbled and at the two below it, of which the first that explains it is told. */
export function onLinesFrom(look: (at: TrapContext, line: number) => Finding | undefined): Trap {
  return (at) => {
    if (!isOutlined(at)) return undefined;
    let line = at.line;
    for (let count = 0; count < 3 && line > 0; count++) {
      const finding = look(at, line);
      if (finding !== undefined) return finding;
      line = lineBelow(at.lines, line);
    }
    return undefined;
  };
}

/** The section of the file that a line stands in. */
export function sectionOf(blocks: readonly Block[]): string | undefined {
  return blocks.at(-1)?.members.at(-1)?.key;
}

/** Whether lines that belong to one stand below it. */
export function hasLinesBelow(lines: LineIndex, { line, depth }: OutlineLine): boolean {
  const below = lineBelow(lines, line);
  return below !== 0 && lines.text(below).search(/[^ \t]/) > depth;
}
