import type { CanonicalConfig, Origins } from "../contracts/canonical.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import type { SecretReader } from "../language/secret-reference.ts";
import type { Allowance } from "./allowances.ts";
import { unsendableFiles } from "./checks/files.ts";
import { checkConfig } from "./checks/index.ts";
import { inOrder } from "./in-order.ts";
import { folderOf } from "./include/inside.ts";
import { mergeFiles } from "./include/merge.ts";
import { readIncludes, readParsed } from "./include/read-includes.ts";
import { addPacks } from "./packs/add-packs.ts";
import { fillPacks } from "./packs/fill-packs.ts";
import type { FileReader } from "./read.ts";
import { readConfig } from "./shape/read-config.ts";
import { startReading } from "./shape/read-field.ts";
import { schemaDiagnostic, validateShape } from "./shape/validate.ts";
import type { Words } from "./words.ts";

export interface LoadInput {
  /** Path as the user wrote it; `-` is standard input. */
  readonly file: string;
  readonly reader: FileReader;
  readonly words: Words;
  /** Reads the secrets of this machine, to warn of those that are not set; left out, none is asked for. */
  readonly secrets?: SecretReader;
  /** Files that are read along where they are there, without being named in it. */
  readonly beside?: readonly string[];
}

/** The texts of the files that a bot is written in, by their names in diagnostics. */
export type Sources = ReadonlyMap<string, string>;

interface LoadedFiles {
  /** For showing diagnostics, also those of later phases. */
  readonly sources: Sources;
  /** The files that this one includes and its own packs, found or not: when one changes, the bot does. */
  readonly files: readonly string[];
  /** What the comments of the files allow. */
  readonly allowances: readonly Allowance[];
}

export type Loaded = LoadedFiles &
  (
    | {
        readonly ok: true;
        readonly config: CanonicalConfig;
        readonly origins: Origins;
        /** Not in order yet, and with what the comments allow: the plan may have more to say. */
        readonly warnings: readonly Diagnostic[];
      }
    | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  );

/**
 * Reads a bot.yaml: file → tokens → values → included files → packs → published schema → canonical form → checks, or
 * everything that is wrong with it. The schema decides whether the shape is right; the reader of the canonical form says
 * what is wrong in plain words.
 */
export async function loadConfig(input: LoadInput): Promise<Loaded> {
  const { file, reader, words } = input;
  const sources = new Map<string, string>();
  const main = await readParsed(file, reader, sources);
  if (!main.ok) return { ok: false, sources, files: [], allowances: [], diagnostics: inOrder(main.diagnostics) };
  const found = await readIncludes(main.value, { path: file, reader, sources, beside: input.beside ?? [] });
  const problems = [...found.problems];
  const joined = mergeFiles(found.files, problems);
  const packs = await fillPacks(joined, { found, reader, words }, problems);
  const { value, map } = addPacks(joined, packs, problems);
  const allowances = found.files.flatMap((one) => one.allowances);
  const shared = { sources, files: [...found.looked], allowances };
  const mistakes = validateShape(value);
  const reading = startReading(words, map, problems);
  const config = readConfig(reading, value);
  if (mistakes.length > 0 && !hasErrors(problems)) problems.push(schemaDiagnostic(mistakes, map));
  if (config === undefined || hasErrors(problems)) {
    return { ok: false, ...shared, diagnostics: inOrder(problems, allowances) };
  }
  const { origins } = reading;
  const secrets = input.secrets === undefined ? {} : { secrets: input.secrets };
  const context = { config, origins, words, ...secrets };
  const warnings = [...problems, ...checkConfig(context), ...(await unsendableFiles(context, folderOf(file), reader))];
  if (hasErrors(warnings)) {
    return { ok: false, ...shared, diagnostics: inOrder(warnings, allowances) };
  }
  return { ok: true, ...shared, config, origins, warnings };
}
