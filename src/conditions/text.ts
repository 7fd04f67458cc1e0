import type { Fields } from "../contracts/fields.ts";
import { type Condition, type ConditionContext, defineCondition } from "../contracts/word.ts";
import { compilePattern } from "./shared/pattern.ts";
import { hasWholeWord, standsAlone } from "./shared/words.ts";

const fields = {
  contains: several("Words that stand somewhere in the message; one of them is enough."),
  starts_with: several("What the message begins with; one of them is enough."),
  ends_with: several("What the message ends with; one of them is enough."),
  equals: several("What the message is, whole; blanks around it do not count. One of them is enough."),
  matches: several("A pattern (regular expression, RE2 syntax) that fits somewhere in the message."),
  whole_words: {
    kind: "boolean",
    about: "Whether a word must stand by itself, so that cat is not found in concatenate.",
    default: false,
  },
  ignore_case: { kind: "boolean", about: "Whether small and capital letters are the same.", default: true },
} as const satisfies Fields;

function several<const About extends string>(about: About) {
  return {
    kind: "list",
    of: { kind: "plain", about: "A text to look for.", maxLength: 1000 },
    about,
    optional: true,
    lone: true,
  } as const;
}

/** Whether the text, already in the letters that are compared, holds one of the words in the way asked. */
type Look = (text: string) => boolean;

export const text = defineCondition({
  name: "text",
  aka: ["contains", "message", "keyword", "word", "words"],
  summary: "Looks at what the message says. Where several things are asked, all must be true.",
  tells:
    "the message {?says|does not say} [, {contains}][, {starts_with} at its beginning][, {ends_with} at its end][, {equals} and nothing else][, something like {matches}][, as {whole_words?yes=whole words}][, with {ignore_case?no=large and small letters as here}]",
  short: "contains",
  fields,
  feeds: ["message_text"],
  examples: [
    { about: "A word anywhere", yaml: "text: hello" },
    { about: "One of several words, each by itself", yaml: "text: { contains: [spam, scam], whole_words: yes }" },
    { about: "A pattern", yaml: "text: { matches: 'order #\\d+' }" },
  ],
  words({ contains, equals }) {
    // What is compared is also looked for in small letters, where a sigma has two forms that depend on its neighbours.
    const found = contains ?? equals?.map((word) => word.trim());
    return found === undefined || found.some(hasSigma) ? undefined : { anyOf: found };
  },
  steady: true,
  compile({ contains, starts_with, ends_with, equals, matches, whole_words, ignore_case }) {
    const asked = { contains, starts_with, ends_with, equals, matches };
    for (const [field, words] of Object.entries(asked)) {
      const problem = words === undefined ? undefined : emptyProblem(words);
      if (problem !== undefined) return { problem, field: field as keyof typeof asked };
    }
    const looks: Look[] = [];
    const look = (words: readonly string[] | undefined, how: (text: string, word: string) => boolean) => {
      if (words === undefined) return;
      const wanted = words.map((word) => (ignore_case ? lower(word) : word));
      looks.push((text) => wanted.some((word) => how(text, word)));
    };
    look(contains, whole_words ? hasWholeWord : (text, word) => text.includes(word));
    look(starts_with, (text, word) => text.startsWith(word) && (!whole_words || standsAlone(text, 0, word.length)));
    look(
      ends_with,
      (text, word) =>
        text.endsWith(word) && (!whole_words || standsAlone(text, text.length - word.length, text.length)),
    );
    look(equals, (text, word) => text.trim() === word.trim());
    const patterns: Look[] = [];
    for (const source of matches ?? []) {
      const pattern = compilePattern(source, ignore_case);
      if (typeof pattern !== "function") return { problem: pattern.problem, field: "matches" };
      patterns.push(pattern);
    }
    if (looks.length === 0 && patterns.length === 0)
      return { problem: "say what to look for, such as contains: hello", field: "contains" };
    const comparesSigma = Object.values(asked).some((words) => words?.some(hasSigma));
    return condition(looks, patterns, ignore_case, comparesSigma);
  },
});

function condition(looks: readonly Look[], patterns: readonly Look[], ignoreCase: boolean, folds: boolean): Condition {
  return (context: ConditionContext) => {
    const { event, lowerText } = context;
    // Without a message there is nothing to tell it from.
    if (!("message" in event)) return undefined;
    const written = event.message.text;
    const compared = !ignoreCase ? written : folds ? lower(written) : lowerText;
    return (
      looks.every((look) => look(compared)) && (patterns.length === 0 || patterns.some((pattern) => pattern(written)))
    );
  };
}

function emptyProblem(words: readonly string[]): string | undefined {
  if (words.length === 0) return "the list is empty; write what to look for";
  return words.some((word) => word.trim() === "")
    ? "an empty text is in every message; write what to look for"
    : undefined;
}

/** Small letters with one form for the sigma that ends a word, which `toLowerCase` sets by its neighbours. */
const lower = (text: string): string => text.toLowerCase().replaceAll("ς", "σ");

const hasSigma = (word: string): boolean => /[σςΣ]/.test(word);
