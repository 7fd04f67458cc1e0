import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RichText, richText } from "../../../../src/language/rich-text.ts";
import { splitRich, truncateRich } from "../../../../src/runtime/platforms/discord/cut.ts";
import { discordText, noPings } from "../../../../src/runtime/platforms/discord/text.ts";

const apart = "\u200b";
const seed = { seed: 20_260_311, numRuns: 2000 };

/** Characters that begin marks, mentions, links and whatever stands at the start of a line. */
const hostile = fc
  .array(
    fc.constantFrom(
      ..."*_~`|<>@#&!()[]{}\\-+.:;/1a B\n",
      "@everyone",
      "<@123456789012345678>",
      "<#1>",
      "</ban:1>",
      "<t:1>",
      "https://x.org/a_b*c",
      "[x](https://evil.example)",
      "```js\n",
      "\n# ",
      "\n> ",
      "\n-# ",
      "\n1. ",
      "||",
      "💥",
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(""));

/** What Discord shows for a text that holds nothing but escapes and addresses; undefined when something is a mark. */
function shown(markdown: string): string | undefined {
  let out = "";
  let rest = markdown;
  let lineStart = true;
  while (rest !== "") {
    const address = /^https?:\/\/[^\s<>]*/.exec(rest)?.[0];
    const escaped = /^\\([^0-9A-Za-z\s])/.exec(rest);
    if (address !== undefined && !/[*~|`\\[\]()]/.test(trimmed(address))) {
      out += trimmed(address);
      rest = rest.slice(trimmed(address).length);
      lineStart = false;
    } else if (escaped !== null) {
      out += escaped[1];
      rest = rest.slice(2);
      lineStart = false;
    } else {
      if (/^[*_~`|[\]<\\]/.test(rest)) return undefined;
      if (lineStart && /^(?:[#>+-]|\d+[.)])/.test(rest)) return undefined;
      const character = rest[0]!;
      lineStart = character === "\n" || (lineStart && (character === " " || character === "\t"));
      out += character;
      rest = rest.slice(1);
    }
  }
  return out;
}

const trimmed = (address: string) => address.replace(/[.,:;"'()[\]\\]+$/, "");
/** Marks in addresses are written in their percent form; what would call everyone is broken by a sign that nobody sees. */
const decoded = (text: string) =>
  text
    .replace(/@\u200b(?=everyone|here)/g, "@")
    .replace(/%(2A|7E|7C|60|5C|5B|5D|28|29|40)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

describe("plain text", () => {
  it("comes out as it went in, and is never markup, a mention or a labelled link", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = shown(discordText(richText(text)));
        expect(result).toBeDefined();
        expect(decoded(result!)).toBe(text);
      }),
      seed,
    );
  });

  it("is never a mention, a mark or a link inside bold, italic, strike and links either", () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom("bold" as const, "italic" as const, "strike" as const), (text, type) => {
        const pings = noPings();
        const result = discordText([{ type, children: richText(text) }], pings);
        const mark = { bold: "**", italic: "*", strike: "~~" }[type];
        const core = result.trim();
        expect(pings.users.size + pings.roles.size).toBe(0);
        if (text.trim() === "") return;
        expect(core.startsWith(mark) && core.endsWith(mark)).toBe(true);
        const inner = core.slice(mark.length, -mark.length).replaceAll(apart, "");
        expect(shown(inner)).toBeDefined();
      }),
      seed,
    );
  });

  it.each([
    ["see https://example.org/a_b_c.", "see https://example.org/a_b_c."],
    ["a_b_c", "a\\_b\\_c"],
    ["# no heading", "\\# no heading"],
    ["one\n- two\n1. three", "one\n\\- two\n1\\. three"],
    ["well-known #1 > 0", "well-known #1 > 0"],
    ["<@1> @everyone", "\\<@1> @\u200beveryone"],
    ["see https://example.org/@here", "see https://example.org/%40here"],
  ])("writes %j as %j", (text, markdown) => {
    expect(discordText(richText(text))).toBe(markdown);
  });
});

describe("code", () => {
  it.each([
    ["a", "`a`"],
    ["a`b", "`` a`b ``"],
    ["a``b", `\`\` a\`${apart}\`b \`\``],
  ])("writes %j as %j", (text, markdown) => {
    expect(discordText([{ type: "code", text }])).toBe(markdown);
  });

  it("keeps what ends a block from ending it", () => {
    const block = discordText([{ type: "code_block", text: "a```b\n```", language: "js" }]);
    expect(block.startsWith("```js\n")).toBe(true);
    expect(block.slice(3, -3)).not.toContain("```");
  });

  it("names no language that is none", () => {
    expect(discordText([{ type: "code_block", text: "x", language: "a b`" }])).toBe("```\nx\n```");
  });
});

describe("marks", () => {
  it.each<[RichText, string]>([
    [[{ type: "bold", children: richText(" a ") }], " **a** "],
    [
      [
        { type: "bold", children: richText("a") },
        { type: "italic", children: richText("b") },
      ],
      `**a**${apart}*b*`,
    ],
    [[{ type: "bold", children: [{ type: "italic", children: richText("a") }] }], `**${apart}*a*${apart}**`],
    [[{ type: "bold", children: [{ type: "bold", children: richText("a") }] }], "**a**"],
    [[{ type: "link", url: "https://x.org/", children: richText("https://x.org/") }], "https://x.org/"],
    [[{ type: "link", url: "https://x.org/", children: richText("a]b") }], "[a\\]b](https://x.org/)"],
    [
      [{ type: "link", url: "https://x.org/", children: richText("https://good.org") }],
      "https://good.org (https://x.org/)",
    ],
    [[{ type: "mention", target: { kind: "channel", id: "12", name: "general" } }], "<#12>"],
    [[{ type: "mention", target: { kind: "user", id: "a*", name: "A*" } }], "@A\\*"],
  ])("writes %j", (rich, markdown) => {
    expect(discordText(rich)).toBe(markdown);
  });
});

describe("long texts", () => {
  it("are split without losing a word or a mark, each part within the limit", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 20 }), fc.boolean(), (pieces, bold) => {
        const text = pieces.join(" word ");
        const rich: RichText = bold ? [{ type: "bold", children: richText(text) }] : richText(text);
        const parts = splitRich(rich, 100);
        for (const part of parts) expect(discordText(part).length).toBeLessThanOrEqual(100);
        const words = (each: RichText): string => {
          const [first] = each;
          return first === undefined
            ? ""
            : first.type === "bold"
              ? words(first.children)
              : "text" in first
                ? first.text
                : "";
        };
        const without = (each: string) => each.replace(/\s/g, "");
        expect(without(parts.map(words).join(""))).toBe(without(text));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it("never cut a character or a mention in two", () => {
    const name = "x".repeat(30);
    const rich: RichText = [
      { type: "text", text: "💥".repeat(60) },
      { type: "mention", target: { kind: "user", id: "123456789012345678", name } },
      { type: "text", text: "💥".repeat(60) },
    ];
    const texts = splitRich(rich, 101).map((part) => discordText(part));
    expect(texts.every((each) => each.length <= 101 && Buffer.from(each).toString() === each)).toBe(true);
    expect(texts.filter((each) => each.includes("<@123456789012345678>"))).toHaveLength(1);
  });

  it("are truncated with balanced marks", () => {
    const cut = truncateRich([{ type: "bold", children: richText("word ".repeat(100)) }], 50);
    expect(cut.length).toBeLessThanOrEqual(50);
    expect(cut).toMatch(/^\*\*(word ?)+\*\*…$/);
  });
});
