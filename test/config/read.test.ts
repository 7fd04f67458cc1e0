import { chmod, mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeReader } from "../../src/config/node-reader.ts";
import { decode, type FileReader, maxFileBytes, readSource } from "../../src/config/read.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "botctl-read-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function refused(path: string, reader: FileReader = nodeReader): Promise<Diagnostic> {
  const read = await readSource(path, reader);
  if (read.ok) throw new Error("the file was read");
  expect(read.diagnostics).toHaveLength(1);
  return read.diagnostics[0]!;
}

function textOf(bytes: Uint8Array): string {
  const read = decode("bot.yaml", bytes);
  if (!read.ok) throw new Error("the bytes were refused");
  return read.value.text;
}

describe("what cannot be read", () => {
  test("a path where nothing is", async () => {
    expect(await refused(join(folder, "none.yaml"))).toMatchObject({ code: "file-not-found", line: 1 });
    expect(await refused(join(folder, "none.yaml", "deeper"))).toMatchObject({ code: "file-not-found" });
    expect(await refused(join(folder, "x".repeat(5000)))).toMatchObject({ code: "file-not-found" });
  });

  test("a folder names the file inside", async () => {
    const found = await refused(`${folder}/`);
    expect(found.code).toBe("file-is-directory");
    expect(found.message).toContain(`${folder}/bot.yaml`);
  });

  test("a device is not read at all", async () => {
    expect(await refused("/dev/zero")).toMatchObject({ code: "file-not-regular" });
  });

  test("a file without permission", async () => {
    const forbidden: FileReader = { ...nodeReader, stat: async () => ({ kind: "forbidden" }) };
    expect(await refused("secret.yaml", forbidden)).toMatchObject({ code: "file-unreadable" });
    const locked = join(folder, "locked");
    await mkdir(locked);
    await writeFile(join(locked, "bot.yaml"), "version: 1\n");
    await chmod(locked, 0o000);
    const info = await nodeReader.stat(join(locked, "bot.yaml"));
    await chmod(locked, 0o755);
    // The superuser may read everything.
    expect(info.kind).toBe(process.getuid?.() === 0 ? "file" : "forbidden");
  });

  test("fifty megabytes are refused by their size, unread", async () => {
    const path = join(folder, "large.yaml");
    const file = await open(path, "w");
    await file.truncate(50 * 1024 * 1024);
    await file.close();
    const unread: FileReader = {
      ...nodeReader,
      read: () => Promise.reject(new Error("the file was read")),
    };
    expect(await refused(path, unread)).toMatchObject({ code: "file-too-large" });
  });

  test("a file that grows while it is read, and endless input", async () => {
    const endless: FileReader = {
      stat: async () => ({ kind: "file", size: 10 }),
      realPath: async (path) => path,
      read: async (_path, limit) => new Uint8Array(limit).fill(97),
      readStdin: async (limit) => new Uint8Array(limit).fill(97),
    };
    expect(await refused("bot.yaml", endless)).toMatchObject({ code: "file-too-large" });
    expect(await refused("-", endless)).toMatchObject({ code: "file-too-large", file: "(standard input)" });
    expect(new Uint8Array(maxFileBytes)).toHaveLength(4 * 1024 * 1024);
  });
});

describe("what is not UTF-8 text", () => {
  const refusedBytes = (bytes: Uint8Array) => {
    const read = decode("bot.yaml", bytes);
    if (read.ok) throw new Error("the bytes were accepted");
    return read.diagnostics[0]!;
  };

  test("a picture", () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(refusedBytes(png)).toMatchObject({ code: "file-binary" });
    const compressed = Uint8Array.from({ length: 4096 }, (_, index) => ((index * 7919) % 255) + 1);
    expect(refusedBytes(compressed)).toMatchObject({ code: "file-binary" });
  });

  test("Latin-1 names the line", () => {
    const bytes = Buffer.from("version: 1\nbot:\n  name: Señor\n", "latin1");
    expect(refusedBytes(bytes)).toMatchObject({ code: "file-not-utf8", line: 3 });
  });

  test("UTF-16 with and without a mark", () => {
    expect(refusedBytes(Buffer.from("\ufeffversion: 1", "utf16le"))).toMatchObject({ code: "file-not-utf8" });
    expect(refusedBytes(Buffer.from("version: 1", "utf16le"))).toMatchObject({ code: "file-binary" });
  });
});

test("a byte order mark and Windows line breaks are no part of the text", () => {
  expect(textOf(Buffer.from("\ufeffversion: 1\r\nbot:\r\n  name: Ñu\r"))).toBe("version: 1\nbot:\n  name: Ñu\n");
});

test("a real file and standard input are read as text", async () => {
  const path = join(folder, "bot.yaml");
  await writeFile(path, "version: 1\n");
  expect(await readSource(path, nodeReader)).toEqual({ ok: true, value: { file: path, text: "version: 1\n" } });
  const piped: FileReader = { ...nodeReader, readStdin: async () => Buffer.from("version: 1\n") };
  expect(await readSource("-", piped)).toMatchObject({ ok: true, value: { file: "(standard input)" } });
});
