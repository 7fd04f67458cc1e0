/**
 * Builds what is published into `dist/`: the bin, the public API, its types and the files that `init` and `schema` hand out.
 * Our own code and the small libraries that `validate` needs are bundled, so that checking a file loads few files.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";
import { eagerYaml } from "./eager-yaml.ts";

const bundled = new Set(["commander", "croner", "picocolors", "yaml"]);
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };
const external = Object.keys(manifest.dependencies).filter((name) => !bundled.has(name));

// Nothing is written before all of it is made: a mistake in the source leaves the last build as it was.
const { outputFiles } = await build({
  write: false,
  entryPoints: ["src/main.ts", "src/index.ts"],
  outdir: "dist",
  // As deep as the files under `src/cli`, so that a path from a module to the project's root is the same in both.
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  jsx: "automatic",
  minify: true,
  legalComments: "linked",
  plugins: [eagerYaml],
  external: external.flatMap((name) => [name, `${name}/*`]),
  // The bundled libraries require nothing but modules of Node; `createRequire` would cost several milliseconds here.
  // What starts processes is loaded when one is started: commander asks for it and hardly ever uses it.
  banner: {
    js: 'const require = (name) => name === "node:child_process" ? new Proxy({}, { get: (_, key) => process.getBuiltinModule(name)[key] }) : process.getBuiltinModule(name);',
  },
  logLevel: "warning",
});
rmSync("dist", { recursive: true, force: true });
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
prependShebang("dist/main.js");
cpSync("src/cli/templates", "dist/chunks/templates", { recursive: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });

function prependShebang(file: string): void {
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, "utf8")}`);
  chmodSync(file, 0o755);
}
