import type { Fields } from "../../../contracts/fields.ts";

/** `logging:` */
export const loggingFields = {
  level: {
    kind: "choice",
    values: ["debug", "info", "warn", "error"],
    about: "How much is written: debug says everything, error only what went wrong.",
    default: "info",
  },
  format: {
    kind: "choice",
    values: ["auto", "pretty", "json"],
    about: "For people or for programs; auto is pretty at a terminal and json elsewhere.",
    default: "auto",
  },
  file: { kind: "plain", about: "A file that gets the same lines.", optional: true, examples: ["./logs/bot.log"] },
} as const satisfies Fields;
