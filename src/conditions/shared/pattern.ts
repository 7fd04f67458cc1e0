import { createRequire } from "node:module";

/** Loaded when the first pattern is compiled: most files have none, and loading it is a good part of a check's time. */
const load = (): typeof import("re2js") => createRequire(import.meta.filename)("re2js") as typeof import("re2js");

/** Looks a pattern up in a text, in time that grows with the text and never faster. */
export type Pattern = (text: string) => boolean;

/** What the library says and what it means to somebody who tries patterns; `$` is the piece that it complains about. */
const explanations: readonly (readonly [begins: string, sentence: string])[] = [
  ["missing closing )", 'a "(" is never closed; write "\\(" for the sign itself'],
  ["unexpected )", 'a ")" was never opened; write "\\)" for the sign itself'],
  ["missing closing ]", 'a "[" is never closed; write "\\[" for the sign itself'],
  ["missing argument to repetition operator", '"$" has nothing before it to repeat; write "\\$" for the sign itself'],
  ["invalid nested repetition operator", '"$" repeats a repetition'],
  [
    "invalid repeat count",
    '"$" repeats too often: at most 1000 times, and the first number must not be the larger one',
  ],
  ["invalid character class range", '"$" is not a range of characters'],
  ["invalid or unsupported Perl syntax", '"$" is not offered: patterns here cannot look ahead or behind'],
  ["invalid named capture", '"$" is not offered: patterns here cannot look ahead or behind'],
  ["invalid escape sequence", '"$" means nothing here; pieces found before cannot be referred to'],
  ["trailing backslash", "it ends in a lone backslash; write two for the sign itself"],
];

/** Compiles a regular expression for RE2, whose time is linear. @returns a sentence for a bad one. */
export function compilePattern(source: string, ignoreCase: boolean): Pattern | { readonly problem: string } {
  const { RE2JS, RE2JSException } = load();
  try {
    const pattern = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return (text) => pattern.test(text);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { problem: `the pattern "${source}" cannot be used: ${explain(error.message)}` };
  }
}

function explain(message: string): string {
  const said = message.replace("error parsing regexp: ", "");
  const piece = /`(.*)`$/s.exec(said)?.[1] ?? "";
  const known = explanations.find(([begins]) => said.startsWith(begins));
  return known === undefined ? said : known[1].replaceAll("$", () => piece);
}
