import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { suggest } from "../../src/diagnostics/suggest.ts";
import { formatDuration, parseDuration, shortDuration } from "../../src/language/duration.ts";
import { compileExpression } from "../../src/language/expression/compile.ts";
import { parseName, parsePersonName } from "../../src/language/name.ts";
import { parseRate } from "../../src/language/rate.ts";
import { plainText, type RichText } from "../../src/language/rich-text.ts";
import { findReferences, parseSecretText, resolveSecretText } from "../../src/language/secret-reference.ts";
import { parseSize } from "../../src/language/size.ts";
import { compileTemplate } from "../../src/language/template/compile.ts";
import { compileTextValue, compileValue } from "../../src/language/template/value.ts";
import { parseYesNo } from "../../src/language/yes-no.ts";
import { env, nodeTypes, scope, values } from "./support.ts";

const run = { seed: 20260331, numRuns: 400 };

/** What people type to break bots, between ordinary characters. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "{{",
        "}}",
        "{%",
        "%}",
        "{{ user.name }}",
        "{% if yes %}",
        "**",
        "*",
        "_",
        "~~",
        "`",
        "```",
        "\\",
      ),
      fc.constantFrom("[a](https://b.c)", "](", "[", ")", "\n- ", "\n\n", "- ", "https://x.y/_z_", "${HOME}", "<@1>"),
      fc.constantFrom("@everyone", "@here", "<!channel>", "&amp;", "<b>", "\u200f", "\u202e", "\u200b", "\uFFFC", "\0"),
      fc.constantFrom("\uE000", "\uF8FF", "\u{F0000}", "\u{10FFFD}", "\uD800", "😀", "👨‍👩‍👧"),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));

/** What adapters rely on: no empty text, and no text beside text. */
function expectWellFormed(rich: RichText): void {
  for (const [at, node] of rich.entries()) {
    if (node.type === "text") {
      expect(node.text).not.toBe("");
      expect(rich[at + 1]?.type).not.toBe("text");
    }
    if ("children" in node) expectWellFormed(node.children);
  }
}

describe("what a user typed is data", () => {
  const given = (text: string) => ({ ...values, options: { text }, data: { tags: [text, text] } });

  it("comes back letter by letter as one text node", () => {
    const compiled = compileTemplate("{{ options.text }}", scope);
    if (!compiled.ok) throw new Error("must be right");
    fc.assert(
      fc.property(hostile, (text) => {
        const rich = compiled.render(given(text), env);
        expect(rich).toEqual(text === "" ? [] : [{ type: "text", text }]);
        expect(plainText(rich)).toBe(text);
      }),
      run,
    );
  });

  const frames: [string, (text: string) => string, string[]][] = [
    ["Hi {{ options.text }}!", (text) => `Hi ${text}!`, ["text"]],
    ["**{{ options.text }}** x", (text) => `${text} x`, ["bold", "text"]],
    ["*{{ options.text }}{{ options.text }}*.", (text) => `${text}${text}.`, ["italic", "text"]],
    ["~~{{ options.text }}~~ `{{ options.text }}`.", (text) => `${text} ${text}.`, ["code", "strike", "text"]],
    ["- {{ options.text }}\n- a", (text) => `- ${text}\n- a`, ["list_item", "text"]],
    ["```\n{{ options.text }}\n```\n.", (text) => `${text}\n.`, ["code_block", "text"]],
    ["\uFFFC{{ options.text }}\uFFFC", (text) => `\uFFFC${text}\uFFFC`, ["text"]],
    ["{% if yes %}**{{ options.text }}** x{% endif %}", (text) => `${text} x`, ["bold", "text"]],
    ["{% if yes %}\uFFFC{{ options.text }}{% endif %}", (text) => `\uFFFC${text}`, ["text"]],
    ["{% for x in data.tags %}{{ x }};{% endfor %}", (text) => `${text};${text};`, ["text"]],
    ["{{ data.tags | join: '' }}.", (text) => `${text}${text}.`, ["text"]],
    ["[{{ options.text }}](https://example.org).", (text) => `${text} (https://example.org).`, ["link", "text"]],
  ];

  it.each(frames)("cannot change the shape of %j", (source, expected, types) => {
    const compiled = compileTemplate(source, scope);
    if (!compiled.ok) throw new Error(compiled.problems[0]?.message);
    fc.assert(
      fc.property(
        hostile.filter((text) => text !== ""),
        (text) => {
          const rich = compiled.render(given(text), env);
          expect(plainText(rich)).toBe(expected(text));
          expect([...nodeTypes(rich)].sort()).toEqual(types);
        },
      ),
      run,
    );
  });

  it("makes a link only to the web", () => {
    const compiled = compileTemplate("[go]({{ options.text }}) [to](https://example.org/{{ options.text }})", scope);
    if (!compiled.ok) throw new Error("must be right");
    fc.assert(
      fc.property(hostile, (text) => {
        for (const node of compiled.render(given(text), env)) {
          expect(["text", "link"]).toContain(node.type);
          if (node.type === "link") expect(node.url).toMatch(/^https?:\/\/[^\s<>()]+$/);
        }
      }),
      run,
    );
  });

  it("stays as it is in plain strings too", () => {
    const compiled = compileTextValue("a{{ options.text }}b", scope);
    if (!compiled.ok) throw new Error("must be right");
    fc.assert(
      fc.property(hostile, (text) => {
        expect(compiled.render(given(text), env)).toBe(`a${text}b`);
      }),
      run,
    );
  });
});

