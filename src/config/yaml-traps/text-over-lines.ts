import { entryOf, lineAbove, type Trap, type TrapContext } from "./trap.ts";

/** Keys whose value is a text that people write several lines of. */
const textKeys = /^(reply|send|direct_message|text|description|title|footer|question|confirm|ask|reason|say|message)$/;

/** `reply: Hello` with more of the text on the next line, which begins no further in, or has a colon in it. */
export const textOverLines: Trap = (at) => {
  const below = at.entry.key !== undefined && at.entry.value !== "" ? nextLine(at) : at.line;
  const line = at.lines.text(below);
  const { key, dashes, indent, value } = entryOf(line);
  const above = entryOf(at.lines.text(lineAbove(at.lines, below)));
  if (above.key === undefined || !textKeys.test(above.key) || dashes !== "" || at.insideFlow) return undefined;
  if (line.trim() === "" || above.value === "" || /^[-|>[{&*]/.test(above.value)) return undefined;
  const isText = key === undefined ? !isBegunKey(value) : /\s/.test(key);
  if (!isText) return undefined;
  return {
    code: "text-over-lines",
    line: below,
    column: indent.length + 1,
    length: line.trim().length,
    message: `this is more of the text behind "${above.key}:", which has ended with its line.`,
    hint: `write ${above.key}: | and below it every line of the text, further in than "${above.key}"`,
  };
};

/** Whether a word may be a key that somebody has not finished yet. */
function isBegunKey(word: string): boolean {
  const keys =
    "if else on_error save_as do to text embed title color url image footer fields buttons label run style menu file ephemeral thread delete_after mentions description allow deny options names enabled rate_limit cooldown when name";
  return keys.split(" ").some((key) => key.startsWith(word));
}

/** The next line, where a problem is told at the one before. */
function nextLine(at: TrapContext): number {
  let line = at.line + 1;
  while (line <= at.lines.count && at.lines.text(line).trim() === "") line++;
  return Math.min(line, at.lines.count);
}
