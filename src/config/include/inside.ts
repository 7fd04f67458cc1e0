import { posix } from "node:path";
import type { Code } from "../../diagnostics/codes.ts";
import type { FileReader } from "../read.ts";

/** A file that another one names: its path as it is shown, or why it may not be read. */
export type Inside =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly code: Code; readonly message: string; readonly path?: string };

/** The folder that a file is in, as the user would write it. */
export function folderOf(path: string): string {
  return path === "-" ? "." : posix.dirname(path.replaceAll("\\", "/"));
}

/** The same path for the same file, however it was written. */
export function plainPath(path: string): string {
  return posix.normalize(path.replaceAll("\\", "/"));
}

/**
 * Finds the file that `name` stands for, beside the file that names it. Only files inside the project's folder are read,
 * also behind links, so that a file from somebody else cannot show what else is on this machine.
 */
export async function findInside(
  name: string,
  folders: { readonly from: string; readonly project: string },
  reader: FileReader,
): Promise<Inside> {
  const outside = `"${name}" is outside of the folder of your bot, and only files inside of it are read.`;
  const refused = { ok: false, code: "outside-folder", message: outside } as const;
  const written = name.replaceAll("\\", "/");
  if (posix.isAbsolute(written) || /^(~|[A-Za-z]:)/.test(written)) return refused;
  const path = posix.normalize(posix.join(folders.from, written));
  if (!isWithin(posix.relative(folders.project, path))) return refused;
  const info = await reader.stat(path);
  if (info.kind !== "file") {
    const message = messages[info.kind](name);
    return { ok: false, code: "cannot-include", message, path };
  }
  const [root, real] = await Promise.all([reader.realPath(folders.project), reader.realPath(path)]);
  if (!isWithin(posix.relative(root.replaceAll("\\", "/"), real.replaceAll("\\", "/")))) return { ...refused, path };
  return { ok: true, path };
}

function isWithin(relative: string): boolean {
  return relative !== ".." && !relative.startsWith("../") && !posix.isAbsolute(relative);
}

const messages = {
  missing: (name: string) => `there is no file "${name}" here.`,
  forbidden: (name: string) => `the system does not allow reading "${name}".`,
  directory: (name: string) => `"${name}" is a folder. Give a file in it.`,
  other: (name: string) => `"${name}" is not an ordinary file.`,
};
