/**
 * Keeps the law of the house: imports go down only, and rooms on one floor do not import each other.
 * Type-only imports count too, because a type that points up is knowledge that points up.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** Floor of each room under `src/`; a room may import from lower floors and from itself. */
const floors: Record<string, number> = {
  diagnostics: 0,
  language: 0,
  contracts: 0,
  sentences: 0,
  actions: 1,
  conditions: 1,
  triggers: 1,
  packs: 1,
  platforms: 1,
  stores: 1,
  audit: 1,
  observe: 1,
  words: 1,
  config: 2,
  plan: 2,
  runtime: 3,
  "app.ts": 4,
  "rehearse.ts": 4,
  "records.ts": 4,
  cli: 5,
  "index.ts": 5,
  "main.ts": 6,
  "bin.ts": 7,
};

/** Sibling imports that are part of the design, each with its reason. */
const allowedSiblings: Record<string, string> = {
  "language>diagnostics": "a template problem is a diagnostic with a column",
  "contracts>diagnostics": "a contract may hand a diagnostic over",
  "contracts>language": "a contract names the values of the language",
  "contracts>sentences": "an action that is not done says why with a sentence",
  "sentences>contracts": "each right has a sentence of its own",
  "sentences>language": "sentences are templates",
  "words>actions": "the registry lists the words",
  "words>conditions": "the registry lists the words",
  "words>triggers": "the registry lists the words",
  "words>platforms": "the registry lists the platforms",
  "words>packs": "the registry lists the packs",
  "plan>config": "the plan is compiled from the canonical configuration",
};

const root = resolve("src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
const problems: string[] = [];
for (const file of files) {
  const from = file.split("/")[0] as string;
  const text = readFileSync(join(root, file), "utf8");
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) {
    const target = relative(root, resolve(root, dirname(file), match[1] as string));
    if (target.startsWith("..")) continue;
    const to = target.split("/")[0] as string;
    if (from === to) continue;
    const [above, below] = [floors[from], floors[to]];
    if (above === undefined || below === undefined) problems.push(`src/${file}: "${from}" or "${to}" has no floor`);
    else if (below > above) problems.push(`src/${file}: imports up, from "${from}" to "${to}"`);
    else if (below === above && !(`${from}>${to}` in allowedSiblings))
      problems.push(`src/${file}: imports its sibling "${to}" from "${from}"`);
  }
}
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}
