import { type FileHandle, open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { makeFolder } from "../contracts/make-folder.ts";

export interface LineFiles {
  /** Appends one line, given without its end. Resolves when it is written; lines of one moment are written together. */
  append(file: string, line: string): Promise<void>;
  close(): Promise<void>;
}

interface OpenFile {
  handle: FileHandle | undefined;
  lines: string[];
  writing: Promise<void> | undefined;
}

/**
 * Files that lines are appended to, by their path in `folder`. Each is opened once, and again when something else moved
 * it away, as log rotation does.
 */
export function lineFiles(folder: string): LineFiles {
  const files = new Map<string, OpenFile>();

  async function write(path: string, file: OpenFile): Promise<void> {
    // A moment later, so that the lines of this moment go together.
    await Promise.resolve();
    try {
      while (file.lines.length > 0) {
        const text = file.lines.map((line) => `${line}\n`).join("");
        file.lines = [];
        await (await current(path, file)).appendFile(text);
      }
    } finally {
      file.writing = undefined;
    }
  }

  return {
    append(name, line) {
      const path = resolve(folder, name);
      let file = files.get(path);
      if (file === undefined) {
        file = { handle: undefined, lines: [], writing: undefined };
        files.set(path, file);
      }
      file.lines.push(line);
      file.writing ??= write(path, file);
      return file.writing;
    },
    async close() {
      for (const file of files.values()) {
        await file.writing?.catch(() => {});
        await file.handle?.close();
      }
      files.clear();
    },
  };
}

/** The handle while it is still the file at that path, else a new one. */
async function current(path: string, file: OpenFile): Promise<FileHandle> {
  if (file.handle !== undefined) {
    const [there, ours] = await Promise.all([stat(path).catch(() => undefined), file.handle.stat()]);
    if (there?.ino === ours.ino && there.dev === ours.dev) return file.handle;
    const moved = file.handle;
    file.handle = undefined;
    await moved.close();
  }
  makeFolder(dirname(path));
  file.handle = await open(path, "a");
  return file.handle;
}
