import { describe, expect, it } from "vitest";
import { compileExpression } from "../../src/language/expression/compile.ts";
import { filterSynonyms, filters, filtersByName } from "../../src/language/filters/index.ts";
import { printerFor } from "../../src/language/print.ts";
import type { Env, Values } from "../../src/language/values.ts";
import { exampleEnv, exampleScope, exampleValues } from "./filter-examples.ts";
import { scope as ruleScope, values as ruleValues } from "./support.ts";

function printed(source: string, scope = exampleScope, values: Values = exampleValues, env: Env = exampleEnv): string {
  const compiled = compileExpression(source, scope);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.problems.map((problem) => problem.message).join("; ")}`);
  const print = printerFor(compiled.type);
  if (print === undefined) throw new Error(`${source} has no text`);
  return print(compiled.evaluate(values, env), env);
}

describe.each(filters.map((filter) => [filter.name, filter] as const))("%s", (name, filter) => {
  it.each(filter.examples.map((example) => [example.expression, example.output]))("%s is %j", (expression, output) => {
    expect(expression).toContain(name);
    expect(printed(expression)).toBe(output);
  });

  it("has an example, and says what it does in a sentence", () => {
    expect(filter.examples.length).toBeGreaterThan(0);
    expect(filter.summary).toMatch(/^[A-Z].*\.$/);
    for (const argument of filter.args) expect(argument.summary).toMatch(/\.$/);
  });
});

describe("a missing value stays missing, or the filter says what it makes of it", () => {
  // Only what is declared to have a mention can be mentioned.
  it.each(filters.filter(({ name }) => name !== "mention"))("$name", ({ name, args: declared }) => {
    const needed = declared.filter((argument) => argument.optional !== true);
    const samples: Record<string, string> = { text: "'a'", integer: "2", number: "2", any: "'a'" };
    const args = needed.map((argument) => samples[argument.kinds === "any" ? "any" : argument.kinds[0]!]);
    const compiled = compileExpression(
      `answer.missing | ${name}${args.length > 0 ? `: ${args.join(", ")}` : ""}`,
      ruleScope,
    );
    const value = compiled.ok ? compiled.evaluate(ruleValues, exampleEnv) : undefined;
    expect(value).toBe(name === "default" ? "a" : name === "size" ? 0 : null);
  });
});

it("has unique names, and synonyms that lead to a filter", () => {
  expect(filtersByName.size).toBe(filters.length);
  for (const [synonym, name] of filterSynonyms) {
    expect(filtersByName.has(name)).toBe(true);
    expect(filtersByName.has(synonym)).toBe(false);
  }
});

describe("corners", () => {
  it.each<[string, string]>([
    ["'ß straße' | upcase", "SS STRASSE"],
    ["'éa' | capitalize", "Éa"],
    ["'' | capitalize", ""],
    ["-3.5 | floor", "-4"],
    ["-3.5 | ceil", "-3"],
    ["-7 | modulo: 3", "-1"],
    ["10m | at_least: 1h", "1 hour"],
    ["10m | at_most: 1h", "10 minutes"],
    ["[1, 2, 1] | unique | size", "2"],
    ["['a', 'b'] | first: 9 | join", "a, b"],
    ["['a', 'b'] | first: -1 | size", "0"],
    ["['a', 'b'] | last: 0 | size", "0"],
    ["'aXbX' | remove: 'X'", "ab"],
    ["'ab' | remove: ''", "ab"],
    ["'é/?🙂' | url_encode", "%C3%A9%2F%3F%F0%9F%99%82"],
    ["'👨‍👩‍👧👨‍👩‍👧' | size", "2"],
    ["'👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧' | truncate: 2", "👨‍👩‍👧…"],
    ["'abc' | truncate: 3", "abc"],
    ["'abc' | truncate: 0", ""],
    ["'a.b.c' | replace: '.', ''", "abc"],
    ["'a$b' | replace: '$', '$&'", "a$&b"],
    ["'abc' | replace: '', 'x'", "abc"],
    ["'' | split: ',' | size", "0"],
    ["0.1 | plus: 0.2", "0.3"],
    ["100000000000000000000 | times: 10", "1000000000000000000000"],
    ["2.5 | round", "3"],
    ["-2.5 | round", "-2"],
    ["1.005 | round: 2", "1.01"],
    ["11 | ordinal", "11th"],
    ["3 | ordinal", "3rd"],
    ["0 | plural: 'coin'", "coins"],
    ["now | plus: 1d | date: 'iso'", "2026-04-01"],
    ["today | plus: 36h | date: 'iso'", "2026-04-01"],
    ["now | date: '%A, %e %B %Y, %I:%M %p 100%%'", "Tuesday, 31 March 2026, 06:05 PM 100%"],
    ["today | ago", "today"],
    ["today | minus: 1d | ago", "yesterday"],
    ["now | minus: 30s | ago", "30 seconds ago"],
    ["now | minus: 70d | ago", "2 months ago"],
    ["'10m' | duration", "10 minutes"],
    ["'soon' | duration", ""],
    ["[3, 1, 2] | sort | first", "1"],
    ["[] | random", ""],
    ["[] | first | default: 'none'", "none"],
    ["user | default: 'x'", "Ada"],
  ])("%s is %j", (source, output) => {
    expect(printed(source)).toBe(output);
  });

  it("writes dates, times and numbers in the bot's language and time zone", () => {
    const env = { ...exampleEnv, timezone: "Asia/Tokyo", locale: "de" };
    const inGerman = (source: string) => printed(source, exampleScope, exampleValues, env);
    expect(inGerman("now | date: 'iso'")).toBe("2026-04-01");
    expect(inGerman("now | time")).toBe("03:05");
    expect(inGerman("now | date: 'weekday'")).toBe("Mittwoch");
    expect(inGerman("today | date: 'weekday'")).toBe("Dienstag");
    expect(inGerman("1234567.5 | number: 2")).toBe("1.234.567,50");
    expect(inGerman("now | minus: 3d | ago")).toBe("vor 3 Tagen");
    expect(inGerman("3 | ordinal")).toBe("3.");
    expect(inGerman("90m")).toBe("1 Stunde 30 Minuten");
  });

  it("takes what is known only at run time, where it is of the right kind", () => {
    const answer = (body: Values[string]) => printed("answer.x | upcase", ruleScope, { answer: { x: body } });
    expect(answer("abc")).toBe("ABC");
    for (const other of [5, ["a"], { name: "a" }, null, true]) expect(answer(other)).toBe("");
    expect(printed("answer.x | plus: answer.y", ruleScope, { answer: { x: 2, y: 3 } })).toBe("5");
    expect(printed("answer.x | plus: answer.y", ruleScope, { answer: { x: 2, y: "3" } })).toBe("");
  });

  it.each([
    ["2026-12-01", "2026-12-01 00:00", ""],
    ["2026-12-01T18:00:00Z", "2026-12-02 03:00", "03:00"],
    ["2026-12-01T18:00:00.250+02:00", "2026-12-02 01:00", "01:00"],
    ["2026-12-01T18:00", "2026-12-01 18:00", "18:00"],
    ["2026-12-01 18:00:30", "2026-12-01 18:00", "18:00"],
    ["2026-02-30", "", ""],
    ["2026-02-30T25:00:00Z", "", ""],
    ["soon", "", ""],
  ])("takes %s for a day or a moment, where only the run tells that it is a text", (written, day, hour) => {
    const shown = (filter: string) =>
      printed(`answer.x | ${filter}`, ruleScope, { answer: { x: written } }, { ...exampleEnv, timezone: "Asia/Tokyo" });
    expect(shown("date: '%Y-%m-%d %H:%M'")).toBe(day);
    expect(shown("time: '%H:%M'")).toBe(hour);
    expect(shown("ago")).toBe(day === "" ? "" : "in 8 months");
  });
});

it("says why two things cannot be bounded by each other, and why nothing is divided by 0", () => {
  const message = (source: string) => {
    const compiled = compileExpression(source, exampleScope);
    return compiled.ok ? undefined : compiled.problems[0]?.message;
  };
  expect(message("3 | at_least: 1h")).toContain("cannot be compared with a duration");
  expect(message("7 | modulo: 0")).toContain("nothing can be divided by 0");
});
