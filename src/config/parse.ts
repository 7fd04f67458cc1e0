import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { SourceMap } from "../diagnostics/source-map.ts";
import { createSourceMap } from "../diagnostics/source-map.ts";
import { type Allowance, allowancesIn } from "./allowances.ts";
import { failed, type Outcome, succeeded } from "./outcome.ts";
import type { SourceText } from "./read.ts";
import type { Scanned } from "./scan.ts";
import { compose } from "./syntax.ts";
import { isMap, type YamlMap } from "./value.ts";
import { valueTree } from "./value-tree.ts";

/** A file as plain values, and where each was written. */
export interface ParsedFile extends SourceText {
  readonly value: YamlMap;
  readonly map: SourceMap;
  readonly allowances: readonly Allowance[];
}

/** Reads the tokens of a file as YAML: plain values with their places, or everything that is wrong with it as YAML. */
export function parse(scanned: Scanned): Outcome<ParsedFile> {
  const { file, text } = scanned;
  const refused = refusedFeatures(scanned);
  if (refused.length > 0) return failed(...refused);
  const composed = compose(scanned);
  const { document } = composed;
  if (document === undefined) return failed(...composed.diagnostics);
  const tree = valueTree(composed.scanned, document);
  const diagnostics = [
    ...composed.diagnostics,
    ...tree.diagnostics.filter((diagnostic) => !composed.repaired.has(diagnostic.line)),
  ];
  if (diagnostics.length > 0) return failed(...diagnostics.sort((a, b) => a.line - b.line || a.column - b.column));
  const { value } = tree;
  if (value === null) {
    const message = "there is nothing in this file yet.";
    const hint = "save what you wrote, or see a file to begin with: botctl init";
    return failed(errorAt({ file, line: 1, column: 1, length: 0 }, { code: "file-empty", message, hint }));
  }
  if (!isMap(value)) return failed(notAMap(scanned, Array.isArray(value) ? "a list" : "a text"));
  return succeeded({
    file,
    text,
    value,
    map: createSourceMap(file, text, tree.places),
    allowances: allowancesIn(scanned),
  });
}

/** Directives and further documents: valid YAML that a bot.yaml never has. */
function refusedFeatures(scanned: Scanned): Diagnostic[] {
  const { file, lines } = scanned;
  const [directive] = scanned.directives;
  if (directive !== undefined) {
    const message = "a line that begins with % means nothing in this file.";
    const at = { file, ...lines.at(directive.offset), length: directive.source.trimEnd().length };
    return [errorAt(at, { code: "yaml-directive", message, hint: "delete the line" })];
  }
  const second = scanned.documents[1];
  if (second === undefined) return [];
  const message = "a second document begins here. A file holds one bot.";
  const at = { file, ...lines.at(second), length: 3 };
  return [errorAt(at, { code: "several-documents", message, hint: "delete the line, or use a second file" })];
}

function notAMap(scanned: Scanned, found: string): Diagnostic {
  const { file, lines } = scanned;
  const line = lines.text(1).trim() === "" ? lines.at(scanned.text.search(/\S/)).line : 1;
  const text = lines.text(line);
  const joined = /^([A-Za-z_]\w*):(?=\S)/.exec(text);
  const at = { file, line, column: 1, length: text.trimEnd().length };
  if (joined !== null) {
    return errorAt(
      { ...at, column: joined[0].length, length: 1 },
      {
        code: "missing-space",
        message: `a space is missing behind "${joined[0]}".`,
        hint: "write:",
        corrected: `${joined[0]} ${text.slice(joined[0].length)}`,
      },
    );
  }
  const message = `this file is ${found}; a bot.yaml has keys, such as "version: 1" and "bot:".`;
  return errorAt(at, { code: "not-a-bot-file", message });
}
