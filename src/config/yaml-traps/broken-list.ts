import {
  type Block,
  blocksAround,
  hasLinesBelow,
  isInside,
  isItem,
  isOpener,
  isOutlined,
  type OutlineLine,
  outlineLine,
  sectionOf,
} from "./outline.ts";
import { strangeDash } from "./strange-dash.ts";
import { type Finding, lineAbove, lineBelow, type Trap, type TrapContext } from "./trap.ts";

/** Sections whose entries have names of their own, and no dashes. */
const namedEntries =
  /^(commands|schedules|data|permissions|packs|blocks|names|platforms|rate_limits|messages|options)$/;

/** Keys that stand beside `do:` in a rule, a command or a schedule, or beside `steps:` in a test. */
export const besideDo =
  /^(name|when|if|description|allow|deny|options|names|enabled|cooldown|rate_limit|mode|overlap|bots|platforms|at|every|days|cron|given|platform|label|style)$/;

/** Keys that belong into an entry of rules or tests, and begin none. */
export const inEntry = new RegExp(`${besideDo.source.slice(0, -2)}|do|else|on_error|steps|save_as)$`);

/**
 * A list among whose lines one is no item, told at that line: YAML only stumbles over one further down.
 * `do:` with `reply: Hi` and then `- reply: Ho` under it.
 */
export const brokenList: Trap = (at) => {
  if (!isOutlined(at)) return undefined;
  return inBlocks(at, at.line) ?? inBlocks(at, lineBelow(at.lines, at.line));
};

function inBlocks(at: TrapContext, line: number): Finding | undefined {
  if (line === 0) return undefined;
  const blocks = blocksAround(at.lines, line);
  const section = sectionOf(blocks);
  for (const block of blocks) {
    const odd = oddIn(at, block);
    if (odd !== undefined) return explained(at, block, odd, section);
  }
  return undefined;
}

/** The first member that is an item among keys, or none among items. */
function oddIn({ scanned, lines }: TrapContext, { members }: Block): number | undefined {
  let listOfKey = false;
  for (let index = 1; index < members.length; index++) {
    const before = members[index - 1]!;
    const member = members[index]!;
    if (isItem(before) === isItem(member)) continue;
    if (isItem(member) && isOpener(before) && lineAbove(lines, member.line) === before.line) listOfKey = true;
    else if (isItem(before) && listOfKey) listOfKey = false;
    else return /^[ \t]*[}\]]/.test(member.text) || isInside(scanned, member.line) ? undefined : index;
  }
  return undefined;
}

function explained(at: TrapContext, block: Block, odd: number, section: string | undefined): Finding | undefined {
  const { members, parent } = block;
  const member = members[odd]!;
  const first = members[0]!;
  const name = parent?.key ?? "";
  if (namedEntries.test(name) && !isItem(parent!)) {
    const item = isItem(member) ? member : first;
    if (name === "options" && item.key !== "name" && item === member) return withoutKey(item, parent!, section);
    return item.key === undefined ? undefined : noDash(item, name);
  }
  if (!isItem(member)) return isItem(first) ? noItem(at, member, name) : undefined;
  const isKeyOfItem = parent !== undefined && isItem(parent) && parent.depth + parent.dashes.length === member.depth;
  if (isKeyOfItem && member.key === "name" && parent.key === "name") return uneven(member, parent.depth, "in");
  const before = members[odd - 1]!;
  const inner = outlineLine(at.lines, lineBelow(at.lines, before.line));
  if (isOpener(before) && /^(do|else|on_error|steps|rules|tests)$/.test(before.key!) && inner && isItem(inner))
    return uneven(member, inner.depth, "left");
  const keys = members.slice(0, odd);
  const isEntry = keys.every(({ key }) => besideDo.test(key ?? "")) && !/^(name|when)$/.test(member.key ?? "");
  if (isEntry) return withoutKey(member, first, section);
  // Beside the keys of an item stands no item: it belongs to the list of that one.
  if (isKeyOfItem) return uneven(member, parent.depth, "in");
  return isItem(first) ? undefined : firstNoItem(at, block, odd);
}

/** `- faq:` among commands. */
function noDash(item: OutlineLine, name: string): Finding {
  return {
    code: "bad-indentation",
    line: item.line,
    column: item.depth + 1,
    length: item.dashes.trimEnd().length,
    message: `"${name}" is no list: what stands under it begins with a name, without a dash.`,
    hint: "write it, and every other line beside it, without the dash:",
    corrected: item.indent + item.text.slice(item.indent.length + item.dashes.length),
  };
}

/** Actions under `when:`, where `do:` was forgotten. */
export function withoutKey(item: OutlineLine, beside: OutlineLine, section: string | undefined): Finding {
  const key = section === "tests" ? "steps" : "do";
  const column = beside.depth + beside.dashes.length + 1;
  return {
    code: "missing-key",
    line: item.line,
    column: item.depth + 1,
    length: item.text.trim().length,
    message: `"${key}:" is missing above this list.`,
    hint: `write ${key}: on a line of its own above it, in column ${column}, like "${beside.key}"`,
  };
}

/** An item that does not begin in the column of the other items of its list. */
export function uneven(item: OutlineLine, depth: number, side: "left" | "in"): Finding {
  return {
    code: "bad-indentation",
    line: item.line,
    column: item.depth + 1,
    length: item.text.trim().length,
    message: `this item begins further ${side} than the others of its list.`,
    hint: `begin it, and what belongs to it, in column ${depth + 1}:`,
    corrected: " ".repeat(depth) + item.text.trimStart(),
  };
}

/** A later line without a dash: only what is more than a forgotten dash. */
function noItem(at: TrapContext, member: OutlineLine, name: string): Finding | undefined {
  const place = { line: member.line, column: member.depth + 1, length: member.text.trim().length };
  const dash = strangeDash(member.text);
  if (dash !== undefined) return { ...place, length: 1, hint: "write:", goesOn: true, ...dash };
  if (!/^(rules|tests)$/.test(name) || !isOpener(member) || inEntry.test(member.key!)) return undefined;
  return { ...place, ...named(member), goesOn: hasLinesBelow(at.lines, member) };
}

/** `Welcome:` in place of `- name: Welcome`. */
function named(member: OutlineLine): Pick<Finding, "code" | "message" | "hint" | "corrected"> {
  return {
    code: "missing-dash",
    message: 'every entry of this list begins with "- name:".',
    hint: "write:",
    corrected: `${member.indent}- name: ${member.key}${member.comment}`,
  };
}

/** The first line has no dash, and those below it have one. */
function firstNoItem(at: TrapContext, { members, parent }: Block, odd: number): Finding {
  const first = members[0]!;
  const place = { line: first.line, column: first.depth + 1, length: first.text.trim().length };
  const dash = strangeDash(first.text);
  if (dash !== undefined) return { ...place, length: 1, hint: "write:", goesOn: true, ...dash };
  const below = hasLinesBelow(at.lines, first);
  if (/^(rules|tests)$/.test(parent?.key ?? "") && isOpener(first) && below)
    return { ...place, ...named(first), goesOn: odd === 1 };
  const alone = odd === 1 && !below;
  return {
    ...place,
    code: "missing-dash",
    message: `the first item of this list has no "- " before it, as those below it have.`,
    hint: alone ? "write:" : "write it so, and begin the other lines of this item two spaces further in:",
    corrected: `${first.indent}- ${first.text.slice(first.indent.length)}`,
    goesOn: alone,
  };
}
