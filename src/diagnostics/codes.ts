import { checkCodes } from "./codes/checks.ts";
import { doubtCodes } from "./codes/doubts.ts";
import type { CodeEntry } from "./codes/entry.ts";
import { fileCodes } from "./codes/file.ts";
import { languageCodes } from "./codes/language.ts";
import { runCodes } from "./codes/run.ts";
import { shapeCodes } from "./codes/shape.ts";
import { sourceCodes } from "./codes/sources.ts";
import { yamlCodes } from "./codes/yaml.ts";

/**
 * Every code that a diagnostic can carry, with its page. Codes are stable: people search for them.
 * A new code is a new entry in the file of its area under `codes/`.
 */
export const codes = {
  ...fileCodes,
  ...sourceCodes,
  ...yamlCodes,
  ...shapeCodes,
  ...languageCodes,
  ...checkCodes,
  ...doubtCodes,
  ...runCodes,
} satisfies Record<string, CodeEntry>;

export type Code = keyof typeof codes;

/** What a page says of a message that may be what its writer wants. */
export function allowing(name: string): string {
  return `If it is what you want, write # botctl: allow ${name} at the end of the line, or alone on the line above.`;
}

/** The page of a code. */
export function codeEntry(code: Code): CodeEntry {
  return codes[code];
}
