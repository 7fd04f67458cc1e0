import { defineTrigger } from "../contracts/word.ts";

export const raid = defineTrigger({
  name: "raid",
  summary:
    "Many people join a server in a short time; user is the one who was one too many. It starts once, and not again before it was quiet for as long.",
  tells: "{joins} people join {server} within {within}",
  fields: {
    joins: { kind: "integer", about: "How many people are a raid.", default: 10, minimum: 2, maximum: 1000 },
    within: { kind: "duration", about: "In which time.", default: "1m", minimumMs: 1000, maximumMs: 86_400_000 },
  },
  events: ["member_joined"],
  counts: true,
  matches:
    ({ joins, within }) =>
    ({ event, burst }) =>
      burst(event.server?.id ?? "", joins, within),
  feeds: ["members"],
  uses: ["events.member_joined"],
  hasMessage: false,
  examples: [{ about: "Ten people in a minute", yaml: "raid: { joins: 10, within: 1m }" }],
});
