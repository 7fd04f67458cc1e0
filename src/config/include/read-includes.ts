import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { pointerTo } from "../../diagnostics/source-map.ts";
import type { Outcome } from "../outcome.ts";
import { type ParsedFile, parse } from "../parse.ts";
import { type FileReader, readSource } from "../read.ts";
import { scan } from "../scan.ts";
import { findInside, folderOf, plainPath } from "./inside.ts";

/** Files that one bot may be written in. */
const maxFiles = 200;

/** The files of a bot, in the order in which what they say counts. */
export interface ReadFiles {
  /** The bot's own first. */
  readonly files: readonly ParsedFile[];
  readonly problems: readonly Diagnostic[];
  /** Text of every file that was read, by its name in diagnostics; also of those with mistakes. */
  readonly sources: Map<string, string>;
  /** Every file that was looked for, found or not: what a running bot must watch. */
  readonly looked: Set<string>;
  /** The folder that files may be read from. */
  readonly project: string;
}

/** Reads the files that a file includes, and those that they include. */
export async function readIncludes(
  main: ParsedFile,
  parts: {
    readonly path: string;
    readonly reader: FileReader;
    readonly sources: Map<string, string>;
    /** Files that are read along where they are there. */
    readonly beside: readonly string[];
  },
): Promise<ReadFiles> {
  const { path, reader, sources } = parts;
  const files = [main];
  const problems: Diagnostic[] = [];
  const looked = new Set<string>();
  const project = folderOf(path);
  const read = new Set([plainPath(path)]);

  async function follow(from: ParsedFile, folder: string): Promise<void> {
    for (const { name, pointer } of includesOf(from, problems)) {
      const refuse = (code: "included-twice" | "cannot-include" | "outside-folder", message: string) =>
        problems.push(errorAt(from.map.value(pointer), { code, message }));
      const found = await findInside(name, { from: folder, project }, reader);
      if (found.path !== undefined) looked.add(found.path);
      if (!found.ok) {
        problems.push(errorAt(from.map.value(pointer), { code: found.code, message: found.message }));
        continue;
      }
      if (read.has(found.path)) {
        const circle =
          found.path === plainPath(from.file) ? "a file cannot include itself." : `"${name}" is read already.`;
        refuse("included-twice", circle);
        continue;
      }
      if (read.size >= maxFiles) {
        refuse("cannot-include", `a bot may be written in at most ${maxFiles} files.`);
        return;
      }
      read.add(found.path);
      const parsed = await readParsed(found.path, reader, sources);
      if (!parsed.ok) {
        problems.push(...parsed.diagnostics);
        continue;
      }
      files.push(parsed.value);
      await follow(parsed.value, folderOf(found.path));
    }
  }

  await follow(main, project);
  for (const file of parts.beside) {
    if (read.has(plainPath(file)) || (await reader.stat(file)).kind !== "file") continue;
    read.add(plainPath(file));
    looked.add(file);
    const parsed = await readParsed(file, reader, sources);
    if (parsed.ok) files.push(parsed.value);
    else problems.push(...parsed.diagnostics);
  }
  return { files, problems, sources, looked, project };
}

/** Reads one more file of a bot; its text is kept for showing what is wrong with it. */
export async function readParsed(
  path: string,
  reader: FileReader,
  sources: Map<string, string>,
): Promise<Outcome<ParsedFile>> {
  const source = await readSource(path, reader);
  if (!source.ok) return source;
  sources.set(source.value.file, source.value.text);
  const scanned = scan(source.value);
  return scanned.ok ? parse(scanned.value) : scanned;
}

function includesOf(file: ParsedFile, problems: Diagnostic[]): { name: string; pointer: string }[] {
  const written = file.value.include;
  if (written === undefined) return [];
  const list = Array.isArray(written) ? written : [written];
  const out: { name: string; pointer: string }[] = [];
  for (const [index, item] of list.entries()) {
    const pointer = Array.isArray(written) ? pointerTo("/include", index) : "/include";
    if (typeof item === "string") out.push({ name: item, pointer });
    else {
      const message = "the name of a file is missing here.";
      const hint = "write for example include: [commands.yaml]";
      problems.push(errorAt(file.map.value(pointer), { code: "wrong-type", message, hint }));
    }
  }
  return out;
}
