import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { compileTemplate } from "../../language/template/compile.ts";
import { sentenceForms } from "../../sentences/catalogue.ts";
import { scopeOf } from "../../sentences/speaker.ts";
import type { Check, CheckContext } from "./check.ts";

/** What the bot says in other words may show the variables of its sentence, and no others. */
export const messages: Check = function* (context) {
  const { own, languages } = context.config.messages ?? { own: {}, languages: {} };
  for (const texts of [own, ...Object.values(languages)]) yield* wrongTexts(context, texts);
};

function* wrongTexts({ origins }: CheckContext, texts: Readonly<Record<string, string>>): Generator<Diagnostic> {
  for (const [key, text] of Object.entries(texts)) {
    const compiled = compileTemplate(text, scopeOf(sentenceForms.get(key)!));
    if (compiled.ok) continue;
    for (const { code, message, hint: meant, offset, length } of compiled.problems) {
      const hint = code === "unknown-variable" && meant?.startsWith("did you mean") !== true ? shows(key) : meant;
      const at = origins.inText(texts, key, offset, length);
      if (at !== undefined)
        yield errorAt(at, { code, message: `${message}.`, ...(hint === undefined ? {} : { hint }) });
    }
  }
}

function shows(key: string): string {
  const names = Object.keys(sentenceForms.get(key)!.variables);
  return names.length === 0 ? "this sentence has no values to show" : `it can show ${names.join(", ")}`;
}
