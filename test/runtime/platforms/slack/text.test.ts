import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, type RichText, richText } from "../../../../src/language/rich-text.ts";
import { emojiName } from "../../../../src/platforms/slack/emoji.ts";
import type { RichTextBlock, RichTextElement } from "../../../../src/runtime/platforms/slack/blocks.ts";
import { compose } from "../../../../src/runtime/platforms/slack/compose.ts";
import { decodeText } from "../../../../src/runtime/platforms/slack/decode.ts";
import { mostInBlock, richTextBlocks } from "../../../../src/runtime/platforms/slack/rich-text.ts";
import { richTexts, seed } from "../rich-texts.ts";

const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "<@U012ABCDEF>",
    "<!channel> <!here> <!subteam^S012345678>",
    "@here @channel @everyone",
    "*bold* _it_ ~gone~ `code` ```block```",
    "> quote\n• list",
    "<https://evil.example|https://good.example>",
    "[good](https://evil.example)",
    "&lt;@U012ABCDEF&gt; &amp;",
    ":wave: :tada:",
    "see https://example.org/a_b_c, please",
  ),
);

const elements = (blocks: readonly RichTextBlock[]): RichTextElement[] =>
  blocks.flatMap((block) => block.elements.flatMap((part) => part.elements as RichTextElement[]));
const shown = (element: RichTextElement): string => {
  if (element.type === "text") return element.text;
  return element.type === "link" ? (element.text ?? element.url) : "";
};

const rich = richTexts(hostile, { user: "U012ABCDEF", role: "S012345678" });

describe("text for Slack", () => {
  it("never lets plain text ping, become markup or hide where a link leads", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (texts) => {
        const text = texts.join("");
        const [message] = compose({ text: richText(text) });
        if (text.trim() === "") {
          expect(message).toBeUndefined();
          return;
        }
        const all = elements(message!.blocks as RichTextBlock[]);
        for (const element of all) {
          expect(["text", "link"]).toContain(element.type);
          expect(element.style).toBeUndefined();
          if (element.type === "link") expect(element.text).toBeUndefined();
        }
        expect(all.map(shown).join("")).toBe(text);
        expect(message!.text).not.toMatch(/[<>]/);
        expect(decodeText(message!.text, { people: new Map(), channels: new Map() })).toEqual({ text, entities: [] });
      }),
      seed,
    );
  });

  it("mentions exactly whom the nodes mention", () => {
    fc.assert(
      fc.property(rich, (nodes) => {
        const pings = elements(richTextBlocks(nodes)).filter(({ type }) => !["text", "link"].includes(type));
        expect(pings).toHaveLength(JSON.stringify(nodes).split('"target"').length - 1);
      }),
      seed,
    );
  });

  it("in a card never becomes markup either", () => {
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const [message] = compose({
          embed: {
            title: richText(name),
            footer: richText(value),
            fields: [{ name: richText(name), value: richText(value), inline: true }],
          },
        });
        for (const block of message?.blocks ?? []) {
          if (block.type !== "section" || !("fields" in block)) continue;
          for (const field of block.fields)
            if (field.type === "mrkdwn") expect(field.text).toMatch(/^\*[^*_~`:<>&\n]+\*\n[^*_~`:<>&]*$/);
        }
      }),
      seed,
    );
  });

  it("shows styles, links, lists and code", () => {
    const blocks = richTextBlocks([
      {
        type: "bold",
        children: [
          { type: "text", text: "Rules" },
          { type: "italic", children: richText("!") },
        ],
      },
      { type: "text", text: "\n" },
      { type: "list_item", children: [{ type: "strike", children: richText("no") }] },
      { type: "text", text: "\nrun " },
      { type: "code", text: "a*b" },
      { type: "text", text: "\n" },
      { type: "code_block", text: "x = 1", language: "js" },
      { type: "text", text: "\nsee " },
      { type: "link", url: "https://example.org/", children: [{ type: "bold", children: richText("here") }] },
    ]);
    expect(blocks).toEqual([
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "Rules", style: { bold: true } },
              { type: "text", text: "!", style: { bold: true, italic: true } },
              { type: "text", text: "\n" },
              { type: "text", text: "• " },
              { type: "text", text: "no", style: { strike: true } },
              { type: "text", text: "\nrun " },
              { type: "text", text: "a*b", style: { code: true } },
            ],
          },
          { type: "rich_text_preformatted", elements: [{ type: "text", text: "x = 1" }] },
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "see " },
              { type: "link", url: "https://example.org/", text: "here", style: { bold: true } },
            ],
          },
        ],
      },
    ]);
  });

  it("lets everybody be called only where the file says so", () => {
    const all = (id: string) => ({ type: "mention", target: { kind: "everyone", id, name: id } }) as const;
    const text: RichText = [all("here"), ...richText(" @here <!channel> "), all("everyone")];
    expect(elements(richTextBlocks(text)).map(({ type }) => type)).toEqual(["text", "text", "text"]);
    expect(elements(richTextBlocks(text, { everyone: true }))).toEqual([
      { type: "broadcast", range: "here" },
      { type: "text", text: " @here <!channel> " },
      { type: "broadcast", range: "everyone" },
    ]);
  });

  it("is cut into blocks without losing anything or tearing a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 1, max: 400 }), (unit, times) => {
        const text = `${unit} word `
          .repeat(times * 10)
          .slice(0, 20_000)
          .replace(/[\ud800-\udbff]$/, "");
        const blocks = richTextBlocks([{ type: "bold", children: richText(text) }]);
        for (const block of blocks) {
          const size = elements([block]).reduce((sum, element) => sum + shown(element).length, 0);
          expect(size).toBeLessThanOrEqual(mostInBlock);
          for (const element of elements([block]))
            expect(shown(element)).not.toMatch(/[\ud800-\udbff]$|^[\udc00-\udfff]/);
        }
        expect(elements(blocks).map(shown).join("").trim()).toBe(text.trim());
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it("longer than a message may be becomes several, with the buttons under the last", () => {
    const text = richText("A line of the rules.\n".repeat(1500));
    const messages = compose({ text, buttons: [{ key: "k", label: "Read", style: "primary" }] });
    expect(messages.length).toBe(3);
    expect(messages.map(({ blocks }) => blocks.some(({ type }) => type === "actions"))).toEqual([false, false, true]);
    const whole = messages.flatMap(({ blocks }) => elements(blocks.filter((block) => block.type === "rich_text")));
    expect(whole.map(shown).join("").trim()).toBe(plainText(text).trim());
  });
});

describe("names of emoji", () => {
  it("are found for characters, skin tones, flags and names", () => {
    expect(["👍", "❤️", "✅", "👋🏽", "🇪🇸", "🇵🇹", "1️⃣", ":tada:", "tada", "party_parrot"].map(emojiName)).toEqual([
      "+1",
      "heart",
      "white_check_mark",
      "wave::skin-tone-4",
      "es",
      "flag-pt",
      "one",
      "tada",
      "tada",
      "party_parrot",
    ]);
    expect(["🪿", "nice one", "", "constructor!"].map(emojiName)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
