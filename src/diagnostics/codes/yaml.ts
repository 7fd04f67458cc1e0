import type { CodeEntry } from "./entry.ts";

/** Mistakes of writing YAML, most of them made by people who wanted to write a text. */
export const yamlCodes = {
  "control-character": {
    title: "There is an invisible control character",
    explanation: "Some programs put characters into a text that nobody sees. Delete the line and type it again.",
    wrong: "bot:\n  name: Har\u0007bour\n",
    right: "bot:\n  name: Harbour\n",
  },
  "too-deep": {
    title: "The file is nested too deeply",
    explanation: "No bot needs 64 levels in each other. Usually brackets were pasted by accident.",
    wrong: `x-list: ${"[".repeat(70)}${"]".repeat(70)}\n`,
    right: "x-list: [[1]]\n",
  },
  "too-many-aliases": {
    title: "Anchors are used too often",
    explanation:
      "Anchors repeat what was written elsewhere in the file. Written out, this file would be too large to read.",
    wrong: `x-list: &a [1]\nx-uses: [${"*a, ".repeat(1001)}]\n`,
    right: "x-list: &a [1]\nx-uses: [*a, *a]\n",
  },
  "yaml-syntax": {
    title: "This cannot be read",
    explanation:
      "YAML is the format of this file: `key: value`, lists with `- `, and two spaces for each level. Here something else stands. If the file ends in the middle, it may not have been saved completely.",
    wrong: "commands:\n  hello: hi\n  ]\n",
    right: "commands:\n  hello: hi\n",
  },
  "yaml-directive": {
    title: "A line begins with %",
    explanation: "Lines that begin with % are not used in this file.",
    wrong: "%YAML 1.1\n---\nversion: 1\n",
    right: "version: 1\n",
  },
  "several-documents": {
    title: "The file holds several documents",
    explanation: "A line with `---` begins another document. botctl reads one bot from one file.",
    wrong: "version: 1\n---\nversion: 1\n",
    right: "version: 1\n",
  },
  "not-a-bot-file": {
    title: "The file has no keys",
    explanation: "A bot.yaml consists of keys with values. A list or a mere text was found.",
    wrong: "- version\n- bot\n",
    right: "version: 1\n",
  },
  "tab-indentation": {
    title: "A line begins with a tab",
    explanation: "Only spaces count. Set your editor to write two spaces when you press Tab.",
    wrong: "commands:\n\thello: hi\n",
    right: "commands:\n  hello: hi\n",
  },
  "unquoted-template": {
    title: "Text that begins with {{ needs quotes",
    explanation: "Without quotes the braces mean something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: {{ user }} hi\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user }} hi"\n',
  },
  "cut-by-comment": {
    title: "A # cuts the text",
    explanation:
      "Everything from a # with a space before it is a comment. Quotes around the whole text make it a text. For a comment, put a space behind the #.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: See #rules\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "See #rules"\n',
  },
  "unquoted-exclamation": {
    title: "Text that begins with ! needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: !ping\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "!ping"\n',
  },
  "unquoted-at": {
    title: "Text that begins with @ needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: @ada\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "@ada"\n',
  },
  "unquoted-asterisk": {
    title: "Text that begins with * needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: *bold*\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "*bold*"\n',
  },
  "unquoted-backtick": {
    title: "Text that begins with a backtick needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: `code`\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "`code`"\n',
  },
  "curly-quotes": {
    title: "The quotes are not straight ones",
    explanation:
      "Word processors and phones write curly quotes. They are letters like others here, so they would be part of the text.",
    wrong: "commands:\n  hello: “Be kind”\n",
    right: 'commands:\n  hello: "Be kind"\n',
  },
  "unquoted-percent": {
    title: "Text that begins with % needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: % done\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "% done"\n',
  },
  "unquoted-colon": {
    title: "Text with a colon in it needs quotes",
    explanation: "A colon with a space behind it ends a key. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: Note: be kind\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "Note: be kind"\n',
  },
  "unquoted-emoji": {
    title: "Text with :name: in it needs quotes",
    explanation: "A colon with a space behind it ends a key. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: :wave: hello\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: ":wave: hello"\n',
  },
  "quote-ends-early": {
    title: "The quotes end before the text does",
    explanation:
      "When a text begins with a quote, the next quote of the same kind ends it. Put the other kind of quotes around the whole text.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "Hi" she said\n',
    right: "commands:\n  hello:\n    do:\n      - reply: '\"Hi\" she said'\n",
  },
  "comma-in-braces": {
    title: "A comma inside { } ends the value",
    explanation: "Between braces a comma begins the next key. Quotes around the whole text make it a text.",
    wrong: "x-button: { label: Yes, please }\n",
    right: 'x-button: { label: "Yes, please" }\n',
  },
  "unquoted-secret": {
    title: "A ${NAME} inside { } needs quotes",
    explanation:
      "Between braces those of the reference mean something else. Quotes around the whole text make it a text.",
    wrong: "platforms:\n  discord: { token: ${DISCORD_TOKEN} }\n",
    right: 'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\n',
  },
  "backslash-in-quotes": {
    title: "A backslash between double quotes",
    explanation:
      "Between double quotes a backslash begins a special character, such as \\n. Single quotes leave it alone.",
    wrong: 'x-pattern: "\\d+"\n',
    right: "x-pattern: '\\d+'\n",
  },
  "unquoted-cron": {
    title: "A schedule that begins with * needs quotes",
    explanation:
      "At the beginning of a text that sign means something else. Quotes around the whole text make it a text.",
    wrong: "x-cron: */5 * * * *\n",
    right: 'x-cron: "*/5 * * * *"\n',
  },
  "braces-forgotten": {
    title: "Several keys in one line stand in braces",
    explanation:
      "A line has one key, and its value behind the colon. Where several keys with their values stand in one line, braces go around them: `{ to: general, text: Hi }`. Or write each on a line of its own, further in.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: text: Hi, delete_after: 10s\n",
    right: "commands:\n  hello:\n    do:\n      - reply: { text: Hi, delete_after: 10s }\n",
  },
  "unquoted-sign": {
    title: "Text that begins with a sign needs quotes",
    explanation:
      "The signs & ? | > - , [ ] { } mean something else at the beginning of a text. Quotes around the whole text make it a text.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: & more\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "& more"\n',
  },
  "yaml-tag": {
    title: "Types are not written",
    explanation:
      "A word with two exclamation marks names a type. Every field of this file knows its type; leave the word out.",
    wrong: "x-id: !!str 007\n",
    right: 'x-id: "007"\n',
  },
  "yaml-merge": {
    title: "Merging with << is not used",
    explanation: "People are surprised by what it does. Write the lines out, or use an anchor as a whole value.",
    wrong: "x-base: &base { a: 1 }\nx-more:\n  <<: *base\n",
    right: "x-base: &base { a: 1 }\nx-more: *base\n",
  },
  "unknown-anchor": {
    title: "There is no such anchor",
    explanation: "`*name` repeats what `&name` marked further up. If it is meant as text, put quotes around it.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: *moderators\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "*moderators"\n',
  },
  "anchor-in-itself": {
    title: "An anchor contains itself",
    explanation: "Repeating it would never end.",
    wrong: "x-list: &list [1, *list]\n",
    right: "x-list: &list [1]\nx-uses: *list\n",
  },
  "duplicate-key": {
    title: "A key is given twice",
    explanation: "Only one of the two could count, and nobody could say which. Rename one, or put both together.",
    wrong: "commands:\n  hello: hi\n  hello: hi again\n",
    right: "commands:\n  hello: hi\n  hello_again: hi again\n",
  },
  "key-not-text": {
    title: "A key must be a word",
    explanation: "Before a colon stands a word. Lists, braces and nothing at all cannot be keys.",
    wrong: "commands:\n  [a, b]: hi\n",
    right: "commands:\n  a: hi\n",
  },
  "reserved-key": {
    title: "This key cannot be used",
    explanation: "The name has a meaning inside the program that runs your bot. Choose another.",
    wrong: "commands:\n  __proto__: hi\n",
    right: "commands:\n  proto: hi\n",
  },
  "text-over-lines": {
    title: "A text goes on in the next line",
    explanation:
      "A text ends with its line. For several lines write | behind the colon and nothing else, and below it every line of the text, further in than the key.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: Hello there.\n        Be kind to each other.\n",
    right: "commands:\n  hello:\n    do:\n      - reply: |\n          Hello there.\n          Be kind to each other.\n",
  },
  "key-under-bare-word": {
    title: "A key stands under a word without a colon",
    explanation:
      "An action without arguments may be a single word. With `if:` or another key under it, it needs a colon.",
    wrong: "commands:\n  hello:\n    do:\n      - stop\n        if: user\n",
    right: "commands:\n  hello:\n    do:\n      - stop:\n        if: user\n",
  },
  "missing-colon": {
    title: "A colon is missing",
    explanation: "Every key ends with a colon: `key: value`.",
    wrong: "commands:\n  hello: hi\n  bye\n",
    right: "commands:\n  hello: hi\n",
  },
  "missing-space": {
    title: "A space is missing behind the colon",
    explanation: "A key ends with a colon and a space.",
    wrong: "commands:\n  hello:hi\n  bye: bye\n",
    right: "commands:\n  hello: hi\n  bye: bye\n",
  },
  "missing-dash": {
    title: "A list item has no dash",
    explanation: "Every item of a list begins with `- `.",
    wrong: "x-list:\n  - one\n  two: 2\n",
    right: "x-list:\n  - one\n  - two: 2\n",
  },
  "indented-under-value": {
    title: "A key is indented under a value",
    explanation: "A key has either a value on its line or further keys under it, not both.",
    wrong: "bot:\n  name: Harbour\n    language: en\n",
    right: "bot:\n  name: Harbour\n  language: en\n",
  },
  "not-indented": {
    title: "A condition stands beside not: instead of under it",
    explanation: "What `not:`, `all:` and `any:` are about is indented further than the word itself.",
    wrong: "x-if:\n  - not:\n    permission: moderators\n",
    right: "x-if:\n  - not:\n      permission: moderators\n",
  },
  "bad-indentation": {
    title: "The line does not line up",
    explanation:
      "Lines that belong together begin in the same column; lines inside of something begin two columns further in.",
    wrong: "commands:\n    hello: hi\n  bye: bye\n",
    right: "commands:\n  hello: hi\n  bye: bye\n",
  },
  "strange-space": {
    title: "A line begins with an unusual space",
    explanation:
      "Text copied from web pages often has spaces that look like any other but are different characters. Delete them and type them again.",
    wrong: "commands:\n\u00a0\u00a0hello: hi\n",
    right: "commands:\n  hello: hi\n",
  },
  "unclosed-quote": {
    title: "A quote is never closed",
    explanation: "A text that begins with a quote ends with the same quote.",
    wrong: 'commands:\n  hello: "hi\n  bye: bye\n',
    right: 'commands:\n  hello: "hi"\n  bye: bye\n',
  },
  "unclosed-bracket": {
    title: "A bracket is never closed",
    explanation: "Every [ needs its ] and every { its }.",
    wrong: "x-list: [one, two\nx-other: 1\n",
    right: "x-list: [one, two]\nx-other: 1\n",
  },
} satisfies Record<string, CodeEntry>;
