import type { FileReader } from "./read.ts";

/** A reader that finds these texts under their paths, and nothing else. */
export function textReader(files: Readonly<Record<string, string>>): FileReader {
  const bytesOf = (path: string) => new TextEncoder().encode(files[path] ?? "");
  return {
    stat: async (path) =>
      Object.hasOwn(files, path) ? { kind: "file", size: bytesOf(path).length } : { kind: "missing" },
    realPath: async (path) => path,
    read: async (path, limit) => bytesOf(path).subarray(0, limit),
    readStdin: async (limit) => bytesOf("-").subarray(0, limit),
  };
}
