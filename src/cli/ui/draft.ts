/** The line that somebody is writing, and those written before. */
export interface Draft {
  readonly text: string;
  /** UTF-16 offset of the cursor. */
  readonly cursor: number;
  readonly history: readonly string[];
  /** Which line of the history is shown; its length while a new one is written. */
  readonly at: number;
}

/** The keys that mean something here, as Ink names them. */
export interface Keys {
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
}

export interface Edited {
  readonly draft: Draft;
  /** Lines that are finished. */
  readonly lines: readonly string[];
  /** `ctrl-c` and `ctrl-d`. */
  readonly asks?: "interrupt" | "end";
}

export const emptyDraft: Draft = { text: "", cursor: 0, history: [], at: 0 };

const mostHistory = 500;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a key press, or a pasted text, makes of the line. */
export function edit(draft: Draft, input: string, key: Keys): Edited {
  const { text, cursor, history, at } = draft;
  const only = (changes: Partial<Draft>): Edited => ({ draft: { ...draft, ...changes }, lines: [] });
  const cut = (from: number, to: number) => only({ text: text.slice(0, from) + text.slice(to), cursor: from });
  if (key.return) return finish(draft);
  if (key.leftArrow) return only({ cursor: before(text, cursor) });
  if (key.rightArrow) return only({ cursor: behind(text, cursor) });
  if (key.upArrow) return recall(draft, Math.max(0, at - 1));
  if (key.downArrow) return recall(draft, Math.min(history.length, at + 1));
  if (key.home) return only({ cursor: 0 });
  if (key.end) return only({ cursor: text.length });
  // Terminals send for Backspace what Ink names Delete.
  if (key.backspace || key.delete) return cut(before(text, cursor), cursor);
  if (key.ctrl) {
    switch (input) {
      case "a":
        return only({ cursor: 0 });
      case "e":
        return only({ cursor: text.length });
      case "u":
        return cut(0, cursor);
      case "k":
        return cut(cursor, text.length);
      case "w":
        return cut(text.slice(0, cursor).replace(/\S+\s*$/, "").length, cursor);
      case "c":
        return { ...only({}), asks: "interrupt" };
      case "d":
        return text === "" ? { ...only({}), asks: "end" } : cut(cursor, behind(text, cursor));
      default:
        return only({});
    }
  }
  if (key.meta) return only({});
  return insert(draft, input);
}

/**
 * A chunk of input may hold more than one key: a pasted text, or what a slow line gathered. Each whole line is sent, the
 * rest stays to be finished.
 */
function insert(draft: Draft, input: string): Edited {
  let current = draft;
  const lines: string[] = [];
  for (const [part] of input.matchAll(/\r\n|[\r\n\b\x7f]|[^\r\n\b\x7f]+/g)) {
    const { text, cursor } = current;
    if (part === "\b" || part === "\x7f") {
      const from = before(text, cursor);
      current = { ...current, text: text.slice(0, from) + text.slice(cursor), cursor: from };
    } else if (/^[\r\n]/.test(part)) {
      const finished = finish(current);
      lines.push(...finished.lines);
      current = finished.draft;
    } else {
      const plain = part.replace(/[\x00-\x1f]/g, " ");
      current = { ...current, text: text.slice(0, cursor) + plain + text.slice(cursor), cursor: cursor + plain.length };
    }
  }
  return { draft: current, lines };
}

function finish({ text, history }: Draft): Edited {
  if (text.trim() === "") return { draft: { ...emptyDraft, history, at: history.length }, lines: [] };
  const kept = history.at(-1) === text ? history : [...history, text].slice(-mostHistory);
  return { draft: { text: "", cursor: 0, history: kept, at: kept.length }, lines: [text] };
}

function recall(draft: Draft, at: number): Edited {
  const text = draft.history[at] ?? "";
  return { draft: { ...draft, at, text, cursor: text.length }, lines: [] };
}

/** The place one visible character before. */
function before(text: string, cursor: number): number {
  let last = 0;
  for (const { index } of segmenter.segment(text.slice(0, cursor))) last = index;
  return last;
}

/** The place one visible character behind. */
function behind(text: string, cursor: number): number {
  for (const { segment } of segmenter.segment(text.slice(cursor))) return cursor + segment.length;
  return cursor;
}
