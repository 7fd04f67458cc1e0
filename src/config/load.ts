import type { CanonicalConfig, Origins } from "../contracts/canonical.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import { parse } from "./parse.ts";
import { type FileReader, readSource } from "./read.ts";
import { scan } from "./scan.ts";
import { originNotes } from "./shape/origins.ts";
import { readConfig } from "./shape/read-config.ts";
import { readField } from "./shape/read-field.ts";
import type { Reading } from "./shape/reading.ts";
import type { Words } from "./words.ts";

export interface LoadInput {
  /** Path as the user wrote it; `-` is standard input. */
  readonly file: string;
  readonly reader: FileReader;
  readonly words: Words;
}

export type Loaded =
  | {
      readonly ok: true;
      readonly config: CanonicalConfig;
      readonly origins: Origins;
      /** Text of the file, for showing diagnostics of later phases. */
      readonly source: string;
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly source: string | undefined; readonly diagnostics: readonly Diagnostic[] };

/** Reads a bot.yaml: file → tokens → values → canonical form, or everything that is wrong with it. */
export async function loadConfig(input: LoadInput): Promise<Loaded> {
  const source = await readSource(input.file, input.reader);
  if (!source.ok) return { ok: false, source: undefined, diagnostics: source.diagnostics };
  const { text } = source.value;
  const scanned = scan(source.value);
  if (!scanned.ok) return { ok: false, source: text, diagnostics: scanned.diagnostics };
  const parsed = parse(scanned.value);
  if (!parsed.ok) return { ok: false, source: text, diagnostics: parsed.diagnostics };
  const { map, value } = parsed.value;
  const reading: Reading = { words: input.words, map, origins: originNotes(map), problems: [], read: readField };
  const config = readConfig(reading, value);
  const diagnostics = reading.problems;
  if (config === undefined || hasErrors(diagnostics)) return { ok: false, source: text, diagnostics };
  return { ok: true, config, origins: reading.origins, source: text, warnings: diagnostics };
}
