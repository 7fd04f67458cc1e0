import type { MessageContent } from "../contracts/event.ts";
import { defineCondition } from "../contracts/word.ts";
import { messageOf } from "./shared/message.ts";

export const caps_over = defineCondition({
  name: "caps_over",
  summary:
    "More of the message's letters are capitals than this. Short messages and the names in mentions do not count.",
  tells: "{?more|not more} than {percent} of the message is in capitals[, where it has {min_length} letters or more]",
  short: "percent",
  fields: {
    percent: { kind: "percent", about: "The share of capital letters that is still fine.", examples: ["70%"] },
    min_length: {
      kind: "integer",
      about: "Messages with fewer letters are let be.",
      minimum: 1,
      default: 10,
    },
  },
  feeds: ["message_text"],
  examples: [
    { about: "Mostly shouted", yaml: "caps_over: 70%" },
    { about: "Short messages too", yaml: "caps_over: { percent: 90%, min_length: 4 }" },
  ],
  steady: true,
  compile({ percent, min_length }) {
    return ({ event }) => {
      const message = messageOf(event);
      if (message === undefined) return undefined;
      const { letters, capitals } = count(message);
      return letters >= min_length && capitals > percent * letters;
    };
  },
});

/** Letters that can be small or capital, without those of mentions. */
function count({ text, entities }: MessageContent): { letters: number; capitals: number } {
  let letters = 0;
  let capitals = 0;
  const add = (from: number, to: number) => {
    for (let i = from; i < to; i++) {
      const code = text.charCodeAt(i);
      // Most letters in most messages are these, and looking others up costs a hundred times as much.
      if (code < 0x80) {
        if (code >= 97 && code <= 122) letters++;
        else if (code >= 65 && code <= 90) {
          letters++;
          capitals++;
        }
        continue;
      }
      const sign = String.fromCodePoint(text.codePointAt(i)!);
      i += sign.length - 1;
      const small = sign.toLowerCase();
      if (small === sign && sign.toUpperCase() === sign) continue;
      letters++;
      if (small !== sign) capitals++;
    }
  };
  let at = 0;
  for (const { offset, length } of entities) {
    add(at, offset);
    at = Math.max(at, offset + length);
  }
  add(at, text.length);
  return { letters, capitals };
}
