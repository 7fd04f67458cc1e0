import { readdirSync, readFileSync } from "node:fs";
import { commentsOf } from "../../src/config/packs/comments.ts";
import { builtPack } from "../../src/config/packs/find-pack.ts";
import type { PackHead } from "../../src/config/packs/head.ts";
import { parse } from "../../src/config/parse.ts";
import { scan } from "../../src/config/scan.ts";
import type { YamlValue } from "../../src/config/value.ts";
import type { BuiltPack, PackMap, PackValue } from "../../src/contracts/pack.ts";
import { pointerTo, type SourceMap } from "../../src/diagnostics/source-map.ts";
import { registry } from "../../src/words/registry.ts";
import type { Generated } from "./generator.ts";

const folder = "src/packs";

/** The packs that come with botctl as data, so that using one costs no reading of YAML. */
export function generatePacks(): Generated[] {
  return packs().map(({ name, built }) => ({
    path: `${folder}/${name}.generated.ts`,
    text: [
      'import type { BuiltPack } from "../contracts/pack.ts";',
      "",
      `const pack: BuiltPack = ${JSON.stringify(built, null, 2)};`,
      "export default pack;",
      "",
    ].join("\n"),
  }));
}

/** What each pack says of itself. */
export function packHeads(): PackHead[] {
  return packs().map(({ head }) => head);
}

function packs(): { name: string; built: BuiltPack; head: PackHead }[] {
  const names = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return names.sort().map((file) => {
    const name = file.slice(0, -".yaml".length);
    const built = read(`${folder}/${file}`);
    const at = { file: `${folder}/${file}`, line: 1, column: 1, length: 0 };
    const { head } = builtPack(name, built, at, registry);
    if (head.name !== name) throw new Error(`${folder}/${file} says that its name is ${head.name}`);
    return { name, built, head };
  });
}

function read(file: string): BuiltPack {
  const scanned = scan({ file, text: readFileSync(file, "utf8") });
  const parsed = scanned.ok ? parse(scanned.value) : scanned;
  if (!parsed.ok) {
    const [first] = parsed.diagnostics;
    throw new Error(`${file}:${first?.line}: ${first?.message}`);
  }
  const { value, map, text } = parsed.value;
  return { value: plain(value, "", map) as PackMap, comments: commentsOf(text, value, map) };
}

/** `007` and `1.10` stay as they were written, because texts and ids take the characters as they stand. */
function plain(value: YamlValue, pointer: string, map: SourceMap): PackValue {
  if (Array.isArray(value)) return value.map((item, index) => plain(item, pointerTo(pointer, index), map));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, one]) => [key, plain(one, pointerTo(pointer, key), map)]);
    return Object.fromEntries(members) as PackMap;
  }
  const raw = map.raw(pointer) ?? "";
  return value === null || String(value) === raw ? value : raw;
}
