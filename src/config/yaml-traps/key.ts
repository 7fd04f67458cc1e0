import { isAlias, isMap, isScalar, type Pair, type ParsedNode } from "yaml";
import type { Code } from "../../diagnostics/codes.ts";
import type { Scanned } from "../scan.ts";
import { template } from "./template.ts";
import { type Finding, replaced, suspicionAt } from "./trap.ts";

const strangeSpaces = /[\u00a0\u2000-\u200d\u202f\u3000\ufeff]/g;

/** What is wrong with a key that YAML accepts: keys are words. */
export function keyProblem(scanned: Scanned, pair: Pair<ParsedNode, ParsedNode | null>): Finding | undefined {
  const { key } = pair;
  const [start, end] = key.range;
  const told = (code: Code, length: number, message: string, more: Partial<Finding> = {}): Finding => ({
    code,
    ...scanned.lines.at(start),
    length,
    message,
    ...more,
  });
  if (isAlias(key)) return told("key-not-text", end - start, "a key is a word, without a *.");
  if (!isScalar(key)) {
    // The outer braces of {{ }} begin a map whose key is the map in the inner ones.
    const braces = scanned.text.startsWith("{{", start - 1) ? template(suspicionAt(scanned, start - 1)) : undefined;
    return (
      braces ?? told("key-not-text", 1, `a key is a word; this is ${isMap(key) ? "something in braces" : "a list"}.`)
    );
  }
  const name = key.source ?? "";
  if (pair.srcToken?.start.some((token) => token.type === "explicit-key-ind")) {
    return told("key-not-text", end - start, `write "${name.slice(0, 40)}:" without the question mark.`);
  }
  if (name === "" || (key.value === null && key.type === "PLAIN")) {
    return told("key-not-text", 1, "there is no word before this colon.");
  }
  if (name.search(strangeSpaces) === 0) {
    const message = "this line begins with a space that does not count, as web pages have.";
    const corrected = scanned.lines.text(scanned.lines.at(start).line).replace(strangeSpaces, " ");
    return told("strange-space", 1, message, { hint: "type the spaces again:", corrected });
  }
  if (key.type === "PLAIN" && /^-[A-Za-z_]/.test(name)) {
    const { line, column } = scanned.lines.at(start);
    const corrected = replaced(scanned.lines.text(line), column, 1, "- ");
    return told("missing-space", 1, 'a space is missing behind the "-".', { hint: "write:", corrected });
  }
  if (name === "<<" && key.type === "PLAIN") {
    const hint = "write the lines out, or repeat the whole value: key: *name";
    return told("yaml-merge", 2, 'merging with "<<" is not used in this file.', { hint });
  }
  if (name === "__proto__") {
    return told("reserved-key", end - start, '"__proto__" cannot be a key. Choose another name.');
  }
  return undefined;
}
