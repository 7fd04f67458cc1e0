import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasErrors } from "../../src/diagnostics/diagnostic.ts";
import { diagnosticsOf, loadText, shown } from "./support.ts";

/** `UPDATE_GOLDEN=1` writes what is found; read the difference before committing it. */
const update = process.env.UPDATE_GOLDEN === "1";
const folder = join(import.meta.dirname, "../configs");

const filesIn = (name: string) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length));

function compare(path: string, found: string): void {
  if (update) writeFileSync(path, found);
  expect(found).toBe(readFileSync(path, "utf8"));
}

describe("wrong files say what is wrong", () => {
  test.each(filesIn("err"))("%s", async (name) => {
    const loaded = await loadText(readFileSync(join(folder, "err", `${name}.yaml`), "utf8"));
    expect(hasErrors(diagnosticsOf(loaded))).toBe(true);
    compare(join(folder, "err", `${name}.out`), shown(loaded));
  });
});

describe("right files have one canonical form", () => {
  test.each(filesIn("ok"))("%s", async (name) => {
    const loaded = await loadText(readFileSync(join(folder, "ok", `${name}.yaml`), "utf8"));
    expect(shown(loaded).includes("  error  ")).toBe(false);
    if (!loaded.ok) throw new Error("a file without errors was refused");
    compare(join(folder, "ok", `${name}.canonical.json`), `${JSON.stringify(loaded.config, null, 2)}\n`);
    const warnings = join(folder, "ok", `${name}.out`);
    if (loaded.warnings.length > 0 || existsSync(warnings)) compare(warnings, shown(loaded));
  });
});
