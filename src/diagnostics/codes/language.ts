import type { CodeEntry } from "./entry.ts";

/** Mistakes inside expressions, templates and the small notations: durations, rates, names. */
export const languageCodes = {
  "expression-syntax": {
    title: "The expression cannot be read",
    explanation: "Between {{ and }}, and behind if:, stands an expression: names, comparisons, and, or, not, filters.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "{{ user. }}"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name }}"\n',
  },
  "unknown-variable": {
    title: "There is no such variable",
    explanation: "The name is misspelt, or there is no such thing here.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "{{ usr.name }}"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name }}"\n',
    see: "variables",
  },
  "not-saved-yet": {
    title: "What is read is saved later, or elsewhere",
    explanation:
      "What an action keeps with save_as is there for the actions behind it: not for those before it, not in another branch, not under its own else. Inside of for_each each round has its own, and a block keeps its own too.",
    wrong:
      'commands:\n  throw:\n    do:\n      - reply: "{{ steps.dice.total }}"\n      - random: { dice: 2d6 }\n        save_as: dice\n',
    right:
      'commands:\n  throw:\n    do:\n      - random: { dice: 2d6 }\n        save_as: dice\n      - reply: "{{ steps.dice.total }}"\n',
  },
  "unknown-filter": {
    title: "There is no such filter",
    explanation: "The word behind | is misspelt.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name | upcas }}"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name | upcase }}"\n',
    see: "filters",
  },
  "different-types": {
    title: "Two different kinds of value are compared",
    explanation: "A number and a text are never equal; comparing them is surely a mistake.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: Hi\n        if: user.name > 5\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: Hi\n        if: user.name == "ada"\n',
  },
  "wrong-filter-input": {
    title: "The filter does not fit the value",
    explanation: "Each filter works on one kind of value.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "{{ user | upcase }}"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name | upcase }}"\n',
    see: "filters",
  },
  "wrong-filter-argument": {
    title: "The filter's argument does not fit",
    explanation: "What stands behind the filter's colon is missing or of the wrong kind.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: \"{{ user.name | truncate: 'a' }}\"\n",
    right: 'commands:\n  hello:\n    do:\n      - reply: "{{ user.name | truncate: 5 }}"\n',
    see: "filters",
  },
  "not-printable": {
    title: "The value cannot be shown as text",
    explanation: "A person or a list is not a text. Name the part that you want to show.",
    wrong: 'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - reply: "{{ data }}"\n',
    right: 'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - reply: "{{ data.coins }}"\n',
  },
  "template-syntax": {
    title: "A template tag is not right",
    explanation: "{% if %} needs its {% endif %}, {% for %} its {% endfor %}, and {{ its }}.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "{% if user %}Hi"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "{% if user %}Hi{% endif %}"\n',
  },
  "secret-in-text": {
    title: "A secret in a text",
    explanation: "Texts are shown to people. ${NAME} may only stand under platforms, storage and redis.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply: "The key is ${API_KEY}"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply: "The key is secret"\n',
  },
  "bad-duration": {
    title: "This is not a duration",
    explanation: "A duration is a number and a unit: 10s, 5m, 2h, 7d.",
    wrong: "audit: { keep: 90 }\n",
    right: "audit: { keep: 90d }\n",
  },
  "bad-percent": {
    title: "This is not a percentage",
    explanation: "A percentage is a number from 0% to 100%, such as 10%; 0.1 means the same.",
    wrong: "rules:\n  - name: Sometimes\n    when: message\n    if: { chance: often }\n    do: [{ react: 👋 }]\n",
    right: "rules:\n  - name: Sometimes\n    when: message\n    if: { chance: 10% }\n    do: [{ react: 👋 }]\n",
  },
  "bad-time": {
    title: "This is not a time",
    explanation:
      "A time is a day, and where it matters the hour and minute of it: 2026-12-24 18:00. A time of day is hours and minutes: 18:00.",
    wrong: "data:\n  opens: { type: time, scope: bot, default: tomorrow }\n",
    right: "data:\n  opens: { type: time, scope: bot, default: 2026-12-24 18:00 }\n",
  },
  "bad-size": {
    title: "This is not a size",
    explanation: "A size is a number and KB, MB or GB.",
    wrong: "packs:\n  ./album.yaml: { most: 8 megabytes }\n",
    right: "packs:\n  ./album.yaml: { most: 8MB }\n",
    files: {
      "album.yaml":
        "pack:\n  name: album\n  settings:\n    most: { type: size, description: The largest picture }\ncommands:\n  album: Pictures of at most {{ settings.most }} bytes.\n",
    },
  },
  "bad-rate": {
    title: "This is not a rate",
    explanation: "A rate says how often in which time, and for whom: 5 per 10s per user.",
    wrong: "rate_limits:\n  default: 5/10s\n",
    right: "rate_limits:\n  default: 5 per 10s per user\n",
  },
  "bad-yes-no": {
    title: "This is neither yes nor no",
    explanation: "Write yes or no.",
    wrong: "commands:\n  hello:\n    enabled: maybe\n    do:\n      - reply: Hi\n",
    right: "commands:\n  hello:\n    enabled: yes\n    do:\n      - reply: Hi\n",
  },
  "bad-name": {
    title: "This cannot be a name",
    explanation:
      "Names of commands and options have small letters, digits and _ only. Places and roles are named as people see them.",
    wrong: "commands:\n  Say Hello: Hi\n",
    right: "commands:\n  say_hello: Hi\n",
  },
  "bad-secret-reference": {
    title: "The reference to a secret is not right",
    explanation: "A secret is written ${NAME}, ${NAME:-default}, ${NAME:?why} or ${file:/path}.",
    wrong: 'redis: "${REDIS URL}"\n',
    right: 'redis: "${REDIS_URL:-}"\n',
  },
} satisfies Record<string, CodeEntry>;
