import type { CodeEntry } from "./entry.ts";

/** Mistakes of shape: words that do not exist, keys in the wrong place, values of the wrong kind. */
export const shapeCodes = {
  "wrong-shape": {
    title: "This does not have the expected form",
    explanation:
      "The published schema, by which editors complete and mark a bot.yaml, does not allow this here. The reference shows the form of every section.",
    wrong: "botctl validate bot.yaml",
    right: "botctl validate bot.yaml",
    shell: true,
  },
  "unknown-key": {
    title: "This key is not known here",
    explanation: "The key is misspelt, or stands in the wrong place. The reference lists the keys of every section.",
    wrong: "bot:\n  name: Harbour\n  descripton: Keeps the harbour tidy\n",
    right: "bot:\n  name: Harbour\n  description: Keeps the harbour tidy\n",
  },
  "unknown-message": {
    title: "The bot has no such sentence",
    explanation:
      "What the bot says of its own accord has keys of its own under messages, and a map of them for each other language. botctl explain messages lists them all.",
    wrong: "messages:\n  not_alowed: That is not for you.\n",
    right: "messages:\n  not_allowed: That is not for you.\n  de: { not_allowed: Das darfst du nicht. }\n",
    see: "messages",
  },
  "unknown-action": {
    title: "There is no such action",
    explanation: "The word is misspelt, or belongs somewhere else.",
    wrong: "commands:\n  hello:\n    do:\n      - repy: Hello\n",
    right: "commands:\n  hello:\n    do:\n      - reply: Hello\n",
    see: "actions",
  },
  "unknown-condition": {
    title: "There is no such condition",
    explanation: "The word is misspelt, or belongs somewhere else.",
    wrong:
      "commands:\n  hello:\n    if: { permision: staff }\n    do:\n      - reply: Hello\npermissions:\n  staff: [{ can: ban_members }]\n",
    right:
      "commands:\n  hello:\n    if: { permission: staff }\n    do:\n      - reply: Hello\npermissions:\n  staff: [{ can: ban_members }]\n",
    see: "conditions",
  },
  "unknown-trigger": {
    title: "There is no such trigger",
    explanation: "The word behind when: is misspelt.",
    wrong: "rules:\n  - name: Echo\n    when: mesage\n    do:\n      - stop\n",
    right: "rules:\n  - name: Echo\n    when: message\n    do:\n      - stop\n",
    see: "triggers",
  },
  "unknown-platform": {
    title: "There is no such platform",
    explanation: "botctl runs on Discord, Telegram, Slack and at the console.",
    wrong: "platforms:\n  consol: {}\n",
    right: "platforms:\n  console: {}\n",
  },
  "unknown-right": {
    title: "There is no such right",
    explanation: "Rights have the same name on every platform; the reference lists them.",
    wrong: "permissions:\n  staff:\n    allow: [{ can: ban_member }]\n",
    right: "permissions:\n  staff:\n    allow: [{ can: ban_members }]\n",
  },
  "missing-key": {
    title: "A key is missing",
    explanation: "Without this key nobody can know what is meant.",
    wrong: "bot:\n  description: Keeps the harbour tidy\n",
    right: "bot:\n  name: Harbour\n  description: Keeps the harbour tidy\n",
  },
  "bad-cooldown": {
    title: "This is not a cooldown",
    explanation:
      "A cooldown is one use and then a pause: 24h, or 1 per day. For several uses in a time there is rate_limit.",
    wrong: "commands:\n  daily:\n    cooldown: 2 per day\n    do:\n      - reply: Here you are\n",
    right: "commands:\n  daily:\n    cooldown: 1 per day\n    do:\n      - reply: Here you are\n",
  },
  "no-default": {
    title: "This type has no default",
    explanation:
      "People, roles, channels and files belong to a platform, and nobody knows them before the bot runs. Until an action sets such a value it is empty.",
    wrong: "data:\n  captain: { type: user, scope: server, default: ada }\n",
    right: "data:\n  captain: { type: user, scope: server }\n",
  },
  "empty-value": {
    title: "A key has no value",
    explanation:
      "There is nothing behind the colon. Write a value, or delete the line. A list of actions without any is told too: it does nothing.",
    wrong: "bot:\n  name:\n",
    right: "bot:\n  name: Harbour\n",
  },
  "wrong-type": {
    title: "The value is of the wrong kind",
    explanation: "A list, a text, a number or lines with keys stand where something else is needed.",
    wrong: "bot: Harbour\n",
    right: "bot: { name: Harbour }\n",
  },
  "not-a-choice": {
    title: "The word is not one of the possible ones",
    explanation: "Only the words that the message lists can stand here.",
    wrong: "logging: { level: loud }\n",
    right: "logging: { level: debug }\n",
  },
  "out-of-range": {
    title: "The number is too small or too large",
    explanation: "The value lies outside of what is possible.",
    wrong: "rate_limits:\n  costly: { limit: 0, window: 1m }\n",
    right: "rate_limits:\n  costly: { limit: 2, window: 1m }\n",
  },
  "lost-digits": {
    title: "A number lost digits",
    explanation:
      "A number has no 0 before it, and keeps about 16 digits. What is no number to count with, such as a code, an id or a telephone number, is a text: put it in quotes.",
    wrong:
      'commands:\n  code:\n    do:\n      - random: { from: [0042, 0777] }\n        save_as: code\n      - reply: "{{ steps.code }}"\n',
    right:
      'commands:\n  code:\n    do:\n      - random: { from: ["0042", "0777"] }\n        save_as: code\n      - reply: "{{ steps.code }}"\n',
    allowable: true,
  },
  "too-long": {
    title: "The text is too long",
    explanation: "Platforms cut or refuse longer texts.",
    wrong: "bot: { name: HarbourHarbourHarbourHarbourHarbourHarbourHarbourHarbourHarbourHarbourHarbourHarbour }\n",
    right: "bot: { name: Harbour }\n",
  },
  "too-many-items": {
    title: "The list is too long",
    explanation: "Platforms do not take more items.",
    wrong:
      "commands:\n  pick:\n    options:\n      one:\n        type: choice\n        choices: [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17, c18, c19, c20, c21, c22, c23, c24, c25]\n    do:\n      - reply: Thanks\n",
    right:
      "commands:\n  pick:\n    options:\n      one:\n        type: choice\n        choices: [c0, c1]\n    do:\n      - reply: Thanks\n",
  },
  "too-few-items": {
    title: "Something is missing in the list",
    explanation: "There must be something to choose from or to fill in.",
    wrong: "commands:\n  vote:\n    do:\n      - poll: { question: Which game?, choices: [Chess], for: 1h }\n",
    right: "commands:\n  vote:\n    do:\n      - poll: { question: Which game?, choices: [Chess, Go], for: 1h }\n",
  },
  "bad-format": {
    title: "The text does not have the right form",
    explanation: "The value must follow a pattern, which the message shows by an example.",
    wrong:
      'platforms:\n  slack:\n    bot_token: "${SLACK_BOT_TOKEN}"\n    app_token: "${SLACK_APP_TOKEN}"\n    command: harbour bot\n',
    right:
      'platforms:\n  slack:\n    bot_token: "${SLACK_BOT_TOKEN}"\n    app_token: "${SLACK_APP_TOKEN}"\n    command: /harbour\n',
  },
  "bad-url": {
    title: "This is not a web address",
    explanation: "A web address begins with https:// and is written whole.",
    wrong:
      "commands:\n  hello:\n    do:\n      - reply:\n          text: Read this\n          buttons:\n            - { label: Rules, url: example.org }\n",
    right:
      'commands:\n  hello:\n    do:\n      - reply:\n          text: Read this\n          buttons:\n            - { label: Rules, url: "https://example.org" }\n',
  },
  "bad-timezone": {
    title: "This is not a time zone",
    explanation: "Time zones are named by a continent and a city.",
    wrong: "bot: { name: Harbour, timezone: Madrid }\n",
    right: "bot: { name: Harbour, timezone: Europe/Madrid }\n",
  },
  "bad-language": {
    title: "This is not a language",
    explanation: "Languages are named by two letters, and a region if it matters.",
    wrong: "bot: { name: Harbour, language: english! }\n",
    right: "bot: { name: Harbour, language: en }\n",
  },
  "bad-storage": {
    title: "This is not a storage",
    explanation: "The bot keeps its memory in a file (sqlite:) or in PostgreSQL (postgres://).",
    wrong: "storage: mysql://localhost/bot\n",
    right: "storage: sqlite:./data/bot.db\n",
  },
  "expression-in-setting": {
    title: "An expression in a setting",
    explanation: "Settings are known before the bot starts, so nothing about a message or a person can stand in them.",
    wrong: 'commands:\n  hello:\n    enabled: "{{ user.name }}"\n    do:\n      - reply: Hi\n',
    right: "commands:\n  hello:\n    enabled: yes\n    do:\n      - reply: Hi\n",
  },
  "not-one-expression": {
    title: "More than one expression",
    explanation: "A field that is not text takes a plain value or exactly one {{ }}.",
    wrong:
      'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - add: { data: coins, amount: "{{ 1 }} {{ 2 }}" }\n',
    right:
      'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - add: { data: coins, amount: "{{ 1 }}" }\n',
  },
  "several-in-one-item": {
    title: "Two in one list item",
    explanation: "Each action or rule is an item of its own and begins with `- `.",
    wrong: "commands:\n  hello:\n    do:\n      - reply: Hello\n        delete_message:\n",
    right: "commands:\n  hello:\n    do:\n      - reply: Hello\n      - delete_message\n",
  },
  "action-without-dash": {
    title: "An action without a dash",
    explanation: "Actions are a list: each begins with `- `, even where there is only one.",
    wrong: "commands:\n  hello:\n    do:\n      reply: Hello\n",
    right: "commands:\n  hello:\n    do:\n      - reply: Hello\n",
  },
  "action-without-arguments": {
    title: "An action says too little",
    explanation: "Only some actions may be a single word; this one needs to know more.",
    wrong: "commands:\n  hello:\n    do:\n      - reply\n",
    right: "commands:\n  hello:\n    do:\n      - reply: Hello\n",
  },
  "no-action": {
    title: "A list item without an action",
    explanation: "if:, else: and the like stand beside an action; here there is none.",
    wrong: "commands:\n  hello:\n    do:\n      - save_as: answer\n",
    right:
      'commands:\n  hello:\n    do:\n      - ask: Who are you?\n        save_as: answer\n      - reply: "Hello {{ steps.answer }}"\n',
  },
  "misplaced-key": {
    title: "A key stands in the wrong place",
    explanation:
      "Arguments are indented under their action; if:, else:, on_error: and save_as: stand beside it. What a test gives or expects under data: stands with whom it belongs to.",
    wrong: 'commands:\n  hello:\n    do:\n      - reply:\n          text: Hello\n          if: user.name == "ada"\n',
    right: 'commands:\n  hello:\n    do:\n      - reply:\n          text: Hello\n        if: user.name == "ada"\n',
  },
  "wrong-version": {
    title: "Another version of the language",
    explanation: "`version:` says in which version of the language the file is written. This botctl reads version 1.",
    wrong: "version: 2\n",
    right: "version: 1\n",
  },
  "bad-test": {
    title: "A step of a test cannot be understood",
    explanation:
      "A step is one thing: `ada: /help` is what ada writes, `{ as: ada, press: Yes }` something else that she does, `bot: Hello` what the bot must have said or done since, `{ webhook: deploy, body: { branch: main } }` what another program sends, `after: 10m` time that passes, `expect:` what must be so then.",
    wrong: "commands:\n  hello: Hi\ntests:\n  - name: greeting\n    steps:\n      - ada: /hello\n        bot: Hi\n",
    right: "commands:\n  hello: Hi\ntests:\n  - name: greeting\n    steps:\n      - ada: /hello\n      - bot: Hi\n",
  },
  "reserved-name": {
    title: "A person of a test has a name that means something else",
    explanation:
      "In the steps of a test `bot`, `bot_silent`, `expect`, `after`, `as`, `restart` and `webhook` are words of their own, so nobody can be called like that.",
    wrong:
      "commands:\n  hello: Hi\ntests:\n  - name: greeting\n    given: { people: { bot: {} } }\n    steps:\n      - ada: /hello\n",
    right:
      "commands:\n  hello: Hi\ntests:\n  - name: greeting\n    given: { people: { ada: {} } }\n    steps:\n      - ada: /hello\n",
  },
  "bad-button": {
    title: "A button does not do one thing",
    explanation: "A button runs actions (do:), a command (run:) or opens a page (url:): exactly one of them.",
    wrong:
      "commands:\n  hello:\n    do:\n      - reply:\n          text: Press\n          buttons:\n            - { label: Go }\n",
    right:
      "commands:\n  hello:\n    do:\n      - reply:\n          text: Press\n          buttons:\n            - { label: Go, run: hello }\n",
  },
  "bad-argument": {
    title: "An argument makes no sense",
    explanation: "What stands here can be read, but the word cannot use it.",
    wrong: 'rules:\n  - name: Digits\n    when: message\n    if: { text: { matches: "(" } }\n    do:\n      - stop\n',
    right:
      'rules:\n  - name: Digits\n    when: message\n    if: { text: { matches: "[0-9]" } }\n    do:\n      - stop\n',
  },
  "wrong-value-type": {
    title: "An expression gives the wrong kind of value",
    explanation: "The field needs another kind of value than the expression gives.",
    wrong:
      'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - add: { data: coins, amount: "{{ user.name }}" }\n',
    right:
      'data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - add: { data: coins, amount: "{{ 5 }}" }\n',
  },
} satisfies Record<string, CodeEntry>;
