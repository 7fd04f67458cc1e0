import { defineCondition } from "../contracts/word.ts";

export const direct = defineCondition({
  name: "direct",
  summary: "Whether it happens in a private conversation with the bot.",
  tells: "it {?happens|does not happen} in private",
  short: "is",
  fields: { is: { kind: "boolean", about: "Yes for private conversations, no for servers." } },
  examples: [{ about: "Only in private", yaml: "direct: true" }],
  steady: true,
  compile({ is }) {
    return ({ event }) => (event.channel === undefined ? undefined : event.channel.direct === is);
  },
});
