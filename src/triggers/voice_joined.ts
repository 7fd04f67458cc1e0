import { defineTrigger } from "../contracts/word.ts";

export const voice_joined = defineTrigger({
  name: "voice_joined",
  summary: "Somebody comes into a voice channel; channel is which one.",
  tells: "somebody comes into a voice channel",
  fields: {},
  events: ["voice_joined"],
  feeds: ["voice"],
  uses: ["events.voice"],
  hasMessage: false,
  examples: [{ about: "Whoever comes to talk", yaml: "voice_joined" }],
});
