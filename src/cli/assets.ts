import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file that comes with botctl, by its path from the project's root. This module lies two folders deep, built or not. */
export function readAsset(path: string): string {
  return readFileSync(join(import.meta.dirname, "../..", path), "utf8");
}
