import { inOrder } from "../config/in-order.ts";
import { loadConfig, type Sources } from "../config/load.ts";
import { nodeReader } from "../config/node-reader.ts";
import { stdinName } from "../config/read.ts";
import type { Origins } from "../contracts/canonical.ts";
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
  readonly sources: Sources;
  /** Undefined where the file has errors. */
  readonly plan: BotPlan | undefined;
  /** Where what the plan holds was written; undefined where the file could not be read. */
  readonly origins?: Origins;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a file, or standard input for `-`, and compiles it. */
export async function checkFile(
  path: string,
  environmentName: string | undefined,
  io: Io,
  /** Files that belong to it without being named in it, such as its tests. */
  beside: readonly string[] = [],
): Promise<Checked> {
  const file = path === "-" ? stdinName : path;
  const secrets = await secretsBeside(path, environmentName, io.env);
  const loaded = await loadConfig({ file: path, reader: nodeReader, words: registry, secrets, beside });
  if (!loaded.ok) return { file, sources: loaded.sources, plan: undefined, diagnostics: loaded.diagnostics };
  const { config, origins, sources, warnings, allowances } = loaded;
  const planned = compilePlan(config, origins, registry);
  const found = planned.ok ? planned.warnings : planned.diagnostics;
  const diagnostics = inOrder([...warnings, ...found], allowances);
  return { file, sources, plan: planned.ok ? planned.plan : undefined, origins, diagnostics };
}
