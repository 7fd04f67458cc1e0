/** The public API: what `botctl validate` does, for programs. */
import { inOrder } from "./config/in-order.ts";
import { loadConfig } from "./config/load.ts";
import { textReader } from "./config/text-reader.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { compilePlan } from "./plan/compile.ts";
import { registry } from "./words/registry.ts";

export type { Diagnostic, Position, RelatedPosition, Severity } from "./diagnostics/diagnostic.ts";
export { type Colors, type PrettyOptions, renderPretty } from "./diagnostics/render/pretty.ts";

/**
 * Everything that is to be said about the text of a bot.yaml, in its order; the file may be used when none of it is an
 * error. Secrets are not looked for. `file` is the name that diagnostics use; `others` are the texts of the files that it
 * includes and of its own packs, by their paths.
 */
export async function checkText(
  text: string,
  file = "bot.yaml",
  others: Readonly<Record<string, string>> = {},
): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfig({ file, reader: textReader({ ...others, [file]: text }), words: registry });
  if (!loaded.ok) return loaded.diagnostics;
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  const found = planned.ok ? planned.warnings : planned.diagnostics;
  return inOrder([...loaded.warnings, ...found], loaded.allowances);
}
