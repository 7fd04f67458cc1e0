import { defineAction } from "../contracts/word.ts";

export const stop = defineAction({
  name: "stop",
  aka: ["end", "exit", "return"],
  summary:
    "Ends here: nothing after it is done. Inside a block or a loop it ends the whole run, the caller too; of things done at once, only its own.",
  tells: "stop here[{what?event=, and let no later rule or command hear of this}]",
  bare: true,
  short: "what",
  fields: {
    what: {
      kind: "choice",
      values: ["run", "event"],
      about: "Write event to keep later rules, and the command in the message, from running too.",
      default: "run",
    },
  },
  repeatable: true,
  decides: true,
  stops: true,
  outcomes: { done: "Nothing after it is done." },
  examples: [
    { about: "End this rule", yaml: "stop" },
    { about: "Let nothing else happen to this message", yaml: "stop: event" },
  ],
  run({ what }) {
    return { end: "stop", event: what === "event" };
  },
});
