import type { MessageContent } from "../contracts/event.ts";
import { defineCondition } from "../contracts/word.ts";
import { messageOf } from "./shared/message.ts";

export const mentions_over = defineCondition({
  name: "mentions_over",
  summary: "The message mentions more people and roles than this. Whoever is mentioned twice counts once.",
  tells: "the message mentions {?more|not more} than {count} people and roles",
  short: "count",
  fields: { count: { kind: "integer", about: "How many mentions are still fine.", minimum: 0, examples: [5] } },
  feeds: ["message_text"],
  examples: [{ about: "More than five people at once", yaml: "mentions_over: 5" }],
  steady: true,
  compile({ count }) {
    return ({ event }) => {
      const message = messageOf(event);
      return message === undefined ? undefined : mentioned(message) > count;
    };
  },
});

function mentioned({ entities, usernames = [] }: MessageContent): number {
  const seen = new Set(usernames.map((name) => name.toLowerCase()));
  for (const { kind, id } of entities) {
    if (kind === "channel") continue;
    seen.add(`${kind} ${id}`);
  }
  return seen.size;
}
