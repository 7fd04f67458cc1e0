import { hasLinesBelow, outlineLine } from "./outline.ts";
import { type Finding, quoted, replaced, type TrapContext } from "./trap.ts";

/** Keys that people write in one line with others. */
const argument =
  "to|text|data|value|amount|of|member|user|role|type|required|default|scope|for|at|do|question|choices|name|label|title|block|with|reason|channel|emoji|every|per|url|then|minimum|maximum|server|bot|ephemeral|color|image|message|delete_after|count|within|when|reply|as|say|press|pick|fill|join|leave|react|edit|delete|get_role|lose_role|in|direct|items|together|warnings|audit|banned|kicked|gone|muted|roles";

const pair = new RegExp(`(?:^|,[ \\t]*)(${argument}):(?=[ \\t])`, "g");

/** Where the next of such keys begins behind a value. */
export const nextArgument = new RegExp(`,[ \\t]*(?:${argument}):[ \\t]`);

/** Keys whose value is a text, behind which a comma and a colon are nothing but text. */
export const textKeys =
  /^(reply|direct_message|text|description|title|footer|question|confirm|ask|reason|say|message|value)$/;

/**
 * `- at: 3, do: ban` and `- send: to: welcome, text: Hi`: several keys in one line, which stand in braces.
 * @param piece - what stands behind the first colon of the line
 */
export function bracesForgotten(at: TrapContext, column: number, piece: string): Finding | undefined {
  const { key, dashes, indent, comment } = at.entry;
  if (at.insideFlow || key === undefined) return undefined;
  const shared = {
    code: "braces-forgotten" as const,
    line: at.line,
    message: "several keys in one line stand in braces.",
    hint: "write:",
    goesOn: true,
  };
  const inside = pairsOf(piece);
  if (inside !== undefined && (!textKeys.test(key) || /^(text|to|embed): /.test(inside))) {
    const corrected = replaced(at.text, column, piece.length, `{ ${inside} }`);
    const message = inside.includes(",") ? shared.message : "a second key in one line stands in braces.";
    return { ...shared, message, column, length: piece.length, corrected };
  }
  if (dashes === "" || textKeys.test(key) || hasLinesBelow(at.lines, outlineLine(at.lines, at.line)!)) return undefined;
  const whole = pairsOf(`${key}: ${piece}`);
  if (whole === undefined) return undefined;
  const start = indent.length + dashes.length + 1;
  const corrected = `${indent}${dashes}{ ${whole} }${comment}`;
  return { ...shared, column: start, length: column - start + piece.length, corrected };
}

/** What `allow` is made of, by what people write for it. */
const whoWord = { role: /^roles?$/, user: /^users?$/, can: /^(can|permissions?|rights?)$/ };

/** `allow: role: Keepers`, whose part behind the first colon stands in braces. */
export function whoInBraces(at: TrapContext, column: number, piece: string): Finding | undefined {
  const [, word, value] = /^(\w+):[ \t]+(\S.*)$/.exec(piece) ?? [];
  if (value === undefined || !/(?:^|[\s{,])(?:allow|deny):\s+$/.test(at.text.slice(0, column - 1))) return undefined;
  const who = Object.entries(whoWord).find(([, written]) => written.test(word!))?.[0];
  if (who === undefined || (!isQuoted(value) && /:(\s|$)/.test(value))) return undefined;
  return {
    code: "braces-forgotten",
    line: at.line,
    column,
    length: piece.length,
    message: "a second key in one line stands in braces.",
    hint: "write:",
    corrected: replaced(at.text, column, piece.length, `{ ${who}: ${inBraces(value)} }`),
    goesOn: true,
  };
}

/** `to: welcome, text: Hi`, with quotes where braces need them; undefined for anything else. */
function pairsOf(text: string): string | undefined {
  const keys = [...text.matchAll(pair)];
  if (keys[0]?.index !== 0) return undefined;
  const written = keys.map((found, index) => {
    const value = text.slice(found.index + found[0].length, keys[index + 1]?.index).trim();
    return { key: found[1]!, value };
  });
  // What is no argument there is a sentence with a colon in it.
  if (written.some(({ value }) => value === "" || (!isQuoted(value) && /:(\s|$)/.test(value)))) return undefined;
  return written.map(({ key, value }) => `${key}: ${inBraces(value)}`).join(", ");
}

const isQuoted = (value: string): boolean => /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$/.test(value);

const inBraces = (value: string): string =>
  isQuoted(value) || /^\[.*\]$|^\{.*\}$/.test(value) || !/[,[\]{}"'#&*!|>%@`]/.test(value) ? value : quoted(value);
