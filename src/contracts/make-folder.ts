import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those it is in, from the outermost on. Node's own way never ends where a system says of every folder
 * in another that the outer one is missing, as Linux does under /proc.
 * @throws where one cannot be made
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const outer = dirname(path);
  if (outer !== path) makeFolder(outer);
  try {
    mkdirSync(path);
  } catch (error) {
    // Somebody else may have made it just now.
    if (isFolder(path)) return;
    // The system says that the folder is not there, which is why it was to be made.
    const isBare = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw isBare ? new Error(`The system does not let botctl make the folder "${path}".`, { cause: error }) : error;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
