import type { CodeEntry } from "./entry.ts";

const greetings = "commands:\n  hello: Hello!\n";

/** Mistakes about the files and packs that a bot is made of. */
export const sourceCodes = {
  "cannot-include": {
    title: "A file that is named cannot be read",
    explanation: "Files under include and packs are looked for beside the file that names them.",
    wrong: "include: [greeting.yaml]\n",
    right: "include: [greetings.yaml]\n",
    files: { "greetings.yaml": greetings },
  },
  "outside-folder": {
    title: "The file is outside of the bot's folder",
    explanation: "Only files in the folder of the bot and in folders inside of it are read, also behind links.",
    wrong: "include: [../greetings.yaml]\n",
    right: "include: [greetings.yaml]\n",
    files: { "greetings.yaml": greetings },
  },
  "included-twice": {
    title: "A file is included twice",
    explanation: "Each file is read once; two files cannot include each other, and none can include itself.",
    wrong: "include: [greetings.yaml, greetings.yaml]\n",
    right: "include: [greetings.yaml]\n",
    files: { "greetings.yaml": greetings },
  },
  "not-in-include": {
    title: "This section belongs into the bot's own file",
    explanation:
      "An included file adds commands, rules, data and the like. Who the bot is and where it runs stands in its own file: bot, platforms, storage, redis and logging.",
    wrong: "include: [other.yaml]\n",
    right: "include: [greetings.yaml]\n",
    files: { "other.yaml": "bot: { name: Other }\n", "greetings.yaml": greetings },
  },
  "unknown-pack": {
    title: "There is no such pack",
    explanation:
      "Under packs stand packs that come with botctl, by name, and packs of your own, by their file: ./packs/mine.yaml.",
    wrong: "packs:\n  funny: {}\n",
    right: "packs:\n  fun: {}\n",
    see: "packs",
  },
  "unknown-pack-part": {
    title: "The pack has no such command or rule",
    explanation: "only and except name commands, rules and schedules as the pack calls them.",
    wrong: "packs:\n  fun: { except: [dice] }\n",
    right: "packs:\n  fun: { except: [roll] }\n",
    see: "packs",
  },
  "replaces-pack": {
    title: "Something in the file takes the place of a pack's",
    explanation:
      "This is allowed and may be what you want: what the file calls by the same name counts instead of what the pack has. To say so, leave the pack's out with except.",
    wrong: "packs:\n  fun: {}\ncommands:\n  coin: Heads, always.\n",
    right: "packs:\n  fun: { except: [coin] }\ncommands:\n  coin: Heads, always.\n",
    allowable: true,
  },
  "packs-clash": {
    title: "Two packs have something of the same name",
    explanation:
      "Leave one out with except, take only what you need with only, or name the commands apart with prefix.",
    wrong: "packs:\n  fun: {}\n  ./coins.yaml: {}\n",
    right: "packs:\n  fun: {}\n  ./coins.yaml: { prefix: my_ }\n",
    files: { "coins.yaml": "pack: { name: coins }\ncommands:\n  coin: Heads, always.\n" },
  },
  "repeated-entry": {
    title: "Two entries of a pack's list are for the same",
    explanation: "A pack may want the entries of a list to differ, such as in the number of warnings that each is for.",
    wrong: "packs:\n  moderation:\n    limits:\n      - { at: 3, do: mute, for: 1h }\n      - { at: 3, do: ban }\n",
    right: "packs:\n  moderation:\n    limits:\n      - { at: 3, do: mute, for: 1h }\n      - { at: 5, do: ban }\n",
  },
  "unknown-setting": {
    title: "A pack has no such setting",
    explanation:
      "A pack says under pack.settings what can be set in it. In a longer text only what has one line can stand: a text, a number, a list of such.",
    wrong: "packs:\n  ./wrong.yaml: {}\n",
    right: "packs:\n  ./right.yaml: {}\n",
    files: {
      "wrong.yaml": 'pack: { name: wrong, settings: { word: text } }\ncommands:\n  say: "{{ settings.wrd }}!"\n',
      "right.yaml": 'pack: { name: right, settings: { word: text } }\ncommands:\n  say: "{{ settings.word }}!"\n',
    },
  },
  "bad-repeat": {
    title: "It is not clear what to repeat for",
    explanation: "In a pack, repeat_for names a list among its settings, and what one item of it is called.",
    wrong: "packs:\n  ./wrong.yaml: {}\n",
    right: "packs:\n  ./right.yaml: {}\n",
    files: {
      "wrong.yaml":
        'pack: { name: wrong, settings: { words: list } }\ncommands:\n  "say_{{ word }}":\n    repeat_for: settings.words\n    do:\n      - reply: Hi\n',
      "right.yaml":
        'pack: { name: right, settings: { words: list } }\ncommands:\n  "say_{{ word }}":\n    repeat_for: word in settings.words\n    do:\n      - reply: Hi\n',
    },
  },
} satisfies Record<string, CodeEntry>;
