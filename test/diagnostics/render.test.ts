import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { type Diagnostic, errorAt, hasErrors, noticeAt, warningAt } from "../../src/diagnostics/diagnostic.ts";
import { renderGithub } from "../../src/diagnostics/render/github.ts";
import { renderJson } from "../../src/diagnostics/render/json.ts";
import { renderPretty } from "../../src/diagnostics/render/pretty.ts";

const place = (line: number, column: number, length: number) => ({ file: "bot.yaml", line, column, length });
const unknown = { code: "unknown-action" as const, message: 'there is no action "repy". Did you mean "reply"?' };

function pretty(source: string, diagnostic: Diagnostic, width?: number): string {
  return renderPretty([diagnostic], { sourceOf: () => source, ...(width === undefined ? {} : { width }) });
}

/** The line of the source and the line with the carets, without what stands before the bar and behind the carets. */
function caret(source: string, diagnostic: Diagnostic, width?: number): [string, string] {
  const lines = pretty(source, diagnostic, width).split("\n");
  const shown = (line: string) => line.slice(line.indexOf("| ") + 2);
  return [shown(lines[2]!), shown(lines[3]!).replace(/(\^) .*/, "$1")];
}

test("a mistake looks as the language's page shows it", () => {
  const source = `${"\n".repeat(30)}      - repy: Hello\n`;
  expect(pretty(source, errorAt(place(31, 9, 4), unknown))).toBe(
    [
      "bot.yaml:31:9  error  unknown-action",
      "   |",
      "31 |       - repy: Hello",
      '   |         ^^^^ there is no action "repy". Did you mean "reply"?',
      "   |",
      "   = see: botctl explain actions",
      "",
    ].join("\n"),
  );
});

describe("the caret stands under the mistake", () => {
  test.each([
    ["after tabs", "\t\tab: X", 7, 1, ["→ → ab: X", "        ^"]],
    ["after wide characters", "a: 世界 X", 7, 1, ["a: 世界 X", "        ^"]],
    ["after combining marks", "a: e\u0301e\u0301 X", 9, 1, ["a: e\u0301e\u0301 X", "      ^"]],
    ["after an emoji of several parts", "a: 👩‍👩‍👧 X", 13, 1, ["a: 👩‍👩‍👧 X", "      ^"]],
    ["under wide characters", "a: 世界", 4, 2, ["a: 世界", "   ^^^^"]],
    ["at the end of the line", "a:", 3, 1, ["a:", "  ^"]],
    ["beyond the end of the line", "a:", 9, 3, ["a:", "  ^"]],
  ])("%s", (_name, source, column, length, expected) => {
    expect(caret(source, errorAt(place(1, column, length), unknown))).toEqual(expected);
  });

  test("in a long line, which is cut around it", () => {
    const source = `${"a".repeat(300)}X${"b".repeat(300)}`;
    const [line, mark] = caret(source, errorAt(place(1, 301, 1), unknown), 60);
    expect(line.length).toBe(62);
    expect(line[mark.indexOf("^")]).toBe("X");
    const [end, last] = caret(source, errorAt(place(1, 601, 1), unknown), 60);
    expect([end.at(-1), last.indexOf("^")]).toEqual(["b", end.length - 1]);
  });
});

test("a token is shown nowhere, whatever is said of its line", () => {
  const tokens = [
    `M${"a".repeat(23)}.bcdefg.${"h".repeat(30)}`,
    `123456789:${"a".repeat(35)}`,
    "xoxb-1234567890-abcdefghij",
    "xapp-1-A0000000-abcdefghij",
  ];
  for (const token of tokens) {
    const source = `discord: { tokn: "${token}", x: y }`;
    const message = `it is "${token}".`;
    const shown = pretty(source, errorAt(place(1, 12, 4), { ...unknown, message, corrected: source }));
    expect(shown).not.toContain(token);
    expect(shown.match(/"\*{20,}"/g)).toHaveLength(3);
    expect(shown).toContain("^^^^");
  }
});

test("a corrected line that fills a screen is cut like the line itself", () => {
  const source = `x: ${"- ".repeat(5000)}`;
  const shown = pretty(source, errorAt(place(1, 4, 9999), { ...unknown, corrected: `x: "${"- ".repeat(5000)}"` }));
  expect(shown.length).toBeLessThan(2000);
  expect(shown).toContain('| x: "- - -');
});

test("other places, hints and the corrected line", () => {
  const source = "hello: Hi\nbye: Bye\nhello: Hi\n";
  const diagnostic = errorAt(place(3, 1, 5), {
    code: "duplicate-key",
    message: "it is given twice.",
    related: [{ ...place(1, 1, 5), message: "it is here already." }],
    hint: "rename it:",
    corrected: "hello_2: Hi",
  });
  expect(pretty(source, diagnostic)).toMatchInlineSnapshot(`
    "bot.yaml:3:1  error  duplicate-key
      |
    3 | hello: Hi
      | ^^^^^ it is given twice.
      |
    1 | hello: Hi
      | ^^^^^ it is here already.
      |
      = rename it:
    3 | hello_2: Hi
      = see: botctl explain duplicate-key
    "
  `);
});

test("a place that cannot be shown still says what is wrong", () => {
  const missing = errorAt({ ...place(1, 1, 0), file: "none.yaml" }, { code: "file-not-found", message: "nothing." });
  expect(renderPretty([missing], { sourceOf: () => undefined })).toContain("  | nothing.");
});

test("colours are only added", () => {
  const diagnostic = errorAt(place(1, 1, 1), { ...unknown, hint: "so", corrected: "b" });
  const options = { sourceOf: () => "a" };
  const colored = renderPretty([diagnostic], { ...options, colors: createColors(true) });
  expect(colored).toContain("\u001b[31m");
  expect(colored.replaceAll(/\u001b\[\d+m/g, "")).toBe(renderPretty([diagnostic], options));
});

test("what GitHub reads is escaped", () => {
  const diagnostic = warningAt(
    { file: "a,b:c.yaml", line: 2, column: 3, length: 4 },
    { code: "secret-not-set", message: "100% of\r\nit", hint: "next: line", corrected: "x: y" },
  );
  expect(renderGithub([diagnostic])).toBe(
    "::warning file=a%2Cb%3Ac.yaml,line=2,col=3,endColumn=7,title=secret-not-set::100%25 of%0D%0Ait%0Anext: line%0Ax: y\n",
  );
});

test("JSON counts by severity", () => {
  const diagnostics = [errorAt(place(1, 1, 1), unknown), noticeAt(place(2, 1, 1), unknown)];
  expect(JSON.parse(renderJson(diagnostics))).toEqual({ diagnostics, errors: 1, warnings: 0, notices: 1 });
  expect([hasErrors(diagnostics), hasErrors(diagnostics.slice(1))]).toEqual([true, false]);
});
