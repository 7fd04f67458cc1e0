import { defineTrigger } from "../contracts/word.ts";

export const thread_created = defineTrigger({
  name: "thread_created",
  summary: "Somebody begins a thread; channel is the thread.",
  tells: "somebody begins a thread",
  fields: {},
  events: ["thread_created"],
  feeds: ["threads"],
  uses: ["events.threads"],
  hasMessage: false,
  examples: [{ about: "Every new thread", yaml: "thread_created" }],
});
