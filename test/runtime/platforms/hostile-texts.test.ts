import fc from "fast-check";
import { expect, test } from "vitest";
import type { RichText } from "../../../src/language/rich-text.ts";
import { compileTemplate } from "../../../src/language/template/compile.ts";
import { t } from "../../../src/language/types.ts";
import { type Env, mention } from "../../../src/language/values.ts";
import { compose as forDiscord } from "../../../src/runtime/platforms/discord/compose.ts";
import type { RichTextBlock } from "../../../src/runtime/platforms/slack/blocks.ts";
import { compose as forSlack } from "../../../src/runtime/platforms/slack/compose.ts";
import { formatText, splitText } from "../../../src/runtime/platforms/telegram/text.ts";
import { checkEntities, findEntities } from "../../simulators/telegram/entities.ts";

/**
 * The whole way from a text of the file to what a platform is sent: whatever somebody is called or types, the message has
 * the same marks, links and mentions as with harmless words.
 */
const person = t.object("person", { name: t.text, mention: t.mention }, "name");
const scope = { user: person, options: t.object("options", { text: t.text }) };
const source = [
  "**{{ user.name }}** and {{ user.mention }} say: {{ options.text }}.",
  "- *{{ options.text | truncate: 12 }}*",
  "- ~~{{ user.name | upcase }}~~",
  "[rules](https://example.org/rules)",
].join("\n");
/** On Discord nothing in code is a mention, whatever it looks like, so there it is left out. */
const code = "\n`{{ options.text }}`";
const env: Env = { now: () => 0, random: () => 0, timezone: "UTC", locale: "en" };

const id = "123456789012345678";

function rendered(name: string, text: string, more = ""): RichText {
  const template = compileTemplate(source + more, scope);
  if (!template.ok) throw new Error(template.problems.map(({ message }) => message).join("; "));
  return template.render({ user: { name, mention: mention("user", id, name) }, options: { text } }, env);
}

const piece = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.constantFrom(
    ...[
      "**",
      "*",
      "_",
      "__",
      "~~",
      "~",
      "`",
      "```",
      "||",
      "\\",
      "[a](https://evil.example)",
      "](",
      "<",
      ">",
      "&lt;",
      "&",
    ],
    ...[
      "@everyone",
      "@here",
      "@ada",
      "@@ada",
      "<@1>",
      "<@!111111111111111111>",
      "<@&1>",
      "<#1>",
      "<@U012ABCDEF>",
      "<!channel>",
    ],
    ...[
      "<https://evil.example|good>",
      "<a:b:1>",
      ":wave:",
      "</ban:1>",
      "<t:1>",
      "\n# ",
      "\n> ",
      "\n- ",
      "\n",
      "\u202e",
      "\u200b",
    ],
    ...["{{ user.name }}", "{% if 1 %}", "\uFFFC", "\uE000", "🙂", "\uD83D", "/ban", "#mod-log"],
  ),
);
/** Something that is seen, so that no mark is left without anything to stand on. */
const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => `a${pieces.join("")}z`);

const seed = { seed: 20_260_331, numRuns: 400 };

test("on Discord only the mention of the file pings", () => {
  const harmless = forDiscord({ text: rendered("Ada", "hello") });
  fc.assert(
    fc.property(hostile, hostile, (name, text) => {
      const bodies = forDiscord({ text: rendered(name, text) });
      expect(bodies.map(({ body }) => body.allowed_mentions)).toEqual(
        harmless.map(({ body }) => body.allowed_mentions),
      );
      const content = bodies.map(({ body }) => body.content).join("");
      expect(content.replace(/\\./gs, "").match(/<(?:@[!&]?|#)\d+>/g)).toEqual([`<@${id}>`]);
      expect(content).not.toMatch(/@(?:everyone|here)\b/);
    }),
    seed,
  );
});

test("on Telegram the entities are those of the file, and stay within the text", () => {
  const harmless = formatText(rendered("Ada", "hello", code));
  fc.assert(
    fc.property(hostile, hostile, (name, text) => {
      const formatted = formatText(rendered(name, text, code));
      checkEntities(formatted.text, formatted.entities);
      const kinds = (entities: typeof formatted.entities) => entities.map(({ type }) => type).sort();
      expect(kinds(formatted.entities)).toEqual(kinds(harmless.entities));
      expect(formatted.entities.filter(({ type }) => type === "text_link")).toMatchObject([
        { url: "https://example.org/rules" },
      ]);
      for (const part of splitText(formatted, 40)) {
        checkEntities(part.text, part.entities);
        expect(findEntities(part.text, [...part.entities]).filter(({ type }) => type === "mention")).toEqual([]);
      }
    }),
    seed,
  );
});

test("on Slack the elements are those of the file", () => {
  const parts = (text: RichText) =>
    forSlack({ text })
      .flatMap(({ blocks }) => blocks as RichTextBlock[])
      .flatMap((block) =>
        block.elements.flatMap((part) => part.elements as { type: string; url?: string; text?: string }[]),
      );
  const special = (text: RichText) =>
    parts(text)
      // An address that somebody typed is shown as it is.
      .filter(
        ({ type, url, text: shown }) =>
          type !== "text" && !(type === "link" && shown === undefined && url !== undefined),
      )
      .map(({ type, url }) => ({ type, url }));
  const harmless = special(rendered("Ada", "hello", code));
  expect(harmless.map(({ type }) => type).sort()).toContain("user");
  fc.assert(
    fc.property(hostile, hostile, (name, text) => {
      expect(special(rendered(name, text, code))).toEqual(harmless);
      for (const { text: fallback } of forSlack({ text: rendered(name, text) })) expect(fallback).not.toMatch(/<[@!#]/);
    }),
    seed,
  );
});
