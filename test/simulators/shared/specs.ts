import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where the platforms' published wire formats lie, or nothing: they are not part of the project. */
export function specsDirectory(): string | undefined {
  const candidates = [process.env.BOTCTL_SPECS, resolve("..", "shared", "specs")];
  return candidates.find((path) => path !== undefined && path !== "" && existsSync(join(path, "MANIFEST.json")));
}

/** The one line that a test prints as its reason when it is skipped for want of the wire formats. */
export const noSpecs = "skipped: the platforms' wire formats are not here (set BOTCTL_SPECS to their folder)";

/**
 * Reads one published format, for instance `loadSpec<OpenApi>("discord/openapi.json")`.
 * The caller states the shape. Throws when the formats are not there; ask `specsDirectory()` first.
 */
export function loadSpec<T>(path: string): T {
  const directory = specsDirectory();
  if (directory === undefined) throw new Error(noSpecs);
  return JSON.parse(readFileSync(join(directory, path), "utf8")) as T;
}
