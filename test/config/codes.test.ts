import { describe, expect, test } from "vitest";
import { type Code, codeEntry, codes } from "../../src/diagnostics/codes.ts";
import { diagnosticsOf, loadText, whole } from "./support.ts";

const all = (Object.keys(codes) as Code[]).filter((code) => codeEntry(code).shell !== true);

const diagnose = async (text: string, files?: Readonly<Record<string, string>>) =>
  diagnosticsOf(await loadText(text, files));

describe("the examples of every code", () => {
  test.each(all)("%s", async (code) => {
    const { wrong, right, files } = codeEntry(code);
    const found = new Set((await diagnose(whole(wrong), files)).map((one) => one.code));
    // The notice closes a list of other mistakes.
    if (code === "too-many-mistakes") expect(found).toContain(code);
    else expect([...found]).toEqual([code]);
    expect((await diagnose(whole(right), files)).map((one) => one.code)).toEqual([]);
  });
});

describe("a comment on the line above allows what is only a warning", () => {
  test.each(all)("%s", async (code) => {
    const { wrong, files, allowable } = codeEntry(code);
    const told = (await diagnose(whole(wrong), files)).filter((one) => one.code === code);
    if (told.some((one) => one.severity === "error" || one.blocksRun === true)) return;
    if (code === "unknown-code" || code === "allows-nothing" || code === "too-many-mistakes") {
      expect(allowable).toBeUndefined();
      return;
    }
    expect(allowable).toBe(true);
    const lines = whole(wrong).split("\n");
    for (const { line } of told.toReversed()) {
      const indentation = /^ */.exec(lines[line - 1]!)![0];
      lines.splice(line - 1, 0, `${indentation}# botctl: allow ${code} for a reason`);
    }
    expect(await diagnose(lines.join("\n"), files)).toEqual([]);
  });
});

test("every code has a page that says something", () => {
  for (const code of Object.keys(codes) as Code[]) {
    const entry = codeEntry(code);
    expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(entry.title.length).toBeGreaterThan(8);
    expect(entry.explanation).toMatch(/[.:)]$/);
    if (entry.shell !== true) expect(entry.wrong).not.toBe(entry.right);
  }
});
