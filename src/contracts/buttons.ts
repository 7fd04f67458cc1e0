import type { Fields } from "./fields.ts";

/** What one button under a message may say; shared by every word that sends messages. */
export const buttonFields = {
  label: { kind: "plain", about: "What the button says.", maxLength: 75 },
  do: { kind: "actions", about: "What happens when somebody presses it.", optional: true },
  run: { kind: "command_name", about: "The command that a press runs.", optional: true },
  allow: { kind: "who", about: "Who may press it. Everybody, if left out.", optional: true },
  style: {
    kind: "choice",
    values: ["primary", "secondary", "success", "danger"],
    about: "How it looks, where the platform has colours.",
    default: "secondary",
  },
  emoji: { kind: "emoji", about: "A picture before the label.", optional: true },
  url: { kind: "plain", format: "url", about: "A page to open instead of doing something.", optional: true },
  once: { kind: "boolean", about: "Whether it works only for the first press.", default: false },
} as const satisfies Fields;
