import type { CodeEntry } from "./entry.ts";

/** What is possible, but hardly what its writer means. */
export const doubtCodes = {
  "looks-like-a-value": {
    title: "A value is written as other bots write it",
    explanation:
      'A value stands in two pairs of braces: {{ user.name }}. Anything else is shown as it stands, or taken for a name. Outside of texts the braces need quotes: "{{ user }}".',
    wrong: "commands:\n  hello: Hello {user}\n",
    right: 'commands:\n  hello: "Hello {{ user.name }}"\n',
    allowable: true,
  },
  "stray-quote": {
    title: "A text ends with a quote and begins with none",
    explanation:
      "Quotes around a text are written at both its ends, and people do not see them. One that stands at the end only belongs to the text.",
    wrong: 'commands:\n  hello: Hello there."\n',
    right: 'commands:\n  hello: "Hello there."\n',
    allowable: true,
  },
  "backslash-shown": {
    title: "A backslash and an n are shown as they stand",
    explanation:
      "Only in a text with double quotes does \\n begin a new line. A text of several lines can also stand behind |, each line further in than the key.",
    wrong: "commands:\n  hello: Hello\\nthere\n",
    right: 'commands:\n  hello: "Hello\\nthere"\n',
    allowable: true,
  },
  "emoji-by-name": {
    title: "An ordinary emoji is written by a name",
    explanation:
      "Names such as :wave: are how some platforms let people type an emoji; others know only the names of a server's own emoji. The emoji itself is right everywhere.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}", servers: [Harbour] }\ncommands:\n  hello:\n    do:\n      - react: ":wave:"\n',
    right:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}", servers: [Harbour] }\ncommands:\n  hello:\n    do:\n      - react: "👋"\n',
    allowable: true,
  },
  "several-in-one-text": {
    title: "Several words stand in one text",
    explanation:
      "A text is looked for as it stands, commas and all. To look for each of several words, write them as a list.",
    wrong: 'rules:\n  - name: Words\n    when: message\n    if: { text: "spam, scam" }\n    do:\n      - stop\n',
    right: "rules:\n  - name: Words\n    when: message\n    if: { text: [spam, scam] }\n    do:\n      - stop\n",
    allowable: true,
  },
} satisfies Record<string, CodeEntry>;
