/** The public API: what `botctl validate` does, for programs. */
import { loadConfig } from "./config/load.ts";
import type { FileReader } from "./config/read.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { compilePlan } from "./plan/compile.ts";
import { registry } from "./words/registry.ts";

export type { Diagnostic, Position, RelatedPosition, Severity } from "./diagnostics/diagnostic.ts";
export { type Colors, type PrettyOptions, renderPretty } from "./diagnostics/render/pretty.ts";

/**
 * Everything that is to be said about the text of a bot.yaml, in its order; the file may be used when none of it is an
 * error. Secrets are not looked for. `file` is the name that diagnostics use.
 */
export async function checkText(text: string, file = "bot.yaml"): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfig({ file, reader: textReader(text), words: registry });
  if (!loaded.ok) return loaded.diagnostics;
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  const found = planned.ok ? planned.warnings : planned.diagnostics;
  return [...loaded.warnings, ...found].sort((a, b) => a.line - b.line || a.column - b.column);
}

function textReader(text: string): FileReader {
  const bytes = new TextEncoder().encode(text);
  return {
    stat: async () => ({ kind: "file", size: bytes.length }),
    read: async (_path, limit) => bytes.subarray(0, limit),
    readStdin: async (limit) => bytes.subarray(0, limit),
  };
}
