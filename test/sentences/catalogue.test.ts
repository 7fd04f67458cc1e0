import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { languagePattern } from "../../src/config/shape/sections/messages.ts";
import { plainText } from "../../src/language/rich-text.ts";
import { compileTemplate } from "../../src/language/template/compile.ts";
import { sentenceForms } from "../../src/sentences/catalogue.ts";
import { say } from "../../src/sentences/sentence.ts";
import { createSpeaker, inEnglish, scopeOf } from "../../src/sentences/speaker.ts";

test.each([...sentenceForms])("%s can be said, and shows every variable that it has", (key, form) => {
  const compiled = compileTemplate(form.text, scopeOf(form));
  expect(compiled).toMatchObject({ ok: true });
  const reads = compiled.ok ? new Set(compiled.reads.map(([name]) => name)) : new Set();
  expect([...reads].sort()).toEqual(Object.keys(form.variables).sort());
  expect(form.about).toMatch(/\S\.$/);
  expect(key).not.toMatch(new RegExp(languagePattern));
});

/** Where the engine and the actions say something: sentences of the catalogue, never texts of their own. */
const rooms = ["src/actions", "src/actions/shared", "src/runtime/engine", "src/runtime/runs", "src/plan"];

test("nothing is told to people in words of its own", () => {
  const own: string[] = [];
  for (const room of rooms)
    for (const name of readdirSync(room).filter((one) => one.endsWith(".ts"))) {
      const text = readFileSync(`${room}/${name}`, "utf8").replace(/\$\{[^}]*\}/g, "");
      for (const match of text.matchAll(/(?:\btell|\.say|notDone|new Refusal|platformSaid)\(\s*["'`][^)]*/g))
        own.push(`${room}/${name}: ${match[0]}`);
      for (const match of text.matchAll(/\breason: ["'`][^}]*/g)) own.push(`${room}/${name}: ${match[0]}`);
      for (const match of text.matchAll(/richText\(\s*["'`][^"'`]*[A-Za-z]{3}[^)]*/g))
        own.push(`${room}/${name}: ${match[0]}`);
    }
  expect(own).toEqual([]);
});

const spanish = { language: "es", timezone: "UTC" };

test("a sentence inside of another is told in the same language", () => {
  const speaker = createSpeaker(
    {
      own: { with_usage: "{{ problem }} Escribe: {{ usage }}" },
      languages: { de: { option_missing: "{{ value }} fehlt." } },
    },
    spanish,
  );
  const problem = say("with_usage", { problem: say("option_missing", { value: '"a"' }), usage: "/x <a>" });
  expect(plainText(speaker.say(problem))).toBe('"a" is missing. Escribe: /x <a>');
  expect(plainText(speaker.say(problem, "de_CH"))).toBe('"a" fehlt. Escribe: /x <a>');
  expect(inEnglish(problem)).toBe('"a" is missing. Write it like this: /x <a>');
});

test("what people typed is shown and never read", () => {
  const typed = "{{ help }} **x** <@1>";
  expect(inEnglish(say("unknown_command", { command: typed, near: undefined, help: "/help" }))).toContain(typed);
});
