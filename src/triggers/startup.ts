import { defineTrigger } from "../contracts/word.ts";

export const startup = defineTrigger({
  name: "startup",
  aka: ["start", "ready", "started", "on_ready"],
  summary: "The bot has started. It happens once on each home server.",
  tells: "the bot starts",
  fields: {},
  events: ["startup"],
  feeds: [],
  hasMessage: false,
  nobody: true,
  examples: [{ about: "Whenever the bot comes back", yaml: "startup" }],
});
