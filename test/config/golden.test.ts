import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Loaded } from "../../src/config/load.ts";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { diagnosticsOf, loadText, shown } from "./support.ts";

/** `UPDATE_GOLDEN=1` writes what is found; read the difference before committing it. */
const update = process.env.UPDATE_GOLDEN === "1";
const folder = join(import.meta.dirname, "../configs");

const filesIn = (name: string) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length));

/** A file, and those in the folder of its name beside it, by their paths from there. */
function load(kind: string, name: string): Promise<Loaded> {
  const beside = join(folder, kind, name);
  const names = existsSync(beside) ? readdirSync(beside, { recursive: true, encoding: "utf8" }) : [];
  const files = names
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => [file, readFileSync(join(beside, file), "utf8")] as const);
  return loadText(readFileSync(join(folder, kind, `${name}.yaml`), "utf8"), Object.fromEntries(files));
}

function compare(path: string, found: string): void {
  if (update) writeFileSync(path, found);
  expect(found).toBe(readFileSync(path, "utf8"));
}

describe("wrong files say what is wrong", () => {
  test.each(filesIn("err"))("%s", async (name) => {
    const loaded = await load("err", name);
    expect(hasErrors(diagnosticsOf(loaded))).toBe(true);
    compare(join(folder, "err", `${name}.out`), shown(loaded));
  });
});

describe("right files have one canonical form", () => {
  test.each(filesIn("ok"))("%s", async (name) => {
    const loaded = await load("ok", name);
    const said = shown(loaded);
    expect(said.includes("  error  ")).toBe(false);
    if (!loaded.ok) throw new Error("a file without errors was refused");
    compare(join(folder, "ok", `${name}.canonical.json`), `${JSON.stringify(loaded.config, null, 2)}\n`);
    const warnings = join(folder, "ok", `${name}.out`);
    if (said !== "" || existsSync(warnings)) compare(warnings, said);
  });
});
