import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParsedNode, parseDocument, type Scalar } from "yaml";
import { parse } from "../../src/config/parse.ts";
import { scan } from "../../src/config/scan.ts";
import { type ScalarStyle, scalarOffsets } from "../../src/diagnostics/scalar-offsets.ts";
import { pointerTo, type SourceMap } from "../../src/diagnostics/source-map.ts";

function mapOf(text: string): SourceMap {
  const scanned = scan({ file: "bot.yaml", text });
  if (!scanned.ok) throw new Error("not scanned");
  const parsed = parse(scanned.value);
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]!.message);
  return parsed.value.map;
}

/** The characters that a place covers. */
function at(text: string, place: { line: number; column: number; length: number }): string {
  return text.split("\n")[place.line - 1]!.slice(place.column - 1, place.column - 1 + place.length);
}

describe("places of keys and values", () => {
  const text = [
    "bot:",
    "  name: Harbour # the name",
    '  motto: "be kind"',
    "  empty:",
    "list:",
    "  - one",
    "  - { a/b: two, c~d: 3 }",
    "long: |",
    "  first",
    "  second",
    "",
  ].join("\n");
  const map = mapOf(text);

  test.each([
    ["/bot", "bot", "name"],
    ["/bot/name", "name", "Harbour"],
    ["/bot/motto", "motto", '"be kind"'],
    ["/bot/empty", "empty", "empty"],
    ["/list/0", "one", "one"],
    ["/list/1/a~1b", "a/b", "two"],
    ["/list/1/c~0d", "c~d", "3"],
    ["/long", "long", "|"],
    ["/bot/missing", "bot", "bot"],
    ["/nothing/here", "bot", "bot"],
  ])("%s", (pointer, key, value) => {
    expect(at(text, map.key(pointer))).toMatch(new RegExp(`^${key.replace(/[/~]/g, "\\$&")}`));
    expect(at(text, map.value(pointer)).startsWith(value)).toBe(true);
  });

  test("pointers and keys turn into each other", () => {
    const pointer = pointerTo(pointerTo("", "a/b~c"), 3);
    expect(pointer).toBe("/a~1b~0c/3");
  });
});

test("scalars keep the characters that were written", () => {
  const map = mapOf(
    "a: 007\nb: 1.10\nc: 18:00\nd: Yes\ne: 123456789012345678\nf: 'it''s'\ng: ~\nh:\ni: 0x1F\nj: [x]\n",
  );
  const raw = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map((key) => map.raw(`/${key}`));
  expect(raw).toEqual(["007", "1.10", "18:00", "Yes", "123456789012345678", "it's", "~", "", "0x1F"]);
  expect([map.raw("/j"), map.raw("/none")]).toEqual([undefined, undefined]);
});

describe("a place inside of a text", () => {
  const written: Record<string, string> = {
    plain: "Hello MARK there",
    "plain over lines": "Hello\n    and then MARK\n\n    there",
    single: "'it''s MARK'",
    "single over lines": "'it''s\n\n    MARK'",
    double: '"\\u0041\\n\\"MARK\\x41"',
    "double over lines": '"one\\\n    two\n    MARK"',
    literal: "|\n    one\n\n      two\n    MARK\n",
    "literal with digit": "|2-\n      one\n    MARK\n",
    folded: ">\n    one\n    two\n\n    MARK\n",
    "folded with indented lines": ">-\n    one\n\n      two\n      three\n    MARK\n",
    "block with comment": "| # about it\n    one\n    MARK\n",
    "text in a flow map": "{ a: 1, b: here MARK }",
  };
  test.each(Object.entries(written))("%s", (name, value) => {
    const text = `top:\n  text: ${value}\nnext: 1\n`;
    const map = mapOf(text);
    const pointer = name === "text in a flow map" ? "/top/text/b" : "/top/text";
    const offset = map.raw(pointer)!.indexOf("MARK");
    expect(offset).toBeGreaterThan(0);
    expect(at(text, map.offsetIn(pointer, offset, 4))).toBe("MARK");
  });

  test("an offset behind the end stays at the end, one in no text at its place", () => {
    const text = "a: text\nb: [1]\n";
    expect(mapOf(text).offsetIn("/a", 99)).toMatchObject({ line: 1, column: 8 });
    expect(mapOf(text).offsetIn("/b", 2)).toMatchObject({ line: 2 });
    expect(mapOf(text).offsetIn("/none", 2)).toMatchObject({ line: 1, column: 1 });
  });
});

describe("texts are put together as YAML does", () => {
  const styles: Record<string, ScalarStyle> = {
    PLAIN: "plain",
    QUOTE_SINGLE: "single",
    QUOTE_DOUBLE: "double",
    BLOCK_LITERAL: "literal",
    BLOCK_FOLDED: "folded",
  };
  const piece = fc.constantFrom(
    "a",
    "b ",
    " ",
    "\n",
    "\n\n",
    "\n  ",
    "\n ",
    "\t",
    "''",
    '\\"',
    "\\n",
    "\\t",
    "\\\n",
    "é",
    "👋",
    "\\x41",
    "\\u00e9",
    "#",
    ": ",
  );
  const body = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(""));
  const opening = fc.constantFrom("", "'", '"', "|\n ", ">\n ", "|-\n ", ">+\n ", "|2\n  ", ">2-\n   ");

  test("for whatever is written", () => {
    let compared = 0;
    fc.assert(
      fc.property(opening, body, (open, inner) => {
        const close = open === "'" || open === '"' ? open : "\n";
        const indented = inner.replaceAll("\n", "\n ");
        const text = `k: ${open}${indented}${close}`;
        const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: "silent" });
        const node = document.get("k", true) as (ParsedNode & Scalar) | undefined;
        const style = styles[node?.type ?? ""];
        if (document.errors.length > 0 || node === undefined || style === undefined) return;
        const [start, end] = node.range!;
        const indent = node.srcToken?.type === "block-scalar" ? node.srcToken.indent : 0;
        const found = scalarOffsets(text.slice(start, end), style, indent);
        expect(found.value).toBe(node.source);
        expect(found.offsets).toHaveLength(found.value.length + 1);
        for (let at = 1; at < found.offsets.length; at++) {
          expect(found.offsets[at]!).toBeGreaterThanOrEqual(found.offsets[at - 1]!);
        }
        compared++;
      }),
      { seed: 7, numRuns: 4000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });
});
