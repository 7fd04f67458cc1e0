import type { Fields } from "./fields.ts";

/** What one button under a message may say; shared by every word that sends messages. */
export const buttonFields = {
  label: { kind: "plain", about: "What the button says.", maxLength: 75, examples: ["Yes"] },
  if: {
    kind: "condition",
    about: "When it is shown. It is asked again when somebody presses the button.",
    optional: true,
  },
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

/** What a menu under a message may say. */
export const menuFields = {
  choices: {
    kind: "list",
    about: "What can be picked.",
    minItems: 1,
    maxItems: 25,
    of: {
      kind: "object",
      about: "One choice.",
      short: "label",
      fields: {
        label: { kind: "plain", about: "What it is called.", maxLength: 75 },
        value: { kind: "plain", about: "What picked holds. The label, if left out.", optional: true, maxLength: 100 },
        description: {
          kind: "plain",
          about: "A line under the label.",
          optional: true,
          maxLength: 100,
          limit: "menuDescriptionLength",
        },
        emoji: { kind: "emoji", about: "A picture before the label.", optional: true },
      },
    },
  },
  do: { kind: "actions", about: "What happens when somebody has picked; picked holds what." },
  multiple: {
    kind: "boolean",
    about: "Whether several can be picked at once; picked is a list then.",
    default: false,
  },
  placeholder: {
    kind: "plain",
    about: "What stands in the menu while nothing is picked.",
    optional: true,
    maxLength: 100,
  },
  allow: { kind: "who", about: "Who may pick. Everybody, if left out.", optional: true },
  once: { kind: "boolean", about: "Whether it works only for the first time.", default: false },
} as const satisfies Fields;
