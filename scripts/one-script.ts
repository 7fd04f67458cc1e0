import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Makes one CommonJS script of the command line: what is loaded by `import()` in the source becomes a part that runs when
 * it is first asked for. ES modules cannot be required on every Node that we run on; those go through `importModule`, which
 * the bin gives to the script: the terminal's view, and some libraries. What starts processes is loaded when one is started:
 * commander asks for it and hardly ever uses it.
 */
export const asOneScript: Plugin = {
  name: "as-one-script",
  setup(build) {
    build.onResolve({ filter: /\/ui\/chat\.tsx$/ }, () => ({ path: "./cli/chat.js", namespace: "es-module" }));
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]commander[\\/]/.test(importer) ? { path: "spawn", namespace: "lazy-child-process" } : null,
    );
    build.onLoad({ filter: /.*/, namespace: "lazy-child-process" }, () => ({
      contents: 'exports.spawn = (...args) => process.getBuiltinModule("node:child_process").spawn(...args);',
    }));
    build.onResolve({ filter: /^[@a-z]/ }, ({ path, kind, importer }) => {
      if (!isModule(path)) return null;
      if (kind === "dynamic-import") return { path, namespace: "es-module" };
      return { errors: [{ text: `${path} is an ES module only: import() it where ${importer} uses it` }] };
    });
    // An object with `then` is waited for by whoever imports it, and gives the module.
    build.onLoad({ filter: /.*/, namespace: "es-module" }, ({ path }) => ({
      contents: `exports.then = (...args) => importModule(${JSON.stringify(path)}).then(...args);`,
    }));
  },
};

/** Whether `require` would find an ES module: by the file's ending or by the package it lies in. */
function isModule(name: string): boolean {
  const file = createRequire(resolve("package.json")).resolve(name);
  if (isBuiltin(file) || file.endsWith(".cjs")) return false;
  if (file.endsWith(".mjs")) return true;
  let folder = dirname(file);
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const { type } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { type?: string };
  return type === "module";
}
