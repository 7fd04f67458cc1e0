import { defineTrigger } from "../contracts/word.ts";

export const flood = defineTrigger({
  name: "flood",
  summary:
    "Many messages in a short time. It starts once for each burst: with the message that is one too many, and not again before it was quiet for as long.",
  tells:
    "{per?user=somebody writes|channel=people write in one channel|server=people write on one server} {messages} messages within {within}",
  fields: {
    messages: { kind: "integer", about: "How many messages are a flood.", default: 6, minimum: 2, maximum: 1000 },
    within: { kind: "duration", about: "In which time.", default: "5s", minimumMs: 1000, maximumMs: 86_400_000 },
    per: {
      kind: "choice",
      values: ["user", "channel", "server"],
      about: "Whose messages are counted together: one person's on a server, all in a channel, or all on a server.",
      default: "user",
    },
  },
  events: ["message"],
  counts: true,
  matches:
    ({ messages, within, per }) =>
    ({ event, burst }) => {
      const here = event.server?.id ?? event.channel?.id ?? "";
      const whose = { user: `${here} ${event.user.id}`, channel: event.channel?.id ?? here, server: here };
      return burst(whose[per as keyof typeof whose], messages, within);
    },
  feeds: ["messages"],
  uses: ["events.message"],
  hasMessage: true,
  examples: [
    { about: "Six messages of one person in five seconds", yaml: "flood: { messages: 6, within: 5s }" },
    {
      about: "A channel in which everybody writes at once",
      yaml: "flood: { messages: 40, within: 10s, per: channel }",
    },
  ],
});
