/**
 * Writes every generated file; with `--check` fails where one is not what the source says, and with `--validator` writes
 * only those that are not kept in the repository (on installing, so that a stale committed file is not mended unseen).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Generated } from "./generators/generator.ts";
import { generatePacks } from "./generators/packs.ts";
import { generateSchema } from "./generators/schema.ts";
import { generateValidator } from "./generators/validator.ts";

const installing = process.argv.includes("--validator");
const check = process.argv.includes("--check");
const stale: string[] = [];

function write(files: readonly Generated[]): void {
  for (const { path, text } of files) {
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    if (check) stale.push(path);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      process.stdout.write(`wrote ${path}\n`);
    }
  }
}

write([...(installing ? [] : generateSchema()), ...generatePacks(), ...generateValidator()]);
if (!installing) {
  const { generatePackPages } = await import("./generators/pack-pages.ts");
  write(await generatePackPages());
  const { generateReference } = await import("./generators/reference.ts");
  write(generateReference());
}
if (stale.length > 0) {
  process.stderr.write(`${stale.join("\n")}\nnot what the source says: run npm run generate and commit the result\n`);
  process.exitCode = 1;
}
