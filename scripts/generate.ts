/**
 * Writes every generated file; with `--check` fails where one is not what the source says, and with `--validator` writes
 * only the one that is not kept in the repository (on installing, so that a stale committed file is not mended unseen).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generateSchema } from "./generators/schema.ts";
import { generateValidator } from "./generators/validator.ts";

const kept = process.argv.includes("--validator") ? [] : generateSchema();
const files = [...kept, ...generateValidator()];
const check = process.argv.includes("--check");
const stale: string[] = [];
for (const { path, text } of files) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  if (check) stale.push(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    process.stdout.write(`wrote ${path}\n`);
  }
}
if (stale.length > 0) {
  process.stderr.write(`${stale.join("\n")}\nnot what the source says: run npm run generate and commit the result\n`);
  process.exitCode = 1;
}
