import { defineTrigger } from "../contracts/word.ts";

export const mention = defineTrigger({
  name: "mention",
  aka: ["mentioned"],
  summary: "Somebody mentions the bot in a message that calls none of its commands.",
  tells: "somebody mentions the bot",
  fields: {},
  events: ["message"],
  hears: (event, self) =>
    event.kind === "message" &&
    self !== undefined &&
    event.message.entities.some(({ kind, id }) => kind === "user" && id === self.id),
  matches: () => (context) => !context.callsCommand,
  feeds: ["messages"],
  uses: ["events.message"],
  hasMessage: true,
  addressed: true,
  examples: [{ about: "Whenever somebody mentions the bot", yaml: "mention" }],
});
