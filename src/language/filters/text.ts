import { t } from "../types.ts";
import type { Filter } from "./filter.ts";

/** Made with the first text that is cut: it costs more than all else that is loaded here. */
let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as people count them: a flag or a family emoji is one. */
export function characters(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

export const upcase: Filter = {
  name: "upcase",
  summary: "All letters large.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'hello' | upcase", output: "HELLO" }],
  result: () => t.text,
  apply: (input, _args, env) => (input as string).toLocaleUpperCase(env.locale),
};

export const downcase: Filter = {
  name: "downcase",
  summary: "All letters small.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'HELLO' | downcase", output: "hello" }],
  result: () => t.text,
  apply: (input, _args, env) => (input as string).toLocaleLowerCase(env.locale),
};

export const capitalize: Filter = {
  name: "capitalize",
  summary: "The first letter large, the rest as it is.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'hello Ada' | capitalize", output: "Hello Ada" }],
  result: () => t.text,
  apply: (input, _args, env) => {
    const first = String.fromCodePoint(...Array.from(input as string, (c) => c.codePointAt(0)!).slice(0, 1));
    return first.toLocaleUpperCase(env.locale) + (input as string).slice(first.length);
  },
};

export const trim: Filter = {
  name: "trim",
  summary: "Without spaces and line breaks at both ends.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'  hello ' | trim", output: "hello" }],
  result: () => t.text,
  apply: (input) => (input as string).trim(),
};

export const strip: Filter = {
  ...trim,
  name: "strip",
  summary: "The same as trim.",
  examples: [{ expression: "'  hello ' | strip", output: "hello" }],
};

export const truncate: Filter = {
  name: "truncate",
  summary: "Cut to a number of characters, with … where something was cut.",
  input: ["text"],
  args: [
    { name: "length", summary: "The most characters, the ending included.", kinds: ["integer"] },
    { name: "ending", summary: "Shown where text was cut; … if left out.", kinds: ["text"], optional: true },
  ],
  examples: [
    { expression: "'A long story' | truncate: 7", output: "A long…" },
    { expression: "'A long story' | truncate: 9, '...'", output: "A long..." },
  ],
  result: () => t.text,
  apply: (input, [length, ending = "…"]) => {
    const text = input as string;
    const most = Math.max(0, length as number);
    if (text.length <= most) return text;
    const all = characters(text);
    if (all.length <= most) return text;
    const end = characters(ending as string).slice(0, most);
    return (
      all
        .slice(0, most - end.length)
        .join("")
        .trimEnd() + end.join("")
    );
  },
};

export const replace: Filter = {
  name: "replace",
  summary: "Every occurrence of one text replaced by another.",
  input: ["text"],
  args: [
    { name: "what", summary: "The text to look for, letter by letter.", kinds: ["text"] },
    { name: "by", summary: "What to put in its place.", kinds: ["text"] },
  ],
  examples: [{ expression: "'a-b-c' | replace: '-', ' '", output: "a b c" }],
  result: () => t.text,
  apply: (input, [what, by]) =>
    what === ""
      ? input
      : (input as string)
          .split(what as string)
          .join(by as string)
          .slice(0, 100_000),
};

export const remove: Filter = {
  name: "remove",
  summary: "A text without every occurrence of another.",
  input: ["text"],
  args: [{ name: "what", summary: "The text to take out, letter by letter.", kinds: ["text"] }],
  examples: [{ expression: "'+34 600' | remove: ' '", output: "+34600" }],
  result: () => t.text,
  apply: (input, [what]) => (what === "" ? input : (input as string).split(what as string).join("")),
};

export const urlEncode: Filter = {
  name: "url_encode",
  summary: "As a part of a web address: what means something there is written in another way.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'fish & chips' | url_encode", output: "fish%20%26%20chips" }],
  result: () => t.text,
  // Half of a surrogate pair cannot be encoded.
  apply: (input) => encodeURIComponent((input as string).replace(/\p{Cs}/gu, "\ufffd")),
};

export const split: Filter = {
  name: "split",
  summary: "A text cut into a list.",
  input: ["text"],
  args: [{ name: "at", summary: "The text between two items.", kinds: ["text"] }],
  examples: [{ expression: "'red,green' | split: ',' | last", output: "green" }],
  result: () => t.list(t.text),
  apply: (input, [at]) => (input === "" ? [] : (input as string).split(at as string)),
};

export const code: Filter = {
  name: "code",
  summary: "Shown as code, letter by letter.",
  input: ["text"],
  args: [],
  examples: [{ expression: "'a*b*c' | code", output: "a*b*c" }],
  result: () => t.code,
  apply: (input) => input,
};
