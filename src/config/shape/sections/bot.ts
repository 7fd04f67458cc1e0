import type { Fields } from "../../../contracts/fields.ts";

/** `bot:` */
export const botFields = {
  name: { kind: "plain", about: "The name of the bot.", maxLength: 80, examples: ["Harbour"] },
  description: { kind: "plain", about: "One line about what the bot does.", default: "", maxLength: 400 },
  timezone: {
    kind: "plain",
    format: "timezone",
    about: "The time zone that now, today and every schedule use: a continent and a city.",
    default: "UTC",
    examples: ["Europe/Madrid"],
  },
  language: {
    kind: "plain",
    format: "language",
    about: "The language of dates, numbers and durations in the bot's answers, and of what stands under messages.",
    default: "en",
    examples: ["en"],
  },
  activity: {
    kind: "object",
    about: "What the bot is shown to be doing, where the platform shows it.",
    optional: true,
    fields: {
      type: {
        kind: "choice",
        values: ["playing", "watching", "listening", "competing", "custom"],
        about: "The word before the text.",
        default: "playing",
      },
      text: { kind: "plain", about: "What it is doing.", maxLength: 128, examples: ["for /help"] },
    },
    short: "text",
  },
} as const satisfies Fields;
