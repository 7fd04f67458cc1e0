import type { CST } from "yaml";
import { type Code, codes } from "../diagnostics/codes.ts";
import { type Diagnostic, hasErrors, noticeAt, type Position, warningAt } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Scanned } from "./scan.ts";

/** `# botctl: allow unused-block`: a message that the file need not hear on these lines. */
export interface Allowance {
  readonly code: string;
  readonly from: number;
  /** The last line, for a text over several. */
  readonly to: number;
  /** Where the code is written. */
  readonly at: Position;
}

const comment = /^#+\s*botctl:(.*)$/;

/** The messages that the comments of a file allow, each on its line or, where it stands alone, on the line below. */
export function allowancesIn(scanned: Scanned): readonly Allowance[] {
  const { file, text, lines } = scanned;
  if (!text.includes("botctl:")) return [];
  const { comments, blocks } = commentsIn(scanned.tokens);
  return comments.flatMap(({ offset, source }) => {
    const written = comment.exec(source)?.[1];
    if (written === undefined) return [];
    const { line, column } = lines.at(offset);
    const from =
      lines
        .text(line)
        .slice(0, column - 1)
        .trim() === ""
        ? lineBelow(scanned, line)
        : line;
    const block = blocks.find((one) => lines.at(one.offset).line === from);
    const to = block === undefined ? from : Math.max(from, lines.at(block.end - 1).line);
    const behind = source.length - written.length;
    return codesIn(written).map(({ code, index }) => ({
      code,
      from,
      to,
      at: { file, line, column: column + behind + index, length: Math.max(1, code.length) },
    }));
  });
}

/** The first line below that says something. */
function lineBelow({ lines }: Scanned, line: number): number {
  let below = line + 1;
  while (below < lines.count && /^\s*(#|$)/.test(lines.text(below))) below++;
  return below;
}

/** ` allow one, two because …`: what follows the codes may say why. Without "allow" nothing is named: one empty code. */
function codesIn(written: string): { code: string; index: number }[] {
  const list = /^\s*allow\s+/.exec(written)?.[0];
  if (list === undefined || list.length === written.length) return [{ code: "", index: written.search(/\S|$/) }];
  const found: { code: string; index: number }[] = [];
  for (const { 0: word, index } of written.slice(list.length).matchAll(/[^\s,]+/g)) {
    const isMeant = found.length === 0 || Object.hasOwn(codes, word) || /^[a-z]+(-[a-z]+)+$/.test(word);
    if (!isMeant) break;
    found.push({ code: word, index: list.length + index });
  }
  return found;
}

/** Comments, wherever they stand, and texts over several lines. */
function commentsIn(tokens: readonly CST.Token[]): {
  comments: CST.SourceToken[];
  blocks: { offset: number; end: number }[];
} {
  const comments: CST.SourceToken[] = [];
  const blocks: { offset: number; end: number }[] = [];
  const open: CST.Token[] = [...tokens];
  const note = (list: readonly CST.Token[] | undefined) => {
    for (const one of list ?? []) if (one.type === "comment") comments.push(one as CST.SourceToken);
  };
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    note([at]);
    if ("start" in at && Array.isArray(at.start)) note(at.start);
    if ("end" in at && Array.isArray(at.end)) note(at.end);
    if (at.type === "block-scalar") {
      note(at.props);
      blocks.push({ offset: at.offset, end: at.offset + at.source.length });
    }
    if ("value" in at && at.value) open.push(at.value);
    if (!("items" in at)) continue;
    for (const item of at.items) {
      note(item.start);
      note(item.sep);
      if (item.key) open.push(item.key);
      if (item.value) open.push(item.value);
    }
  }
  return { comments: comments.sort((a, b) => a.offset - b.offset), blocks };
}

/** Without what the comments of its file allow. What keeps a bot from starting is always told. */
export function withoutAllowed(found: readonly Diagnostic[], allowances: readonly Allowance[]): readonly Diagnostic[] {
  if (allowances.length === 0) return found;
  return found.filter((one) => mustBeTold(one) || !allowances.some((allowance) => concerns(allowance, one)));
}

function mustBeTold({ severity, blocksRun }: Diagnostic): boolean {
  return severity === "error" || blocksRun === true;
}

function concerns({ code, at, from, to }: Allowance, one: Diagnostic): boolean {
  return code === one.code && at.file === one.file && from <= one.line && one.line <= to;
}

/** What is wrong with the comments themselves: `found` is all that is said of the file, what they allow included. */
export function idleAllowances(found: readonly Diagnostic[], allowances: readonly Allowance[]): Diagnostic[] {
  // With a part of the file unread, what it would have said is not known.
  const isWhole = !hasErrors(found);
  return allowances.flatMap((allowance) => {
    const { code, at } = allowance;
    if (!isCode(code)) return [unknownCode(code, at)];
    const concerned = found.filter((one) => concerns(allowance, one));
    const told = concerned.filter(mustBeTold);
    if (told.length > 0 && told.length === concerned.length) {
      const message =
        told[0]!.severity === "error"
          ? "an error cannot be allowed, only warnings and notices can."
          : "this cannot be allowed, because the bot does not start with it.";
      return [noticeAt(at, { code: "allows-nothing", message })];
    }
    if (concerned.length > 0 || !isWhole) return [];
    const message = `there is nothing to allow here: no "${code}" is told of this line.`;
    return [noticeAt(at, { code: "allows-nothing", message, hint: "delete it" })];
  });
}

function unknownCode(code: string, at: Position): Diagnostic {
  const near = suggest(code, Object.keys(codes));
  const hint = "write for example # botctl: allow unused-block, with the name that stands behind the warning";
  const message =
    code === ""
      ? 'a comment that begins with "botctl:" goes on with "allow" and what it allows.'
      : `there is no warning "${code}".${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  return warningAt(at, { code: "unknown-code", message, ...(near === undefined || code === "" ? { hint } : {}) });
}

function isCode(code: string): code is Code {
  return Object.hasOwn(codes, code);
}
