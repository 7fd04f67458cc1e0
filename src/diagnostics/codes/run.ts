import type { CodeEntry } from "./entry.ts";

/** What only shows when the bot connects: the platform has the last word. */
export const runCodes = {
  "platform-start": {
    title: "A platform could not be started",
    explanation:
      "The platform refused the connection, or something that it needs is missing: a token that is not set or not valid, a switch in the platform's developer portal that is off. The other platforms of the file run all the same.",
    wrong: "botctl run bot.yaml",
    right: "DISCORD_TOKEN=the-token-of-your-bot botctl run bot.yaml",
    shell: true,
  },
  "unknown-server": {
    title: "The bot is not in that server",
    explanation:
      "Every server under servers: is one that the bot was invited to. Invite it there first, or mend the name.",
    wrong: "botctl run bot.yaml",
    right: "botctl run bot.yaml",
    shell: true,
  },
  "unknown-name": {
    title: "A channel or role of that name was not found",
    explanation:
      "Every name in the file must exist in the servers listed under servers:, so that a slip shows before the start and not when somebody needs it.",
    wrong: "botctl run bot.yaml",
    right: "botctl run bot.yaml",
    shell: true,
  },
  "data-changed": {
    title: "Data is stored as something else",
    explanation:
      "What a name under data holds was stored with another type or another scope, and would be misread. Give the new thing a new name; what is stored under the old one stays. Numbers, texts and choices can be converted where the type alone changed: write convert: yes beside it, and every value is converted at the start or the reload, or none where one does not fit.",
    wrong: "botctl run bot.yaml",
    right: "botctl run bot.yaml",
    shell: true,
  },
  "test-failed": {
    title: "A test of the file does not hold",
    explanation:
      "`botctl test` rehearses the bot: the steps of the test happen one after the other, and at this one the bot had not done what it says. Either the rule or the test is wrong; what happened up to there stands below the line.",
    wrong: "botctl test bot.yaml",
    right: "botctl test bot.yaml",
    shell: true,
  },
} as const satisfies Record<string, CodeEntry>;