describe("nothing throws, whatever the text is", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string(), hostile);
  const expressionLike = fc
    .array(
      fc.constantFrom(
        ...["user", "user.name", "options.amount", "'a'", "1", "2.5", "10m", "yes", "empty", "(", ")", "[", "]", ","],
        ...["and", "or", "not", "==", "<", "contains", "in", "|", "upcase", "default", ":", ".", "-", "people", "data"],
        ...["[0]", "answer", "| size", "| date", "| plus: 1", "now", "today"],
      ),
      { maxLength: 14 },
    )
    .map((words) => words.join(" "));

  const readers: [string, (text: string) => unknown][] = [
    ["parseDuration", parseDuration],
    ["parseSize", parseSize],
    ["parseRate", parseRate],
    ["parseYesNo", parseYesNo],
    ["parseName", (text) => parseName(text, ["discord", "telegram"])],
    ["parsePersonName", (text) => parsePersonName(text, ["discord", "telegram"])],
    ["parseSecretText", parseSecretText],
    ["findReferences", findReferences],
    ["suggest", (text) => suggest(text, ["reply", "send", "constructor"])],
  ];
  it.each(readers)("%s", (_name, read) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(() => read(text)).not.toThrow();
      }),
      run,
    );
  });

  it("expressions: a value of their type, or problems inside the text", () => {
    let right = 0;
    fc.assert(
      fc.property(fc.oneof(anyText, expressionLike), (source) => {
        const compiled = compileExpression(source, scope);
        if (compiled.ok) {
          right++;
          expect(compiled.evaluate(values, env)).not.toBeUndefined();
          expect(compiled.evaluate({}, env)).not.toBeUndefined();
          return;
        }
        expect(compiled.problems.length).toBeGreaterThan(0);
        for (const { offset, length, message } of compiled.problems) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(source.length);
          expect(length).toBeGreaterThan(0);
          expect(message).not.toBe("");
        }
      }),
      { ...run, numRuns: 3000 },
    );
    expect(right).toBeGreaterThan(50);
  });

  it("templates", () => {
    const tags = fc.constantFrom(
      "{% if yes %}",
      "{% else %}",
      "{% endif %}",
      "{% for x in people %}",
      "{% endfor %}",
      "{{ user }}",
    );
    const templateLike = fc
      .array(fc.oneof(hostile, tags, expressionLike), { maxLength: 8 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(anyText, templateLike), (source) => {
        for (const compiled of [compileTemplate(source, scope), compileTextValue(source, scope)]) {
          if (!compiled.ok) {
            expect(compiled.problems.length).toBeGreaterThan(0);
            continue;
          }
          const rendered = compiled.render(values, env);
          if (typeof rendered !== "string") expectWellFormed(rendered);
        }
        compileValue(source, scope);
      }),
      { ...run, numRuns: 2000 },
    );
  });

  it("long texts made of marks are read in little time", () => {
    for (const piece of [
      "*",
      "**a ",
      "[",
      "[a](",
      "`",
      "``a",
      "_a",
      "~~",
      "```",
      "- ",
      "\\",
      "{{",
      "{%",
      "${",
      "'",
      "h",
    ]) {
      const compiled = compileTemplate(piece.repeat(5000), scope);
      if (compiled.ok) expect(plainText(compiled.render(values, env))).not.toBe("");
      else expect(compiled.problems.length).toBeGreaterThan(0);
    }
  });
});

describe("what is written is read back", () => {
  it("durations", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000_000 }), (seconds) => {
        expect(parseDuration(shortDuration(seconds * 1000))).toEqual({ ok: true, value: seconds * 1000 });
        expect(formatDuration(seconds * 1000, "en")).not.toBe("");
      }),
      run,
    );
  });

  it("texts without a reference to a secret", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes("$")),
        (text) => {
          const read = parseSecretText(text);
          const reader = { env: () => undefined, file: () => "" };
          expect(read.ok && resolveSecretText(read.value, reader)).toEqual({ ok: true, value: text });
        },
      ),
      run,
    );
  });
});
