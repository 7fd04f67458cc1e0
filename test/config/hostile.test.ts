import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnosticsOf, loadText, shown } from "./support.ts";

const head = "version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n";

/** A fixed sequence of numbers from 0 to 1 (mulberry32), so that a failure can be repeated. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

async function codesOf(text: string): Promise<readonly string[]> {
  const loaded = await loadText(text);
  shown(loaded);
  return (loaded.ok ? loaded.warnings : loaded.diagnostics).map((one) => one.code);
}

describe("hostile files get one clear error", () => {
  const levels = 10_000;
  const deep: Record<string, string> = {
    "lists in brackets": `x-deep: ${"[".repeat(levels)}${"]".repeat(levels)}\n`,
    "brackets never closed": `x-deep: ${"[".repeat(levels)}\n`,
    "maps in braces": `x-deep: ${"{a: ".repeat(levels)}${"}".repeat(levels)}\n`,
    "lists in lists": `x-deep:\n  ${"- ".repeat(levels)}a\n`,
    "keys with question marks": `x-deep:\n  ${"? ".repeat(levels)}a\n`,
    "maps by indentation": `x-deep:\n${Array.from({ length: 1000 }, (_, at) => `${" ".repeat(at + 1)}a:`).join("\n")}\n`,
  };
  test.each(Object.entries(deep))("nested: %s", async (_name, text) => {
    expect(await codesOf(head + text)).toEqual(["too-deep"]);
  });

  test("sixty levels are no mistake", async () => {
    expect(await codesOf(`${head}x-deep: ${"[".repeat(60)}${"]".repeat(60)}\n`)).toEqual([]);
  });

  test("brackets in texts and comments are not nesting", async () => {
    const text = `x-text: "${"[".repeat(200)}" # ${"{".repeat(200)}\nx-more: |\n  ${"[".repeat(200)}\n`;
    expect(await codesOf(head + text)).toEqual([]);
  });

  test("a bomb of anchors", async () => {
    const uses = (name: string) => `[${Array.from({ length: 10 }, () => `*${name}`).join(", ")}]`;
    const lines = Array.from({ length: 12 }, (_, at) => `x-a${at + 1}: &a${at + 1} ${uses(`a${at}`)}`);
    expect(await codesOf(`${head}x-a0: &a0 [one, two, three]\n${lines.join("\n")}\n`)).toEqual(["too-many-aliases"]);
  });

  test("a chain of anchors", async () => {
    const lines = Array.from({ length: 900 }, (_, at) => `x-a${at + 1}: &a${at + 1} [[[*a${at}]]]`);
    const found = await codesOf(`${head}x-a0: &a0 [one]\n${lines.join("\n")}\n`);
    expect(found.length).toBeGreaterThan(0);
    for (const code of found) expect(["too-deep", "too-many-mistakes", "too-many-aliases"]).toContain(code);
  });

  const mistakes = ["]", "@\n", "!a ", "&a ", '"', "- - x: y: z\n", "a: b: c\n", "{{ x }}\n", "x: #y\n"];
  test.each(mistakes)("twenty thousand times the mistake %j", async (part) => {
    const found = await codesOf(head + part.repeat(20_000));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(103);
  });
});

describe("files broken anywhere", () => {
  const folder = join(import.meta.dirname, "../configs/ok");
  const good = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const signs = [
    "{{",
    "}}",
    "[",
    "]",
    "{",
    "}",
    "'",
    '"',
    "\t",
    ": ",
    "- ",
    "# ",
    "#x",
    "!",
    "&a",
    "*a",
    "|",
    ">",
    "\n",
    "  ",
  ];
  const rounds = Number(process.env.BOTCTL_FUZZ ?? 800);

  function mutate(random: () => number): string {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    let text = pick(good);
    for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes--) {
      const at = Math.floor(random() * text.length);
      const way = Math.floor(random() * 5);
      if (way === 0)
        text = text.slice(0, at) + String.fromCharCode(32 + Math.floor(random() * 95)) + text.slice(at + 1);
      else if (way === 1) text = text.slice(0, at);
      else if (way === 2) text = text.slice(0, at) + pick(signs) + text.slice(at);
      else {
        const lines = text.split("\n");
        const one = Math.floor(random() * lines.length);
        const other = Math.floor(random() * lines.length);
        if (way === 3) [lines[one], lines[other]] = [lines[other]!, lines[one]!];
        else lines[one] = " ".repeat(Math.floor(random() * 6)) + lines[one]!.trimStart();
        text = lines.join("\n");
      }
    }
    return text;
  }

  test(`${rounds} of them give diagnostics or a value, never an exception`, {
    timeout: 120_000 + rounds * 40,
  }, async () => {
    const random = sequence(20_261_121);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const text = mutate(random);
      const loaded = await loadText(text);
      const output = shown(loaded);
      const lines = text.split("\n").length;
      for (const one of diagnosticsOf(loaded)) {
        expect(one.line).toBeGreaterThanOrEqual(1);
        expect(one.line).toBeLessThanOrEqual(lines);
        expect(one.column).toBeGreaterThanOrEqual(1);
        expect(output).toContain(`${one.line}:${one.column}`);
      }
      if (!loaded.ok) {
        refused++;
        expect(loaded.diagnostics.some((one) => one.severity === "error")).toBe(true);
      }
    }
    expect(refused).toBeGreaterThan(rounds / 4);
  });
});
