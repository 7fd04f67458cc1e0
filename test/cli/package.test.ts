import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { plainEnv } from "../support/build.ts";
import { folderWith } from "./files.ts";

/** Packs the project and unpacks it as an installation would have it. */
function install(): { readonly folder: string; readonly bin: string } {
  const folder = folderWith();
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { stdio: "ignore" });
  const [archive] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  mkdirSync(join(folder, "node_modules"));
  execFileSync("tar", ["-xzf", join(folder, archive!), "-C", join(folder, "node_modules")]);
  const installed = join(folder, "node_modules/package");
  symlinkSync(resolve("node_modules"), join(installed, "node_modules"));
  return { folder, bin: join(installed, "dist/main.cjs") };
}

describe("the package", () => {
  it("works where it is installed, and holds no secrets and no data", () => {
    const secret = "examples/.env.package-test";
    writeFileSync(secret, "TOKEN=secret\n");
    onTestFinished(() => rmSync(secret, { force: true }));
    const { folder, bin } = install();
    const run = (...args: string[]) => execFileSync(bin, args, { cwd: folder, encoding: "utf8", env: plainEnv() });
    expect(statSync(bin).mode & 0o111).toBe(0o111);
    expect(run("schema")).toBe(readFileSync("schemas/bot.schema.json", "utf8"));
    expect(run("init", "bot", "--template", "team", "--platform", "console")).toContain("bot/bot.yaml");
    expect(run("validate", "bot/bot.yaml")).toBe("bot/bot.yaml is valid (4 commands, 1 rule)\n");
    const packed = (name: string) => readdirSync(join(folder, "node_modules/package", name)).sort();
    expect(packed("examples")).toEqual([".env.example", "bot.yaml", "wishes"]);
    for (const name of ["examples/wishes", "docs", "docs/guide"])
      expect(packed(name)).toEqual(readdirSync(name).sort());
  });

  it("starts from what it compiled before, and compiles anew what is spoilt or cannot be kept", () => {
    const { folder, bin } = install();
    writeFileSync(join(folder, "bot.yaml"), "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n");
    const validate = () => execFileSync(bin, ["validate", "bot.yaml"], { cwd: folder, encoding: "utf8" });
    const kept = join(dirname(bin), "compiled");
    const file = () => join(kept, readdirSync(kept).join());
    const valid = validate();
    const first = statSync(file());
    expect(validate()).toBe(valid);
    expect(statSync(file()).ino).toBe(first.ino);
    const spoilt = readFileSync(file()).fill(0, first.size / 2);
    writeFileSync(file(), spoilt);
    expect(validate()).toBe(valid);
    expect(readFileSync(file()).equals(spoilt)).toBe(false);
    expect(validate()).toBe(valid);
    rmSync(kept, { recursive: true });
    writeFileSync(kept, "no folder, so that nothing can be kept");
    expect(validate()).toBe(valid);
  });

  it("offers what a program needs to check a file, with types that hold", () => {
    const { folder } = install();
    symlinkSync("package", join(folder, "node_modules/botctl"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(folder, "use.ts"),
      `import { type Diagnostic, checkText } from "botctl";
      const found: readonly Diagnostic[] = await checkText("version: 1");
      export const codes: string = found.map((one) => one.code).join();`,
    );
    const options = ["--module", "nodenext", "--target", "es2023", "--strict", "--outDir", "out"];
    const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    node(resolve("node_modules/typescript/bin/tsc"), ...options, "use.ts");
    const show = 'import("./out/use.js").then(({ codes }) => process.stdout.write(codes))';
    expect(node("--eval", show)).toContain("missing-key");
  });
});
