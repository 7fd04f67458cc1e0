import type { Json } from "../contracts/event.ts";
import { defineAction, done } from "../contracts/word.ts";

export const emit = defineAction({
  name: "emit",
  summary: "Lets something happen under a name of your own: rules with the trigger custom_event hear of it.",
  tells: "let {event} happen[, with {values}]",
  short: "event",
  fields: {
    event: { kind: "plain", about: "Its name.", maxLength: 100, examples: ["level_up"] },
    values: {
      kind: "map",
      of: { kind: "value", about: "A value." },
      about: "What the rules can read of it, as values.<name>.",
      optional: true,
    },
  },
  outcomes: { done: "The rules that listen for it begin when this run has ended, or waits." },
  examples: [
    { about: "Say that somebody has come far", yaml: "emit: level_up" },
    { about: "And how far", yaml: "emit: { event: level_up, values: { level: 3 } }" },
  ],
  run({ event, values = {} }, context) {
    const plain = JSON.parse(JSON.stringify(values)) as Readonly<Record<string, Json>>;
    context.raise({ kind: "custom_event", name: event, values: plain });
    return done;
  },
});
