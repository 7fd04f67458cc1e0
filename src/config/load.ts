import type { CanonicalConfig, Origins } from "../contracts/canonical.ts";
import { type Diagnostic, hasErrors } from "../diagnostics/diagnostic.ts";
import type { SecretReader } from "../language/secret-reference.ts";
import { checkConfig } from "./checks/index.ts";
import { inOrder } from "./in-order.ts";
import { parse } from "./parse.ts";
import { type FileReader, readSource } from "./read.ts";
import { scan } from "./scan.ts";
import { originNotes } from "./shape/origins.ts";
import { readConfig } from "./shape/read-config.ts";
import { readField } from "./shape/read-field.ts";
import type { Reading } from "./shape/reading.ts";
import { schemaDiagnostic, validateShape } from "./shape/validate.ts";
import type { Words } from "./words.ts";

export interface LoadInput {
  /** Path as the user wrote it; `-` is standard input. */
  readonly file: string;
  readonly reader: FileReader;
  readonly words: Words;
  /** Reads the secrets of this machine, to warn of those that are not set; left out, none is asked for. */
  readonly secrets?: SecretReader;
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

/**
 * Reads a bot.yaml: file → tokens → values → published schema → canonical form → checks, or everything that is wrong with
 * it. The schema decides whether the shape is right; the reader of the canonical form says what is wrong in plain words.
 */
export async function loadConfig(input: LoadInput): Promise<Loaded> {
  const source = await readSource(input.file, input.reader);
  if (!source.ok) return { ok: false, source: undefined, diagnostics: source.diagnostics };
  const { text } = source.value;
  const scanned = scan(source.value);
  if (!scanned.ok) return { ok: false, source: text, diagnostics: inOrder(scanned.diagnostics) };
  const parsed = parse(scanned.value);
  if (!parsed.ok) return { ok: false, source: text, diagnostics: inOrder(parsed.diagnostics) };
  const { map, value } = parsed.value;
  const mistakes = validateShape(value);
  const reading: Reading = { words: input.words, map, origins: originNotes(map), problems: [], read: readField };
  const config = readConfig(reading, value);
  if (mistakes.length > 0 && !hasErrors(reading.problems)) reading.problems.push(schemaDiagnostic(mistakes, map));
  if (config === undefined || hasErrors(reading.problems)) {
    return { ok: false, source: text, diagnostics: inOrder(reading.problems) };
  }
  const { origins } = reading;
  const partial = Object.hasOwn(value, "packs") || Object.hasOwn(value, "include");
  const secrets = input.secrets === undefined ? {} : { secrets: input.secrets };
  const found = checkConfig({ config, origins, words: input.words, partial, ...secrets });
  const diagnostics = inOrder([...reading.problems, ...found]);
  if (hasErrors(diagnostics)) {
    return { ok: false, source: text, diagnostics: diagnostics.filter((one) => one.severity !== "notice") };
  }
  return { ok: true, config, origins, source: text, warnings: diagnostics };
}
