import { defineCondition } from "../contracts/word.ts";

export const platform = defineCondition({
  name: "platform",
  summary: "It happens on this platform, or on one of these.",
  tells: "it {?happens|does not happen} on {name}",
  short: "name",
  fields: {
    name: {
      kind: "list",
      of: { kind: "platform_name", about: "The name of a platform, as it stands under platforms." },
      about: "A platform of this bot, or several.",
      lone: true,
    },
  },
  examples: [{ about: "Only on Discord", yaml: "platform: discord" }],
  steady: true,
  compile({ name: names }) {
    return ({ event }) => names.includes(event.platform);
  },
});
