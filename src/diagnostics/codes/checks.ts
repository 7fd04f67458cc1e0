import type { CodeEntry } from "./entry.ts";

/** Mistakes between the parts of a file whose parts are each right. */
export const checkCodes = {
  "unheard-event": {
    title: "Nothing listens for this event, or nothing lets it happen",
    explanation: "What emit lets happen is heard by rules with the trigger custom_event of the same name.",
    wrong: "commands:\n  hello:\n    do:\n      - emit: greeted\n",
    right:
      "commands:\n  hello:\n    do:\n      - emit: greeted\nrules:\n  - name: Count\n    when: { custom_event: greeted }\n    do:\n      - log: Somebody was greeted\n",
    allowable: true,
  },
  "unknown-block": {
    title: "There is no such block",
    explanation: "What call does is written under blocks, by its name.",
    wrong: "blocks:\n  greet: [{ reply: Hello }]\ncommands:\n  hello:\n    do:\n      - call: gret\n",
    right: "blocks:\n  greet: [{ reply: Hello }]\ncommands:\n  hello:\n    do:\n      - call: greet\n",
  },
  "block-in-itself": {
    title: "A block calls itself",
    explanation:
      "Blocks may call other blocks, but not in a circle: it would never end. To do something again, there is repeat.",
    wrong:
      "blocks:\n  greet:\n    - reply: Hello\n    - call: greet\ncommands:\n  hello:\n    do:\n      - call: greet\n",
    right:
      "blocks:\n  greet:\n    - repeat: 2\n      do:\n        - reply: Hello\ncommands:\n  hello:\n    do:\n      - call: greet\n",
  },
  "block-arguments": {
    title: "A block is not given what it needs",
    explanation: "A call gives each option of the block along, by its name; options with required: no may be left out.",
    wrong:
      "blocks:\n  greet:\n    options: { who: member }\n    do:\n      - reply: Hello {{ options.who.name }}\ncommands:\n  hello:\n    do:\n      - call: greet\n",
    right:
      'blocks:\n  greet:\n    options: { who: member }\n    do:\n      - reply: Hello {{ options.who.name }}\ncommands:\n  hello:\n    do:\n      - call: { block: greet, with: { who: "{{ user }}" } }\n',
  },
  "unused-block": {
    title: "Nothing calls this block",
    explanation: "A block does nothing until an action calls it.",
    wrong: "blocks:\n  greet: [{ reply: Hello }]\ncommands:\n  hello: Hi\n",
    right: "blocks:\n  greet: [{ reply: Hello }]\ncommands:\n  hello:\n    do:\n      - call: greet\n",
    allowable: true,
  },
  "name-taken": {
    title: "A loop's items are called as something else is",
    explanation: "Inside of a loop every name means one thing, so its items need a name that nothing else has there.",
    wrong:
      "commands:\n  hello:\n    do:\n      - for_each: { items: [Ada, Bob], as: user }\n        do:\n          - reply: Hi\n",
    right:
      "commands:\n  hello:\n    do:\n      - for_each: { items: [Ada, Bob], as: guest }\n        do:\n          - reply: Hi\n",
  },
  "unknown-group": {
    title: "There is no such group",
    explanation:
      "Groups of people are declared under permissions. A bare name is a group; a role is written { role: Moderator }, a person { user: ada }.",
    wrong:
      "commands:\n  hello:\n    allow: staf\n    do:\n      - reply: Hi\npermissions:\n  staff: [{ can: ban_members }]\n",
    right:
      "commands:\n  hello:\n    allow: staff\n    do:\n      - reply: Hi\npermissions:\n  staff: [{ can: ban_members }]\n",
  },
  "group-in-itself": {
    title: "A group contains itself",
    explanation: "Groups may name other groups, but not in a circle.",
    wrong: "permissions:\n  one: [two]\n  two: [one]\n",
    right: "permissions:\n  one: [two]\n  two: [{ can: ban_members }]\n",
  },
  "unknown-limit": {
    title: "There is no such limit",
    explanation: "Limits with a name are declared under rate_limits.",
    wrong: "commands:\n  hello:\n    rate_limit: costly\n    do:\n      - reply: Hi\n",
    right:
      "commands:\n  hello:\n    rate_limit: costly\n    do:\n      - reply: Hi\nrate_limits:\n  costly: 2 per 1m\n",
  },
  "unknown-data": {
    title: "There is no such data",
    explanation: "What the bot remembers is declared under data.",
    wrong: "commands:\n  hello:\n    do:\n      - add: { data: coins, amount: 1 }\n",
    right: "data:\n  coins: { type: integer }\ncommands:\n  hello:\n    do:\n      - add: { data: coins, amount: 1 }\n",
  },
  "unknown-webhook": {
    title: "No rule waits for this webhook",
    explanation: "A test calls a webhook by the path that a rule has under when. No rule has this one.",
    wrong:
      'rules:\n  - name: Weather\n    when: { webhook: { path: weather, secret: "${WEATHER_SECRET}" } }\n    do: [ { send: { to: news, text: "It is {{ body.sky }}" } } ]\ntests:\n  - name: weather\n    steps:\n      - { webhook: wether, body: { sky: sunny } }\n      - bot: It is sunny\n',
    right:
      'rules:\n  - name: Weather\n    when: { webhook: { path: weather, secret: "${WEATHER_SECRET}" } }\n    do: [ { send: { to: news, text: "It is {{ body.sky }}" } } ]\ntests:\n  - name: weather\n    steps:\n      - { webhook: weather, body: { sky: sunny } }\n      - bot: It is sunny\n',
  },
  "bounds-crossed": {
    title: "The minimum is above the maximum",
    explanation: "Nothing fits between the two.",
    wrong: "data:\n  coins: { type: integer, minimum: 9, maximum: 1 }\n",
    right: "data:\n  coins: { type: integer, minimum: 1, maximum: 9 }\n",
  },
  "not-a-number": {
    title: "This works with numbers only",
    explanation:
      "add, subtract, transfer and top are for data of the types integer, number and duration; set works for all.",
    wrong: "data:\n  motd: { type: text }\ncommands:\n  hello:\n    do:\n      - add: { data: motd, amount: 1 }\n",
    right: "data:\n  motd: { type: text }\ncommands:\n  hello:\n    do:\n      - set: { data: motd, value: Welcome }\n",
  },
  "not-a-list": {
    title: "This works with lists only",
    explanation: "append and remove are for data of the type list; set works for all.",
    wrong: "data:\n  motd: { type: text }\ncommands:\n  hello:\n    do:\n      - append: { data: motd, value: Hi }\n",
    right:
      "data:\n  news: { type: list, of: text }\ncommands:\n  hello:\n    do:\n      - append: { data: news, value: Hi }\n",
  },
  "not-for-this-scope": {
    title: "This does not work with whose value it is",
    explanation:
      "transfer moves something between two people, so each must have their own (scope user or member). top puts several in order, and of scope server and bot there is one. What belongs to a channel, a server or the bot is no person's, so of: has no place beside it.",
    wrong:
      "data:\n  pot: { type: integer, scope: server }\ncommands:\n  best:\n    do:\n      - top: { data: pot }\n        save_as: best\n",
    right:
      'data:\n  coins: { type: integer, scope: member }\ncommands:\n  best:\n    do:\n      - top: { data: coins }\n        save_as: best\n      - reply: "{{ steps.best | size }}"\n',
  },
  "outside-data": {
    title: "The value does not fit what data declares",
    explanation: "What data declares, such as its minimum, holds for every action. This value can never be kept.",
    wrong:
      "data:\n  coins: { type: integer, maximum: 9 }\ncommands:\n  hello:\n    do:\n      - set: { data: coins, value: 10 }\n",
    right:
      "data:\n  coins: { type: integer, maximum: 9 }\ncommands:\n  hello:\n    do:\n      - set: { data: coins, value: 9 }\n",
  },
  "duplicate-rule-name": {
    title: "Two rules have the same name",
    explanation: "What is under way belongs to a rule by its name, so each has its own.",
    wrong:
      "rules:\n  - name: Echo\n    when: message\n    do:\n      - stop\n  - name: Echo\n    when: message\n    do:\n      - stop\n",
    right:
      "rules:\n  - name: Echo\n    when: message\n    do:\n      - stop\n  - name: Echo again\n    when: message\n    do:\n      - stop\n",
  },
  "undeclared-platform": {
    title: "The bot is not on this platform",
    explanation: "A platform that is named must be declared under platforms.",
    wrong: "commands:\n  hello:\n    platforms: [discord]\n    do:\n      - reply: Hi\n",
    right: "commands:\n  hello:\n    platforms: [console]\n    do:\n      - reply: Hi\n",
    allowable: true,
  },
  "unknown-command": {
    title: "There is no such command",
    explanation: "A button with run: needs a command of this file.",
    wrong:
      "commands:\n  hello:\n    do:\n      - reply:\n          text: Press\n          buttons:\n            - { label: Go, run: helo }\n",
    right:
      "commands:\n  hello:\n    do:\n      - reply:\n          text: Press\n          buttons:\n            - { label: Go, run: hello }\n",
  },
  "nothing-to-switch": {
    title: "Nothing has the name that is to be switched",
    explanation:
      "What is switched on or off is a command, a rule or a schedule of this file, by its name. Where several have the name, kind says which is meant.",
    wrong: "commands:\n  hello: Hi\n  quiet:\n    do:\n      - disable: helo\n",
    right: "commands:\n  hello: Hi\n  quiet:\n    do:\n      - disable: hello\n",
  },
  "duplicate-command-name": {
    title: "Two commands have the same name",
    explanation: "On one platform each command needs a name of its own.",
    wrong: "commands:\n  one:\n    names: { console: two }\n    do:\n      - reply: Hi\n  two: Hi\n",
    right: "commands:\n  one:\n    names: { console: uno }\n    do:\n      - reply: Hi\n  two: Hi\n",
  },
  "too-many-commands": {
    title: "The platform takes fewer commands",
    explanation: "Platforms limit how many commands a bot may have.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  c0: Hi\n  c1: Hi\n  c2: Hi\n  c3: Hi\n  c4: Hi\n  c5: Hi\n  c6: Hi\n  c7: Hi\n  c8: Hi\n  c9: Hi\n  c10: Hi\n  c11: Hi\n  c12: Hi\n  c13: Hi\n  c14: Hi\n  c15: Hi\n  c16: Hi\n  c17: Hi\n  c18: Hi\n  c19: Hi\n  c20: Hi\n  c21: Hi\n  c22: Hi\n  c23: Hi\n  c24: Hi\n  c25: Hi\n  c26: Hi\n  c27: Hi\n  c28: Hi\n  c29: Hi\n  c30: Hi\n  c31: Hi\n  c32: Hi\n  c33: Hi\n  c34: Hi\n  c35: Hi\n  c36: Hi\n  c37: Hi\n  c38: Hi\n  c39: Hi\n  c40: Hi\n  c41: Hi\n  c42: Hi\n  c43: Hi\n  c44: Hi\n  c45: Hi\n  c46: Hi\n  c47: Hi\n  c48: Hi\n  c49: Hi\n  c50: Hi\n  c51: Hi\n  c52: Hi\n  c53: Hi\n  c54: Hi\n  c55: Hi\n  c56: Hi\n  c57: Hi\n  c58: Hi\n  c59: Hi\n  c60: Hi\n  c61: Hi\n  c62: Hi\n  c63: Hi\n  c64: Hi\n  c65: Hi\n  c66: Hi\n  c67: Hi\n  c68: Hi\n  c69: Hi\n  c70: Hi\n  c71: Hi\n  c72: Hi\n  c73: Hi\n  c74: Hi\n  c75: Hi\n  c76: Hi\n  c77: Hi\n  c78: Hi\n  c79: Hi\n  c80: Hi\n  c81: Hi\n  c82: Hi\n  c83: Hi\n  c84: Hi\n  c85: Hi\n  c86: Hi\n  c87: Hi\n  c88: Hi\n  c89: Hi\n  c90: Hi\n  c91: Hi\n  c92: Hi\n  c93: Hi\n  c94: Hi\n  c95: Hi\n  c96: Hi\n  c97: Hi\n  c98: Hi\n  c99: Hi\n  c100: Hi\n',
    right: 'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  c0: Hi\n',
  },
  "too-many-options": {
    title: "The platform takes fewer options",
    explanation: "Platforms limit how many options a command may have.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  many:\n    options:\n      o0: text\n      o1: text\n      o2: text\n      o3: text\n      o4: text\n      o5: text\n      o6: text\n      o7: text\n      o8: text\n      o9: text\n      o10: text\n      o11: text\n      o12: text\n      o13: text\n      o14: text\n      o15: text\n      o16: text\n      o17: text\n      o18: text\n      o19: text\n      o20: text\n      o21: text\n      o22: text\n      o23: text\n      o24: text\n      o25: text\n    do:\n      - reply: Hi\n',
    right: "commands:\n  many:\n    options:\n      o1: text\n    do:\n      - reply: Hi\n",
  },
  "required-after-optional": {
    title: "A required option stands behind an optional one",
    explanation: "People type options in order, so those that must be given come first.",
    wrong:
      "commands:\n  hello:\n    options:\n      why: { type: text, required: no }\n      who: member\n    do:\n      - reply: Hi\n",
    right:
      "commands:\n  hello:\n    options:\n      who: member\n      why: { type: text, required: no }\n    do:\n      - reply: Hi\n",
  },
  "long-not-last": {
    title: "A long text does not stand last",
    explanation: "A long text takes all that is left of what people type, so that no other option can stand behind it.",
    wrong:
      "commands:\n  note:\n    options:\n      text: { type: text, long: yes }\n      place: channel\n    do:\n      - reply: Noted\n",
    right:
      "commands:\n  note:\n    options:\n      place: channel\n      text: { type: text, long: yes }\n    do:\n      - reply: Noted\n",
  },
  "duplicate-choice": {
    title: "A choice is written twice",
    explanation:
      "What people can choose from holds each choice once, because two that are the same cannot be told apart.",
    wrong:
      "commands:\n  pick:\n    options:\n      size: { type: choice, choices: [Small, Large, Small] }\n    do:\n      - reply: Thanks\n",
    right:
      "commands:\n  pick:\n    options:\n      size: { type: choice, choices: [Small, Large] }\n    do:\n      - reply: Thanks\n",
  },
  "cut-on-platform": {
    title: "A platform shows less of this",
    explanation:
      "Platforms differ in how much they take. What is longer than one of them takes is cut off there; limit the rule to other platforms with platforms:, or write less.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  apply:\n    do:\n      - form:\n          title: Apply\n          fields:\n            why: What makes you think that you would be a good captain?\n        save_as: form\n      - reply: "{{ steps.form.why }}"\n',
    right:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  apply:\n    do:\n      - form:\n          title: Apply\n          fields:\n            why: Why would you be a good captain?\n        save_as: form\n      - reply: "{{ steps.form.why }}"\n',
    allowable: true,
  },
  "bad-file": {
    title: "A file that cannot be sent",
    explanation:
      "Only files in the folder of bot.yaml, or in folders inside of it, can be sent, and none whose name begins with a full stop.",
    wrong: "commands:\n  rules:\n    do:\n      - reply: { text: Here, file: ../rules.txt }\n",
    right: "commands:\n  rules:\n    do:\n      - reply: { text: Here, file: rules.txt }\n",
    files: { "rules.txt": "Be kind." },
  },
  "not-on-platform": {
    title: "Not possible on this platform",
    explanation:
      "Platforms differ in what they can do. With platforms: a rule is limited to those that can; with if: { platform: discord } beside it, one action is. Where an action is refused, its else: is done, or the run ends.",
    wrong:
      'platforms:\n  telegram: { token: "${TELEGRAM_TOKEN}" }\npermissions:\n  staff:\n    allow: [{ role: Moderator }]\n',
    right:
      'platforms:\n  telegram: { token: "${TELEGRAM_TOKEN}" }\npermissions:\n  staff:\n    allow: [{ user: "42" }]\n',
    allowable: true,
  },
  "open-to-everyone": {
    title: "Everyone may use a command that needs a right",
    explanation:
      "This is allowed and may be what you want. Without allow:, the people who may use it are those with the right that its actions need.",
    wrong:
      'commands:\n  hush:\n    allow: everyone\n    options:\n      who: member\n    do:\n      - mute: { member: "{{ options.who }}", for: 1m }\n',
    right:
      'commands:\n  hush:\n    options:\n      who: member\n    do:\n      - mute: { member: "{{ options.who }}", for: 1m }\n',
    allowable: true,
  },
  "nobody-caused-it": {
    title: "Nobody causes this",
    explanation:
      "A schedule is started by the clock, and startup by the bot itself. There is no user then, nobody to answer, and no data of a person: say where a message goes, and whom an action is about.",
    wrong: 'schedules:\n  morning:\n    at: "08:00"\n    do:\n      - reply: Good morning\n',
    right: 'schedules:\n  morning:\n    at: "08:00"\n    do:\n      - send: { to: general, text: Good morning }\n',
  },
  "no-message": {
    title: "There is no message that it could be about",
    explanation:
      "Some actions are about the message that caused the rule, unless they name another. A schedule, somebody who joins or the start of the bot is no message; and what people have written, the bot can delete, but not change.",
    wrong:
      'schedules:\n  morning:\n    at: "08:00"\n    do:\n      - send: { to: general, text: Good morning }\n      - pin\n',
    right:
      'schedules:\n  morning:\n    at: "08:00"\n    do:\n      - send: { to: general, text: Good morning }\n        save_as: sent\n      - pin: "{{ steps.sent }}"\n',
  },
  "maybe-not-saved": {
    title: "What is read may not have been saved",
    explanation:
      "What saves a value is not done on every way that leads to where it is read: it stands in a branch, has an if, or has an else after which the run goes on. Then nothing is shown in its place, and an action that needs it is refused.",
    wrong:
      'commands:\n  hello:\n    do:\n      - ask: What is your name?\n        save_as: name\n        else:\n          - reply: Never mind.\n      - reply: "Hello {{ steps.name }}"\n',
    right:
      'commands:\n  hello:\n    do:\n      - ask: What is your name?\n        save_as: name\n        else:\n          - reply: Never mind.\n          - stop\n      - reply: "Hello {{ steps.name }}"\n',
    allowable: true,
  },
  "never-reached": {
    title: "A rule or command is never reached",
    explanation:
      "Rules hear of an event in the order of the file. One that ends with `stop: event` keeps it from all rules below, and from the command in a message: those that hear nothing else are never done.",
    wrong:
      "rules:\n  - name: Links\n    when: message\n    if: { has_link: true }\n    do:\n      - react: 🔗\n      - stop: event\n  - name: Links in art\n    when: message\n    if: [ has_link: true, channel: art ]\n    do:\n      - react: 🎨\n",
    right:
      "rules:\n  - name: Links in art\n    when: message\n    if: [ has_link: true, channel: art ]\n    do:\n      - react: 🎨\n  - name: Links\n    when: message\n    if: { has_link: true }\n    do:\n      - react: 🔗\n      - stop: event\n",
    allowable: true,
  },
  unreachable: {
    title: "An action never happens",
    explanation:
      "`stop` ends the run, so what stands behind it is never reached. Of the branches of choose, one without if always fits, so those behind it are never reached.",
    wrong: "commands:\n  hello:\n    do:\n      - stop\n      - reply: Hi\n",
    right: "commands:\n  hello:\n    do:\n      - reply: Hi\n      - stop\n",
    allowable: true,
  },
  "inline-secret": {
    title: "A token is written into the file",
    explanation:
      "Files are shared, shown and kept. Put the token into .env or the environment and refer to it with ${NAME}.",
    wrong: 'platforms:\n  telegram: { token: "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI" }\n',
    right: 'platforms:\n  telegram: { token: "${TELEGRAM_TOKEN}" }\n',
    allowable: true,
  },
  "secret-not-set": {
    title: "A secret is not set on this machine",
    explanation:
      "The file is right, but the bot cannot start before the variable has a value: in .env beside the file, or in the environment.",
    wrong: 'platforms:\n  telegram: { token: "${UNSET_TOKEN}" }\n',
    right: "platforms:\n  console: {}\n",
  },
  "no-home-server": {
    title: "No home server is given",
    explanation:
      "Names of channels and roles are looked up in the home servers before the bot starts. Without one, a misspelt name is only found when it is used, and what the clock or the start of the bot brings about finds no channel at all, because it happens on no server.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\ncommands:\n  hello:\n    do:\n      - send: { to: news, text: Hi }\n',
    right:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}", servers: [Harbour] }\ncommands:\n  hello:\n    do:\n      - send: { to: news, text: Hi }\n',
    allowable: true,
  },
  "lets-nobody-in": {
    title: "A permission lets nobody in",
    explanation:
      "Nobody can use what only these people may use: the list is empty, everyone is denied, or what it names does not exist on that platform.",
    wrong: "commands:\n  hello:\n    allow: []\n    do:\n      - reply: Hi\n",
    right: "commands:\n  hello:\n    allow: [{ can: ban_members }]\n    do:\n      - reply: Hi\n",
    allowable: true,
  },
  "never-true": {
    title: "A condition is never true",
    explanation:
      "What is asked cannot be: it contradicts what is asked beside it, it looks at something that is not there, such as a message when somebody joins, or the minimum and maximum of a value leave no room for it.",
    wrong:
      "rules:\n  - name: Links of new people\n    when: member_joined\n    if: { has_link: true }\n    do:\n      - log: A link\n",
    right:
      "rules:\n  - name: Links of new people\n    when: message\n    if: { has_link: true, member_age: { under: 1d } }\n    do:\n      - log: A link\n",
    allowable: true,
  },
  "duplicate-condition": {
    title: "The same is asked twice",
    explanation: "Asking twice changes nothing. Perhaps something else was meant.",
    wrong:
      "rules:\n  - name: Links\n    when: message\n    if: [has_link: true, has_link: true]\n    do: [{ react: 👀 }]\n",
    right: "rules:\n  - name: Links\n    when: message\n    if: [has_link: true]\n    do: [{ react: 👀 }]\n",
    allowable: true,
  },
  "unescaped-url": {
    title: "What people type goes into an address as it is",
    explanation:
      "Signs such as / and ? mean something in an address, so somebody could reach other pages of that server, and where the whole address is typed, any page at all. The filter url_encode makes them harmless, and the query: of http does so by itself.",
    wrong:
      "commands:\n  joke:\n    options: { topic: text }\n    do:\n      - http: https://api.example.org/jokes/{{ options.topic }}\n",
    right:
      'commands:\n  joke:\n    options: { topic: text }\n    do:\n      - http: "https://api.example.org/jokes/{{ options.topic | url_encode }}"\n',
    allowable: true,
  },
  "unused-data": {
    title: "Nothing uses this data",
    explanation: "What is declared under data is there for commands and rules to read and change. None does.",
    wrong: "data:\n  coins: { type: integer }\ncommands:\n  hello: Hi\n",
    right: 'data:\n  coins: { type: integer }\ncommands:\n  hello: "You have {{ data.coins }} coins."\n',
    allowable: true,
  },
  "unused-save": {
    title: "Nothing reads what is saved",
    explanation: "save_as keeps what an action found, for later actions to read as steps.<name>. None does.",
    wrong: "commands:\n  flip:\n    do:\n      - ask: Heads or tails?\n        save_as: side\n      - reply: Heads!\n",
    right:
      'commands:\n  flip:\n    do:\n      - ask: Heads or tails?\n        save_as: side\n      - reply: "You said {{ steps.side }}. Heads!"\n',
    allowable: true,
  },
  "needs-switch": {
    title: "Something must be switched on at the platform",
    explanation:
      "Platforms tell a bot of some things only after somebody has switched it on there, and botctl cannot see from the file whether it was. When it was, the notice can be allowed.",
    wrong:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" }\nrules:\n  - name: No links\n    when: message\n    if: { has_link: true }\n    do: [delete_message]\n',
    right:
      'platforms:\n  discord: { token: "${DISCORD_TOKEN}" } # botctl: allow needs-switch\nrules:\n  - name: No links\n    when: message\n    if: { has_link: true }\n    do: [delete_message]\n',
    allowable: true,
  },
  "typed-pattern": {
    title: "What people type is taken for a pattern",
    explanation:
      "In a pattern, signs such as . and * stand for other signs, so what somebody types could fit everything. contains and equals look for the text as it is.",
    wrong:
      'commands:\n  guess:\n    options: { word: text }\n    do:\n      - reply: Found\n        if: { text: { matches: "{{ options.word }}" } }\n',
    right:
      'commands:\n  guess:\n    options: { word: text }\n    do:\n      - reply: Found\n        if: { text: { contains: "{{ options.word }}" } }\n',
    allowable: true,
  },
  "unknown-code": {
    title: "A comment allows something that does not exist",
    explanation:
      "A comment that begins with botctl: is read by botctl. Behind allow stands the name of the warning that is in order on that line; behind the name there may be a reason.",
    wrong:
      "blocks:\n  greet: [{ reply: Hello }] # botctl: allow unusd-block\ncommands:\n  hello:\n    do:\n      - call: greet\n",
    right:
      "blocks:\n  greet: [{ reply: Hello }] # botctl: allow unused-block until the party\ncommands:\n  hello: Hi\n",
  },
  "allows-nothing": {
    title: "A comment allows what is not told",
    explanation:
      "What the comment allows is not told of its line: it was mended, or the comment stands on another line. Errors, and what keeps the bot from starting, cannot be allowed.",
    wrong: "commands:\n  # botctl: allow unused-block\n  hello: Hi\n",
    right: "commands:\n  hello: Hi\n",
  },
  "too-many-mistakes": {
    title: "More mistakes than are shown",
    explanation: "Often one mistake causes many. Correct the first ones and look again.",
    wrong:
      "data:\n  d0: { type: nothing }\n  d1: { type: nothing }\n  d2: { type: nothing }\n  d3: { type: nothing }\n  d4: { type: nothing }\n  d5: { type: nothing }\n  d6: { type: nothing }\n  d7: { type: nothing }\n  d8: { type: nothing }\n  d9: { type: nothing }\n  d10: { type: nothing }\n  d11: { type: nothing }\n  d12: { type: nothing }\n  d13: { type: nothing }\n  d14: { type: nothing }\n  d15: { type: nothing }\n  d16: { type: nothing }\n  d17: { type: nothing }\n  d18: { type: nothing }\n  d19: { type: nothing }\n  d20: { type: nothing }\n  d21: { type: nothing }\n  d22: { type: nothing }\n  d23: { type: nothing }\n  d24: { type: nothing }\n  d25: { type: nothing }\n  d26: { type: nothing }\n  d27: { type: nothing }\n  d28: { type: nothing }\n  d29: { type: nothing }\n  d30: { type: nothing }\n  d31: { type: nothing }\n  d32: { type: nothing }\n  d33: { type: nothing }\n  d34: { type: nothing }\n  d35: { type: nothing }\n  d36: { type: nothing }\n  d37: { type: nothing }\n  d38: { type: nothing }\n  d39: { type: nothing }\n  d40: { type: nothing }\n  d41: { type: nothing }\n  d42: { type: nothing }\n  d43: { type: nothing }\n  d44: { type: nothing }\n  d45: { type: nothing }\n  d46: { type: nothing }\n  d47: { type: nothing }\n  d48: { type: nothing }\n  d49: { type: nothing }\n  d50: { type: nothing }\n  d51: { type: nothing }\n  d52: { type: nothing }\n  d53: { type: nothing }\n  d54: { type: nothing }\n  d55: { type: nothing }\n  d56: { type: nothing }\n  d57: { type: nothing }\n  d58: { type: nothing }\n  d59: { type: nothing }\n  d60: { type: nothing }\n  d61: { type: nothing }\n  d62: { type: nothing }\n  d63: { type: nothing }\n  d64: { type: nothing }\n  d65: { type: nothing }\n  d66: { type: nothing }\n  d67: { type: nothing }\n  d68: { type: nothing }\n  d69: { type: nothing }\n  d70: { type: nothing }\n  d71: { type: nothing }\n  d72: { type: nothing }\n  d73: { type: nothing }\n  d74: { type: nothing }\n  d75: { type: nothing }\n  d76: { type: nothing }\n  d77: { type: nothing }\n  d78: { type: nothing }\n  d79: { type: nothing }\n  d80: { type: nothing }\n  d81: { type: nothing }\n  d82: { type: nothing }\n  d83: { type: nothing }\n  d84: { type: nothing }\n  d85: { type: nothing }\n  d86: { type: nothing }\n  d87: { type: nothing }\n  d88: { type: nothing }\n  d89: { type: nothing }\n  d90: { type: nothing }\n  d91: { type: nothing }\n  d92: { type: nothing }\n  d93: { type: nothing }\n  d94: { type: nothing }\n  d95: { type: nothing }\n  d96: { type: nothing }\n  d97: { type: nothing }\n  d98: { type: nothing }\n  d99: { type: nothing }\n  d100: { type: nothing }\n",
    right: "data:\n  d0: { type: text }\n",
  },
} satisfies Record<string, CodeEntry>;
