import { defineAction, done } from "../contracts/word.ts";
import { plainText } from "../language/rich-text.ts";

export const audit = defineAction({
  name: "audit",
  summary: "Writes a row of your own into the audit log.",
  tells: "write into the audit log: {text}",
  short: "text",
  fields: { text: { kind: "text", about: "What the row says.", maxLength: 1000 } },
  outcomes: { done: "The row is in the audit log.", failed: "The row could not be stored." },
  examples: [{ about: "Note that the shop was used", yaml: 'audit: "{{ user.name }} has bought a rose"' }],
  async run({ text }, context) {
    await context.audit(plainText(text));
    return done;
  },
});
