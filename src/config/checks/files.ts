import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { findInside } from "../include/inside.ts";
import type { FileReader } from "../read.ts";
import type { CheckContext } from "./check.ts";
import { argumentsOf } from "./walk.ts";

/** Files that actions send must be there. Asked of the disk, so it stands apart from the other checks. */
export async function missingFiles(context: CheckContext, folder: string, reader: FileReader): Promise<Diagnostic[]> {
  const found = new Map<string, Diagnostic>();
  for (const rule of context.config.rules)
    for (const { field, value, node, key } of argumentsOf(context, rule)) {
      if (field.kind !== "file" || typeof value !== "string") continue;
      const inside = await findInside(value, { from: folder, project: folder }, reader);
      const at = context.origins.position(node, key);
      if (inside.ok || at === undefined) continue;
      found.set(`${at.file}:${at.line}:${at.column}`, errorAt(at, { code: "bad-file", message: inside.message }));
    }
  return [...found.values()];
}
