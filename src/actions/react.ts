import { defineAction, done, notDone } from "../contracts/word.ts";

export const react = defineAction({
  name: "react",
  summary: "Puts a reaction on the message that caused this.",
  short: "emoji",
  fields: { emoji: { kind: "emoji", about: "The emoji to react with.", examples: ["👍"] } },
  uses: ["messages.react"],
  repeatable: true,
  outcomes: {
    done: "The reaction stands under the message.",
    not_done: "There is no message, or the platform does not know or allow this emoji there.",
    failed: "The platform could not be reached.",
  },
  examples: [{ about: "Show that a message was seen", yaml: 'react: "👀"' }],
  async run({ emoji }, { event, platform }) {
    if (event.kind !== "message" || event.channel === undefined)
      return notDone("There is no message here to react to.");
    await platform.react(event.channel.id, event.message.id, emoji);
    return done;
  },
});
