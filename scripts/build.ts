/**
 * Builds what is published into `dist/`: the bin, the public API, its types and the files that `init` and `schema` hand out.
 * Our own code and the small libraries that `validate` needs are bundled, so that checking a file loads few files.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { eagerYaml } from "./eager-yaml.ts";
import { asOneScript } from "./one-script.ts";

const bundled = new Set(["commander", "croner", "picocolors", "yaml"]);
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
const external = Object.keys(manifest.dependencies).filter((name) => !bundled.has(name));

const common = {
  write: false,
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20.19",
  jsx: "automatic",
  minify: true,
  legalComments: "linked",
  external: external.flatMap((name) => [name, `${name}/*`]),
  logLevel: "warning",
} satisfies BuildOptions;
const script = {
  ...common,
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
} satisfies BuildOptions;

// Nothing is written before all of it is made: a mistake in the source leaves the last build as it was.
const [program, ...others] = await Promise.all([
  // One script, so that all of it is compiled once and kept. As deep as the files under `src/cli`: a path from a module to
  // the project's root is the same in both.
  build({
    ...script,
    entryPoints: { "cli/main": "src/main.ts" },
    supported: { "dynamic-import": false },
    plugins: [eagerYaml, asOneScript],
  }),
  // The terminal's view stands on libraries that are ES modules only.
  build({ ...common, format: "esm", entryPoints: { "cli/chat": "src/cli/ui/chat.tsx" } }),
  build({
    ...common,
    format: "esm",
    splitting: true,
    entryPoints: ["src/index.ts"],
    chunkNames: "chunks/[name]-[hash]",
    plugins: [eagerYaml],
  }),
]);
const buildId = JSON.stringify(program.outputFiles[0]!.hash.replace(/\W/g, ""));
const bin = await build({
  ...script,
  entryPoints: { main: "src/bin.ts" },
  define: { ...script.define, buildId },
});
rmSync("dist", { recursive: true, force: true });
for (const { path, contents } of [bin, program, ...others].flatMap(({ outputFiles }) => outputFiles)) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
prependShebang("dist/main.cjs");
cpSync("src/cli/templates", "dist/cli/templates", { recursive: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });

function prependShebang(file: string): void {
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, "utf8")}`);
  chmodSync(file, 0o755);
}
