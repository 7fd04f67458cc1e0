import { readFileSync } from "node:fs";

/** A file that comes with botctl, by its path from the project's root. This module lies two folders deep, built or not. */
export function readAsset(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
}
