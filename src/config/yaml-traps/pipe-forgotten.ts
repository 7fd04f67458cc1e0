import { blocksAround, isItem, isOpener, isOutlined, outlineLine } from "./outline.ts";
import { lineBelow, type Trap } from "./trap.ts";

/** Keys behind which people write a text of several lines. */
const textKeys = /^(reply|direct_message|text|description|footer|question|confirm|reason|say)$/;

/** Keys that may stand under such a key in place of a text. */
const fields =
  /^(text|to|embed|buttons|menu|form|file|files|ephemeral|thread|delete_after|mentions|title|color|url|image|footer|fields|style|run|label|minimum|maximum|required|placeholder|long|name|as|in)$/;

/** `reply:` with lines of a text under it, of which YAML takes those with a colon for keys. */
export const pipeForgotten: Trap = (at) => {
  if (!isOutlined(at)) return undefined;
  const block = blocksAround(at.lines, at.line).find(({ parent }) => textKeys.test(parent?.key ?? ""));
  const parent = block?.parent;
  const [first] = block?.members ?? [];
  if (parent === undefined || first === undefined || !isOpener(parent) || isItem(first)) return undefined;
  const lines =
    block!.members.length > 1 || outlineLine(at.lines, lineBelow(at.lines, first.line))?.depth === first.depth;
  const isText = first.key === undefined ? /\s/.test(first.value) : !fields.test(first.key);
  if (!lines || !isText || first.depth <= parent.depth + parent.dashes.length) return undefined;
  const corrected = `${parent.text.slice(0, parent.column - 1).trimEnd()} |${parent.comment}`;
  return {
    code: "text-over-lines",
    line: parent.line,
    column: parent.depth + parent.dashes.length + 1,
    length: parent.key!.length + 1,
    message: `the lines under "${parent.key}:" are a text, and nothing says so.`,
    hint: "write | behind the colon:",
    corrected,
    goesOn: true,
  };
};
