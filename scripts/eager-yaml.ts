import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "esbuild";

/** The library's ES modules. Those for Node ask for an environment variable at each token, and are bundled whole. */
const modules = resolve("node_modules/yaml/browser/dist");

/**
 * Bundles the YAML library with lists in place of the generators of its lexer and parser. For each token of a file a
 * chain of them is made and resumed, while we always read a whole file at once: that and the environment took a fifth of
 * the time to check a large file. The classes are used as before; what is iterated over is a list. Its nodes are made in a
 * quicker way too.
 */
export const eagerYaml: Plugin = {
  name: "eager-yaml",
  setup(build) {
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: join(modules, "index.js"), sideEffects: false }));
    build.onLoad({ filter: /[\\/]yaml[\\/].*[\\/]parse[\\/](lexer|parser)\.js$/ }, ({ path }) => ({
      contents: eager(readFileSync(path, "utf8")),
      loader: "js",
    }));
    build.onLoad({ filter: /[\\/]yaml[\\/].*[\\/]nodes[\\/](Node|Pair|Collection)\.js$/ }, ({ path }) => ({
      contents: assigned(readFileSync(path, "utf8")),
      loader: "js",
    }));
  },
};

/** Sets what a node is told by as it sets all else: to define it apart takes as long as all the rest of making a node. */
function assigned(source: string): string {
  const made = source.replace(
    /Object\.defineProperty\(this, (NODE_TYPE|'schema'), \{\s*value: (\w+)[^}]*\}\);/g,
    (_, key, value) => (key === "NODE_TYPE" ? `this[NODE_TYPE] = ${value};` : `this.schema = ${value};`),
  );
  if (made === source || made.includes("defineProperty"))
    throw new Error("the YAML library makes its nodes in a new form");
  return made;
}

/** Makes plain methods of a class's generators: what they would yield is gathered in the list `yielded`. */
function eager(source: string): string {
  const made = source
    .replace(/^( *)constructor\(.*\) \{$/m, "$&\n$1    this.yielded = [];")
    .replace(/^( *)\*(lex|parse)\(source, incomplete = false\) \{$/m, entry)
    .replace(/^( *)\*(\w+\(.*\) \{)$/gm, "$1$2")
    .replace(/\byield\* /g, "")
    .replace(/^( *)yield (\{\n(?:\1 .*\n)*\1\}|.*);$/gm, "$1this.yielded.push($2);");
  const left = /^ *\*\w+\(|^ *[^*/ \n].*\byield |^ *yield\b/m.exec(made);
  if (left !== null) throw new Error(`the YAML library has a generator of a new form: ${left[0]}`);
  return made;
}

/** What is called from outside answers with the list. */
const entry = [
  "$1$2(source, incomplete = false) {",
  "$1    this.gather(source, incomplete);",
  "$1    return this.yielded;",
  "$1}",
  "$1gather(source, incomplete) {",
].join("\n");
