import { findInside } from "../config/include/inside.ts";
import type { FileReader } from "../config/read.ts";
import type { ProjectFiles } from "../contracts/files.ts";

/** Reads files of a folder, and none outside of it, also behind links. */
export function projectFiles(folder: string, reader: FileReader): ProjectFiles {
  return {
    async read(path, limit) {
      const found = await findInside(path, { from: folder, project: folder }, reader);
      if (!found.ok) throw new Error(found.message);
      return reader.read(found.path, limit + 1);
    },
  };
}
