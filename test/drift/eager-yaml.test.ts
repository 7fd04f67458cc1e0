import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { Composer, Parser } from "yaml";
import { eagerYaml } from "../../scripts/eager-yaml.ts";

const configs = join(import.meta.dirname, "../configs");

/** Scalars, marks and mistakes that our own files do not have. */
const odd = {
  nothing: "",
  "several documents": "%YAML 1.2\n---\na: 1\n...\n---\n- b\n",
  "block scalars": "a: |+2\n    x\n\n  y\nb: >-\n  folded\n  text\n\nc: 1\n",
  "quotes over lines": "a: 'it''s\n  so'\nb: \"x\\\"\n  y\" # end\n",
  "anchors and tags": "a: &one !!map {x: [1, 2,], ? y : z}\nb: *one\n? [k]\n: v\n",
  "open ends": 'a: [1, {b: "c\n',
  "strange ends": "a: b]\n}\n\t- c\n @d\n`e: %f\n",
  "carriage returns": "a: 1\r\nb:\r\n  - 2\r",
};

interface Library {
  readonly Composer: typeof Composer;
  readonly Parser: typeof Parser;
}

/** What a text comes to: its tokens, values and mistakes. */
function read(library: Library, text: string): unknown {
  const tokens = [...new library.Parser().parse(text)];
  const documents = [...new library.Composer({ uniqueKeys: false }).compose(tokens)].map((document) => ({
    value: document.errors.length === 0 ? whatCameOf(() => document.toJS({ mapAsMap: true })) : undefined,
    errors: document.errors.map(({ code, pos, message }) => ({ code, pos, message })),
  }));
  return { tokens, documents };
}

/** A value, or why the library makes none. */
function whatCameOf(make: () => unknown): unknown {
  try {
    return make();
  } catch (error) {
    return String(error);
  }
}

describe("the bundled library reads as the published one", async () => {
  const { outputFiles } = await build({
    stdin: { contents: 'export { Composer, Parser } from "yaml"', resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    plugins: [eagerYaml],
  });
  const bundle: Library = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString("base64")}`
  );
  const same = (text: string) => expect(read(bundle, text)).toEqual(read({ Composer, Parser }, text));

  test.each(["ok", "err"])("the files in %s", (folder) => {
    for (const name of readdirSync(join(configs, folder)))
      if (name.endsWith(".yaml")) same(readFileSync(join(configs, folder, name), "utf8"));
  });

  test.each(Object.entries(odd))("%s", (_, text) => {
    same(text);
  });
});
