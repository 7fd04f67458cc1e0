import type { sections } from "../shape/section-names.ts";

/** What a section of the file is for, with an example: for editors, the reference and `botctl explain`. */
export interface SectionPage {
  readonly about: string;
  /** Run by the tests; the sections that every file needs may be left out. */
  readonly example: string;
  /** Files beside it that the example names. */
  readonly files?: Readonly<Record<string, string>>;
}

export const sectionPages: Readonly<Record<(typeof sections)[number], SectionPage>> = {
  version: { about: "The version of the language: 1.", example: "version: 1\n" },
  include: {
    about: "Other files that this bot is written in, each with sections of its own.",
    example: "include: [commands.yaml]\n",
    files: { "commands.yaml": "commands:\n  hello: Hello there\n" },
  },
  bot: {
    about: "Who the bot is.",
    example: `bot:
  name: Harbour
  description: Keeps the harbour server tidy
  timezone: Europe/Madrid
  activity: { type: watching, text: for /help }
`,
  },
  platforms: {
    about: "Where the bot runs: one platform or several, each with what it needs to get in.",
    example: `platforms:
  discord:
    token: "\${DISCORD_TOKEN}"
    servers: [Harbour]
  telegram:
    token: "\${TELEGRAM_TOKEN}"
    servers: ["-1001234567890"]
`,
  },
  storage: {
    about:
      "Where the bot keeps what it must remember: sqlite: and a file, or a postgres:// address. Left out, it is sqlite:./data/bot.db.",
    example: "storage: sqlite:./data/harbour.db\n",
  },
  redis: {
    about: "The address of a Redis, for limits that several bots share. Most bots need none.",
    example: 'redis: "${REDIS_URL}"\n',
  },
  logging: {
    about: "What the bot writes about its work, for the people who run it.",
    example: "logging:\n  level: info\n  file: ./logs/bot.log\n",
  },
  names: {
    about: "One name for a channel or role that is called differently on each platform.",
    example: `platforms:
  discord:
    token: "\${DISCORD_TOKEN}"
    servers: [Harbour]
  slack:
    bot_token: "\${SLACK_BOT_TOKEN}"
    app_token: "\${SLACK_APP_TOKEN}"
    servers: [Harbour]
names:
  news: { discord: announcements, slack: general }
commands:
  hello:
    allow: everyone
    do:
      - send: { to: news, text: Hello everybody }
`,
  },
  permissions: {
    about:
      "Named groups of people, to write behind allow and deny. Any line of allow lets somebody in; deny keeps them out, whatever lets them in.",
    example: `permissions:
  moderators:
    allow:
      - can: ban_members
      - role: Moderator
    deny:
      - role: Muted
commands:
  hello:
    allow: moderators
    do:
      - reply: Hello, moderator
`,
  },
  rate_limits: {
    about:
      "How often is too often, under names of your own for the rate_limit of commands and rules. The one named default is for every command.",
    example: `rate_limits:
  default: 5 per 10s per user
  costly: { limit: 2, window: 1m, per: channel, when_limited: "Slow down: {{ retry_after }}" }
commands:
  joke:
    rate_limit: costly
    do:
      - reply: Knock, knock
`,
  },
  audit: {
    about: "What is kept of what was done, how long, and where else it is told.",
    example: "audit:\n  record: [moderation, permissions, config]\n  keep: 30d\n",
  },
  messages: {
    about: "What the bot says of its own accord, in other words or other languages.",
    example: `messages:
  not_allowed: "Sorry, {{ command }} is not for you."
  de: { not_allowed: "Das darfst du nicht: {{ command }}" }
`,
  },
  data: {
    about: "What the bot remembers, under names of your own: what kind of value it is, and whose.",
    example: `data:
  coins: { type: integer, scope: member, default: 0, minimum: 0 }
  motd: { type: text, scope: server }
commands:
  coins: "You have {{ data.coins }} coins. {{ data.motd }}"
  daily:
    cooldown: 1 per day
    do:
      - add: { data: coins, amount: 10 }
  motd:
    allow: [{ can: manage_server }]
    options: { text: text }
    do:
      - set: { data: motd, value: "{{ options.text }}" }
`,
  },
  packs: {
    about: "Ready-made command sets, each with settings of its own.",
    example: "packs:\n  fun: {}\n",
  },
  commands: {
    about: "What people can ask for by name. A text is the answer; for more there is do.",
    example: `commands:
  rules: "Be kind. Full rules: https://example.org/rules"
  greet:
    description: Say hello to somebody
    options:
      member: { type: member, description: Whom to greet }
      times: { type: integer, minimum: 1, maximum: 3, required: no }
    rate_limit: 3 per 1m per user
    do:
      - reply: "Hello, {{ options.member.name }}!"
`,
  },
  rules: {
    about: "What the bot does without being asked: when something happens, if something holds, do something.",
    example: `rules:
  - name: Welcome
    when: member_joined
    do:
      - reply: "Welcome {{ user.mention }}!"
  - name: No links
    when: [message, message_edited]
    if:
      - has_link: true
    do:
      - delete_message
`,
  },
  schedules: {
    about: "What the bot does when the clock says so, under names of your own.",
    example: `schedules:
  game_night:
    at: "18:00"
    days: [fri]
    do:
      - send: { to: games, text: Game night! }
  stretch:
    every: 2h
    do:
      - send: { to: games, text: Time to stretch }
`,
  },
  blocks: {
    about: "Actions under a name of their own, for any command or rule to call.",
    example: `blocks:
  greet:
    options: { name: text }
    do:
      - reply: "Welcome, {{ options.name }}!"
commands:
  hello:
    do:
      - call: { block: greet, with: { name: "{{ user.name }}" } }
`,
  },
  tests: {
    about: "What people say and what the bot must do then, run by botctl test without a network.",
    example: `commands:
  hello: "Hello {{ user.name }}"
tests:
  - name: the bot greets
    steps:
      - ada: /hello
      - bot: Hello ada
`,
  },
};
