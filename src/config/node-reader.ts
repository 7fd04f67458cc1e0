import { open, realpath, stat } from "node:fs/promises";
import type { FileReader } from "./read.ts";

/** Reads real files and the process's standard input. */
export const nodeReader: FileReader = {
  async stat(path) {
    try {
      const found = await stat(path);
      if (found.isFile()) return { kind: "file", size: found.size };
      return { kind: found.isDirectory() ? "directory" : "other" };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return { kind: "missing" };
      if (code === "EACCES" || code === "EPERM" || code === "ELOOP") return { kind: "forbidden" };
      throw error;
    }
  },
  realPath: (path) => realpath(path),
  async read(path, limit) {
    const file = await open(path, "r");
    try {
      const buffer = new Uint8Array(limit);
      let length = 0;
      while (length < limit) {
        const { bytesRead } = await file.read(buffer, length, limit - length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return buffer.subarray(0, length);
    } finally {
      await file.close();
    }
  },
  async readStdin(limit) {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of process.stdin) {
      const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
      chunks.push(bytes);
      length += bytes.length;
      if (length >= limit) break;
    }
    return Buffer.concat(chunks).subarray(0, limit);
  },
};
