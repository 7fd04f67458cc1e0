import { warningAt } from "../diagnostics/diagnostic.ts";
import type { UnsureRead } from "../language/types.ts";
import type { RuleContext } from "./context.ts";

/** Warns of a value that may not be there, at the first place that reads it. */
export function reportUnsure(
  context: RuleContext,
  reads: readonly UnsureRead[],
  node: object,
  key: string | number,
  isText: boolean,
  braces = 0,
): void {
  for (const { path, offset, length, asked: isAsked } of reads) {
    const name = path.join(".");
    if (isAsked || context.notes.missed.has(name)) continue;
    context.notes.missed.add(name);
    const at = context.origins.inText(node, key, offset + braces, length);
    if (at === undefined) continue;
    const save = path.length === 2 ? context.unsure.get(path[1]!) : undefined;
    const saved = save === undefined ? undefined : context.origins.position(save.by, "save_as");
    const message = `"${name}" may not be there: the bot can come here without having saved it.`;
    const other = isText
      ? "say what is shown in its place with | default: 'nothing'"
      : "end with stop where it is not saved";
    const hint = path[0] === "steps" ? `ask before with if: ${name}, or ${other}` : other;
    context.problems.push(
      warningAt(at, {
        code: "maybe-not-saved",
        message,
        hint,
        ...(saved === undefined ? {} : { related: [{ ...saved, message: "it is saved here." }] }),
      }),
    );
  }
}
