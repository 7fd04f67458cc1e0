import type { CanonicalValue } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { hasTags } from "../../language/template/scan.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";

/** What can be chosen is there once: platforms refuse a list in which two cannot be told apart. */
export const choices: Check = function* (context) {
  for (const rule of context.config.rules) {
    const blocks = Object.values(rule.blocks ?? {});
    for (const { options } of [...blocks, ...(rule.command === undefined ? [] : [rule.command])])
      for (const option of options) if (option.choices !== undefined) yield* twice(context, option.choices);
  }
  for (const { key, value } of argumentsOfKind(context, "list"))
    if (key === "choices" && Array.isArray(value)) yield* twice(context, value);
};

function* twice({ origins }: CheckContext, list: readonly CanonicalValue[]): Generator<Diagnostic> {
  const first = new Map<string, number>();
  for (const [index, item] of list.entries()) {
    const text = textOf(item);
    if (text === undefined) continue;
    const before = first.get(text);
    first.set(text, before ?? index);
    const at = before === undefined ? undefined : origins.position(list, index);
    if (at === undefined) continue;
    const other = origins.position(list, before);
    yield errorAt(at, {
      code: "duplicate-choice",
      message: `"${text}" is a choice already.`,
      hint: "delete one of them",
      ...(other === undefined || other.line === at.line ? {} : { related: [{ ...other, message: "it is here." }] }),
    });
  }
}

/** What a choice stands for: where it is shown with more words, its value. */
function textOf(item: CanonicalValue): string | undefined {
  const written =
    typeof item === "object" && item !== null ? (item as { value?: unknown; label?: unknown }) : undefined;
  const text = written === undefined ? item : (written.value ?? written.label);
  // What texts fill in may come out as something else.
  return typeof text === "string" && !hasTags(text) ? text : undefined;
}
