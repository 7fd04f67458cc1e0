import { inOrder } from "../../src/config/in-order.ts";
import { type Loaded, loadConfig } from "../../src/config/load.ts";
import { textReader } from "../../src/config/text-reader.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { renderPretty } from "../../src/diagnostics/render/pretty.ts";
import { compilePlan } from "../../src/plan/compile.ts";
import { registry } from "../../src/words/registry.ts";

/** Every variable is set, but for those whose name says otherwise. */
const secrets = {
  env: (name: string) => (name.startsWith("UNSET_") ? undefined : "set"),
  file: () => "set",
};

/** Loads a text as bot.yaml, with other files beside it. */
export function loadText(text: string, files: Readonly<Record<string, string>> = {}): Promise<Loaded> {
  const reader = textReader({ ...files, "bot.yaml": text });
  return loadConfig({ file: "bot.yaml", reader, words: registry, secrets });
}

/** Everything that is said about a file before a bot starts: by its shape, its checks and its plan. */
export function diagnosticsOf(loaded: Loaded): readonly Diagnostic[] {
  if (!loaded.ok) return loaded.diagnostics;
  const planned = compilePlan(loaded.config, loaded.origins, registry);
  const found = planned.ok ? planned.warnings : planned.diagnostics;
  return inOrder([...loaded.warnings, ...found], loaded.allowances);
}

/** What a terminal would show for a text, without colours. */
export function shown(loaded: Loaded, diagnostics = diagnosticsOf(loaded)): string {
  return renderPretty(diagnostics, { sourceOf: (file) => loaded.sources.get(file) });
}

/** Examples show the part that matters; the sections that every file needs are put around it. */
export function whole(example: string): string {
  if (/^(%|-|#)/.test(example)) return example;
  const needed = { version: "1", bot: "{ name: Harbour }", platforms: "{ console: {} }" };
  const missing = Object.entries(needed).filter(([key]) => !new RegExp(`^${key}:`, "m").test(example));
  return example + missing.map(([key, value]) => `${key}: ${value}\n`).join("");
}
