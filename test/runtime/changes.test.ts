import { expect, it } from "vitest";
import { textReader } from "../../src/config/text-reader.ts";
import { describeChanges } from "../../src/runtime/changes.ts";
import { loadBot } from "../../src/runtime/load-bot.ts";
import { registry } from "../../src/words/registry.ts";

async function configOf(text: string) {
  const loaded = await loadBot({
    file: "bot.yaml",
    platforms: ["console"],
    reader: textReader({ "bot.yaml": text }),
    words: registry,
    secrets: { env: () => "set", file: () => "" },
    alsoWatch: [],
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.plan.config;
}

const base = `version: 1
bot: { name: Harbour }
platforms: { console: {} }
permissions:
  moderators: { allow: [ { role: Moderator } ], deny: [ { role: Muted } ] }
rate_limits: { slow: 1 per 1m per user }
data: { coins: { type: integer } }
commands:
  ping: pong
  ban_them: { allow: moderators, do: [ { reply: Done. } ] }
rules:
  - { name: First, when: message, if: [ { text: { contains: a } } ], do: [ { reply: A. } ] }
  - { name: Second, when: message, if: [ { text: { contains: b } } ], do: [ { reply: B. } ] }
`;

const sentencesOf = async (change: (text: string) => string) =>
  describeChanges(await configOf(base), await configOf(change(base))).map(
    ({ kind, sentence }) => `${kind}: ${sentence}`,
  );

it.each<[string, (text: string) => string, readonly string[]]>([
  ["nothing", (text) => text, []],
  ["a remark and the form of a text", (text) => `# hello\n${text.replace("ping: pong", 'ping: "pong"')}`, []],
  [
    "two commands more",
    (text) => text.replace("  ping: pong\n", "  ping: pong\n  give: a\n  balance: b\n"),
    ["config: 2 commands added: give, balance"],
  ],
  [
    "a command and a limit that are called like what every object has",
    (text) =>
      text
        .replace("  ping: pong\n", "  ping: pong\n  constructor: a\n")
        .replace("rate_limits: {", "rate_limits: { constructor: 2 per 1m per user,"),
    ["config: 1 command added: constructor", "config: 1 rate limit added: constructor"],
  ],
  ["a command less", (text) => text.replace("  ping: pong\n", ""), ["config: 1 command removed: ping"]],
  ["another answer", (text) => text.replace("pong", "pang"), ["config: 1 command changed: ping"]],
  [
    "a new name of a command and of a rule",
    (text) =>
      text
        .replace("ban_them: { allow", "banish: { was: ban_them, allow")
        .replace("name: First,", "name: The first, was: First,"),
    [`config: the command "ban_them" is now called "banish"`, `config: the rule "First" is now called "The first"`],
  ],
  [
    "a new name, and another answer and other people under it",
    (text) =>
      text.replace(
        "ban_them: { allow: moderators, do: [ { reply: Done. }",
        "banish: { was: ban_them, do: [ { reply: Out. }",
      ),
    [
      `config: the command "ban_them" is now called "banish"`,
      "config: 1 command changed: banish",
      `permissions: "banish" may now be used by everybody who has the rights that its actions need`,
    ],
  ],
  [
    "who may use a command",
    (text) => text.replace("ban_them: { allow: moderators", "ban_them: { allow: everyone"),
    [`permissions: "ban_them" may now be used by everybody`],
  ],
  [
    "a command that anybody with the right may use",
    (text) => text.replace("allow: moderators, do", "do"),
    [`permissions: "ban_them" may now be used by everybody who has the rights that its actions need`],
  ],
  [
    "who is in a group",
    (text) =>
      text.replace("allow: [ { role: Moderator } ]", 'allow: [ { can: ban_members }, { user: "console:ada" } ]'),
    [`permissions: the group "moderators" is now: whoever may ban members, console:ada, but not the role Muted`],
  ],
  [
    "a group more",
    (text) => text.replace("permissions:\n", "permissions:\n  staff: { allow: [ moderators ] }\n"),
    [`permissions: the group "staff" was added: moderators`],
  ],
  ["the order of rules", reordered, ["config: the order changed in which rules see a message"]],
  [
    "limits, data and what is recorded",
    (text) =>
      `${text.replace("1 per 1m", "2 per 1m").replace("coins: { type: integer }", "coins: { type: integer, minimum: 0 }")}audit: { keep: 30d }\n`,
    [
      "config: 1 rate limit changed: slow",
      "config: 1 data entry changed: coins",
      "permissions: what the audit log records, or for how long, changed",
    ],
  ],
  [
    "where and how much is logged",
    (text) => `${text}logging: { level: debug, file: ./bot.log }\n`,
    ["config: what the log shows changed", "config: the file and format of the log change at the next start"],
  ],
])("tells %s", async (_what, change, sentences) => {
  expect(await sentencesOf(change)).toEqual(sentences);
});

it("tells a new name alone where the rule has a rate of its own", async () => {
  const rated = base.replace("ping: pong", "ping: { rate_limit: 1 per 5s per user, do: [ { reply: pong } ] }");
  const renamed = rated.replace("ping: {", "pang: { was: ping,");
  expect(describeChanges(await configOf(rated), await configOf(renamed))).toEqual([
    { kind: "config", sentence: `the command "ping" is now called "pang"` },
  ]);
});

function reordered(text: string): string {
  const lines = text.trimEnd().split("\n");
  const [second, first] = [lines.pop()!, lines.pop()!];
  return [...lines, second, first, ""].join("\n");
}
