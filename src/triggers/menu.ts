import { defineTrigger } from "../contracts/word.ts";
import { t } from "../language/types.ts";

export const menu = defineTrigger({
  name: "menu",
  summary: "Somebody picks in a menu of this bot: user is that person, picked the list of what was picked.",
  tells: ["somebody picks in the menu {placeholder}", "somebody picks in a menu"],
  short: "placeholder",
  fields: {
    placeholder: {
      kind: "plain",
      about: "Only the menu with this placeholder. Every menu, if left out.",
      optional: true,
      maxLength: 100,
      examples: ["Pick a colour"],
    },
  },
  events: ["picked"],
  matches:
    ({ placeholder }) =>
    ({ event }) =>
      event.kind === "picked" && (placeholder === undefined || event.menu.toLowerCase() === placeholder.toLowerCase()),
  variables: () => ({ picked: t.list(t.text) }),
  values: (event) => (event.kind === "picked" ? { picked: event.picked } : {}),
  feeds: ["buttons"],
  uses: ["messages.buttons"],
  hasMessage: false,
  examples: [{ about: "One menu", yaml: "menu: Pick a colour" }],
});
