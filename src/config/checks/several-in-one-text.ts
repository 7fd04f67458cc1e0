import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { testsOf } from "./walk.ts";

/** Words with commas between them, each of one or two parts: hardly what somebody writes in a message. */
const words = /^[\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+)?(?:\s*[,;]\s*[\p{L}\p{N}_-]+(?: [\p{L}\p{N}_-]+)?)+$/u;

/** `contains: "spam, scam"`: one text, where a list of them was meant. */
export const severalInOneText: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const { test, args } of testsOf(context, rule)) {
      const word = context.words.conditions.get(test);
      if (word?.kind !== "condition") continue;
      for (const [key, field] of Object.entries(word.fields)) {
        const value = args[key];
        if (field.kind !== "list" || field.of.kind !== "plain" || !Array.isArray(value) || value.length !== 1) continue;
        const [text] = value as readonly unknown[];
        if (typeof text !== "string" || !words.test(text)) continue;
        const at = context.origins.position(value, 0);
        const message = `"${text}" is one text, with its commas; several texts are a list.`;
        const hint = `write [${text.split(/\s*[,;]\s*/).join(", ")}], without the quotes`;
        if (at !== undefined) yield warningAt(at, { code: "several-in-one-text", message, hint });
      }
    }
};
