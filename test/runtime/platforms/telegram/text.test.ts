import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { richText } from "../../../../src/language/rich-text.ts";
import { formatText, quiet, splitText } from "../../../../src/runtime/platforms/telegram/text.ts";
import { checkEntities, findEntities } from "../../../simulators/telegram/entities.ts";
import { richTexts, seed } from "../rich-texts.ts";

const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.constantFrom(
    "@ada",
    "hi @ada!",
    "(@ada_b)",
    "@@ada",
    "<b>x</b>",
    "*bold* _it_ `code` [a](tg://user?id=1)",
    "\\@ada",
    "@\u200bada",
    "||x||",
    "🙂@ada",
    "\n@all\n",
  ),
);

const rich = richTexts(hostile, { user: "42", role: "7" });

describe("text for Telegram", () => {
  it("never lets plain text ping or become markup", () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), (texts) => {
        const { text, entities } = formatText(richText(texts.join("")));
        expect(entities).toEqual([]);
        expect(findEntities(text).filter(({ type }) => type === "mention")).toEqual([]);
        expect(text.replaceAll("\u2060", "")).toBe(texts.join("").replaceAll("\u2060", ""));
      }),
      seed,
    );
  });

  it("marks exactly what the nodes say, with entities that Telegram accepts", () => {
    fc.assert(
      fc.property(rich, (nodes) => {
        const { text, entities } = formatText(nodes);
        checkEntities(text, entities);
        const pings = findEntities(text, [...entities]).filter(({ type }) => type === "mention");
        expect(pings).toEqual([]);
        const users = entities.filter(({ type }) => type === "text_mention").length;
        const written = JSON.stringify(nodes).split('"kind":"user"').length - 1;
        expect(users).toBeLessThanOrEqual(written);
      }),
      seed,
    );
  });

  it("loses nothing when it is cut, keeps every part short and its entities whole", () => {
    fc.assert(
      fc.property(rich, fc.integer({ min: 8, max: 60 }), (nodes, most) => {
        const whole = formatText(nodes);
        const parts = splitText(whole, most);
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(most);
          checkEntities(part.text, part.entities);
        }
        const squeezed = (text: string) => text.replace(/\s+/g, "");
        expect(squeezed(parts.map(({ text }) => text).join(""))).toBe(squeezed(whole.text));
      }),
      seed,
    );
  });

  it("shows lists, links without words and channels", () => {
    const { text, entities } = formatText([
      { type: "list_item", children: richText("one") },
      ...richText("\n"),
      { type: "link", url: "https://example.org/", children: [] },
      { type: "mention", target: { kind: "channel", id: "-1", name: "news" } },
    ]);
    expect(text).toBe("• one\nhttps://example.org/#news");
    expect(entities).toEqual([{ type: "text_link", offset: 6, length: 20, url: "https://example.org/" }]);
  });

  it("leaves addresses and single signs alone as far as it can", () => {
    expect(quiet("a @ b")).toBe("a @ b");
    expect(quiet("@ada")).toBe("@\u2060ada");
  });
});
