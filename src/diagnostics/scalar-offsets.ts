/** How a scalar was written in YAML. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** A scalar's text together with the place of each of its UTF-16 units, relative to the start of the source given. */
export interface ScalarOffsets {
  readonly value: string;
  /** One offset for each unit of the value, and one more for its end. */
  readonly offsets: readonly number[];
}

/** What the characters behind a backslash stand for in double quotes (YAML 1.2.2, chapter 5.7). */
const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};

const hexLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Collects a value unit by unit, remembering where each came from. */
function collector() {
  let value = "";
  const offsets: number[] = [];
  return {
    push(text: string, offset: number, step = 1) {
      for (let at = 0; at < text.length; at++) offsets.push(offset + at * step);
      value += text;
    },
    done(end: number): ScalarOffsets {
      return { value, offsets: [...offsets, Math.max(end, offsets.at(-1) ?? 0)] };
    },
  };
}

/** Folds the lines of a plain or quoted scalar, handing each stretch of text to `content`. */
function foldLines(
  source: string,
  from: number,
  to: number,
  out: ReturnType<typeof collector>,
  content: (start: number, end: number) => void,
): void {
  let start = from;
  let first = true;
  let breaks = 0;
  let breakAt = from;
  while (true) {
    const newline = source.indexOf("\n", start);
    const last = newline === -1 || newline >= to;
    const end = last ? to : newline;
    let left = start;
    let right = end;
    if (!first) while (left < right && isBlank(source[left])) left++;
    if (!last) while (right > left && isBlank(source[right - 1])) right--;
    if (left < right || last || first) {
      if (breaks === 1) out.push(" ", breakAt);
      else if (breaks > 1) out.push("\n".repeat(breaks - 1), breakAt, 0);
      content(left, right);
      breaks = 0;
      breakAt = right;
    }
    if (last) return;
    breaks++;
    first = false;
    start = newline + 1;
  }
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t" || char === "\r";
}

function plain(source: string): ScalarOffsets {
  const out = collector();
  foldLines(source, 0, source.length, out, (start, end) => out.push(source.slice(start, end), start));
  return out.done(source.length);
}

function singleQuoted(source: string): ScalarOffsets {
  const out = collector();
  const to = source.length - 1;
  foldLines(source, 1, to, out, (start, end) => {
    for (let at = start; at < end; at++) {
      out.push(source[at]!, at);
      if (source[at] === "'" && source[at + 1] === "'") at++;
    }
  });
  return out.done(to);
}

function doubleQuoted(source: string): ScalarOffsets {
  const out = collector();
  const to = source.length - 1;
  let at = 1;
  while (at < to) {
    const char = source[at]!;
    if (char === "\\") {
      at = escaped(source, at, out);
    } else if (char === " " || char === "\t" || char === "\n") {
      let end = at;
      let breaks = 0;
      let lineBreak = at;
      while (end < to && (isBlank(source[end]) || source[end] === "\n")) {
        if (source[end] === "\n" && breaks++ === 0) lineBreak = end;
        end++;
      }
      if (breaks === 0) out.push(source.slice(at, end), at);
      else if (breaks === 1) out.push(" ", lineBreak);
      else out.push("\n".repeat(breaks - 1), lineBreak, 0);
      at = end;
    } else {
      out.push(char, at);
      at++;
    }
  }
  return out.done(to);
}

/** Reads one escape at a backslash and answers where the text goes on. */
function escaped(source: string, at: number, out: ReturnType<typeof collector>): number {
  const next = source[at + 1] ?? "";
  if (next === "\n") {
    let end = at + 2;
    while (source[end] === " " || source[end] === "\t") end++;
    return end;
  }
  const digits = hexLength[next];
  if (digits !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    if (code >= 0 && code <= 0x10ffff) out.push(String.fromCodePoint(code), at, 0);
    return at + 2 + digits;
  }
  out.push(escapes[next] ?? `\\${next}`, at, 0);
  return at + 2;
}

/** The pieces of a block scalar: its header (`|2-`) and the lines under it. */
function block(source: string, style: "literal" | "folded", parentIndent: number): ScalarOffsets {
  const out = collector();
  const headerEnd = source.indexOf("\n");
  if (headerEnd === -1) return out.done(source.length);
  const header = /^[|>]([-+]?)([1-9]?)([-+]?)/.exec(source);
  const chomp = header?.[1] || header?.[3] || "";
  const explicit = header?.[2] ? Number(header[2]) + Math.max(0, parentIndent) : 0;
  const lines = blockLines(source, headerEnd + 1);
  const firstText = lines.findIndex((line) => line.text < line.end);
  if (firstText === -1) {
    const kept = chomp === "+" ? lines.slice(0, Math.max(1, lines.length - 1)) : [];
    for (const line of kept) out.push("\n", line.end);
    return out.done(source.length);
  }
  const indent = explicit || lines[firstText]!.text - lines[firstText]!.start;
  let lastText = lines.length - 1;
  while (lines[lastText]!.text === lines[lastText]!.end && lines[lastText]!.end - lines[lastText]!.start <= indent)
    lastText--;
  let pending: number[] = [];
  let before: "none" | "text" | "more" = "none";
  for (const line of lines.slice(0, lastText + 1)) {
    const from = Math.min(line.start + indent, line.end);
    const empty = from === line.end;
    const more = !empty && (source[from] === " " || source[from] === "\t");
    if (!empty) {
      if (style === "folded" && before === "text" && !more) {
        if (pending.length === 1) out.push(" ", pending[0]!);
        else for (const at of pending.slice(1)) out.push("\n", at);
      } else for (const at of pending) out.push("\n", at);
      pending = [];
      out.push(source.slice(from, line.end), from);
      before = more ? "more" : "text";
    }
    pending.push(line.end);
  }
  const trailing = lines.slice(lastText + 1).map((line) => line.end);
  if (chomp === "+") for (const at of [...pending, ...trailing.slice(0, -1)]) out.push("\n", at);
  else if (chomp === "" && pending.length > 0) out.push("\n", pending[0]!);
  return out.done(lines[lastText]!.end);
}

/** Start, first character that is not a space, and end of each line. */
function blockLines(source: string, from: number): { start: number; text: number; end: number }[] {
  const lines: { start: number; text: number; end: number }[] = [];
  for (let start = from; start <= source.length; ) {
    const newline = source.indexOf("\n", start);
    const stop = newline === -1 ? source.length : newline;
    const end = source[stop - 1] === "\r" && stop > start ? stop - 1 : stop;
    let text = start;
    while (text < end && source[text] === " ") text++;
    lines.push({ start, text, end });
    start = stop + 1;
  }
  return lines;
}

/**
 * Finds where in its YAML source each unit of a scalar's text was written.
 * `source` begins with the quote or the block header; `parentIndent` is the indentation of the map or list that holds
 * a block scalar, in columns, which an indentation digit in its header counts from.
 */
export function scalarOffsets(source: string, style: ScalarStyle, parentIndent: number): ScalarOffsets {
  if (style === "plain") return plain(source);
  if (style === "single") return singleQuoted(source);
  if (style === "double") return doubleQuoted(source);
  return block(source, style, parentIndent);
}
