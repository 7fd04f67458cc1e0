import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";

export const button = defineTrigger({
  name: "button",
  aka: ["press", "click", "pressed"],
  summary: "Somebody presses a button of this bot: user is that person, button.label what the button says.",
  tells: ["somebody presses the button {label}", "somebody presses a button"],
  short: "label",
  fields: {
    label: {
      kind: "plain",
      about: "Only buttons that say this. Every button, if left out.",
      optional: true,
      maxLength: 75,
      examples: ["Claim"],
    },
  },
  events: ["pressed"],
  matches:
    ({ label }) =>
    ({ event }) =>
      event.kind === "pressed" && (label === undefined || event.label.toLowerCase() === label.toLowerCase()),
  variables: () => ({ button: t.object("button", { label: t.text }, "label") }),
  values: (event) => (event.kind === "pressed" ? { button: { label: event.label } } : {}),
  feeds: ["buttons"],
  uses: ["messages.buttons"],
  hasMessage: false,
  examples: [
    { about: "Buttons that say Claim; such a button needs no do of its own", yaml: "button: Claim" },
    { about: "Every button", yaml: "button" },
  ],
});
