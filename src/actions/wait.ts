import { defineAction } from "../contracts/word.ts";

export const wait = defineAction({
  name: "wait",
  aka: ["sleep", "delay", "pause", "remind", "remind_me", "reminder", "timer"],
  summary: "Waits before the next action, even across a restart of the bot.",
  tells: "wait {for}",
  short: "for",
  fields: { for: { kind: "duration", about: "How long.", examples: ["10m"] } },
  repeatable: true,
  waits: true,
  outcomes: { done: "The time is over.", failed: "The wait could not be stored." },
  examples: [{ about: "Wait ten minutes", yaml: "wait: 10m" }],
  run({ for: length }, { now }) {
    return { end: "suspend", until: now + length };
  },
});
