import { loadConfig } from "../config/load.ts";
import { nodeReader } from "../config/node-reader.ts";
import { stdinName } from "../config/read.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { compilePlan } from "../plan/compile.ts";
import type { BotPlan } from "../plan/program.ts";
import { registry } from "../words/registry.ts";
import type { Io } from "./io.ts";
import { secretsBeside } from "./secrets.ts";

/** A file, checked in every way that needs no platform. */
export interface Checked {
  /** As diagnostics name it. */
  readonly file: string;
  readonly source: string | undefined;
  /** Undefined where the file has errors. */
  readonly plan: BotPlan | undefined;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file, or standard input for `-`, and compiles it. */
export async function checkFile(path: string, environmentName: string | undefined, io: Io): Promise<Checked> {
  const file = path === "-" ? stdinName : path;
  const secrets = await secretsBeside(path, environmentName, io.env);
  const loaded = await loadConfig({ file: path, reader: nodeReader, words: registry, secrets });
  if (!loaded.ok) return { file, source: loaded.source, plan: undefined, diagnostics: loaded.diagnostics };
  const { config, origins, source, warnings } = loaded;
  const planned = compilePlan(config, origins, registry);
  const found = planned.ok ? planned.warnings : planned.diagnostics;
  const diagnostics = [...warnings, ...found].sort((a, b) => a.line - b.line || a.column - b.column);
  return { file, source, plan: planned.ok ? planned.plan : undefined, diagnostics };
}
