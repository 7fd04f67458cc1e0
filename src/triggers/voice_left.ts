import { defineTrigger } from "../contracts/word.ts";

export const voice_left = defineTrigger({
  name: "voice_left",
  summary: "Somebody leaves a voice channel; channel is which one.",
  tells: "somebody leaves a voice channel",
  fields: {},
  events: ["voice_left"],
  feeds: ["voice"],
  uses: ["events.voice"],
  hasMessage: false,
  examples: [{ about: "Whoever stops talking", yaml: "voice_left" }],
});
