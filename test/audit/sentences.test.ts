import { expect, test } from "vitest";
import { redact } from "../../src/audit/redact.ts";
import { sentenceOf } from "../../src/audit/sentences.ts";
import type { AuditEntry } from "../../src/contracts/audit.ts";

const ada = { id: "1", name: "ada" };
const bob = { id: "2", name: "bob" };
const moderation = (action: string, outcome: string, details = {}): AuditEntry => ({
  ...{ kind: "moderation", actor: ada, target: bob, action, outcome, details },
});

test.each<[string, AuditEntry]>([
  ["ada warned bob: spamming", moderation("warn", "done", { reason: "spamming" })],
  ["ada is about to ban bob: spamming", moderation("ban", "intent", { reason: "spamming" })],
  ["ada muted bob for 10 minutes", moderation("mute", "done", { for: 600_000 })],
  [
    "ada gave bob the role Newcomer for 7 days",
    moderation("add_role", "done", { role: "Newcomer", for: 7 * 86_400_000 }),
  ],
  ["ada could not take a role from bob", moderation("remove_role", "not_done")],
  [
    "ada could not kick bob: bob is the owner",
    moderation("kick", "not_done", { reason: "spam", why: "bob is the owner" }),
  ],
  ["ada tried to ban bob, but it failed: no answer", moderation("ban", "failed", { reason: "spam", why: "no answer" })],
  ["the bot stopped while ada was about to ban bob: look whether it was done", moderation("ban", "interrupted")],
  ["ada used tickle on bob", moderation("tickle", "done")],
  ["the bot muted bob: Flooding", { ...moderation("mute", "done", { reason: "Flooding" }), actor: undefined } as never],
  ["`ban` may now be used by staff", { kind: "permissions", action: "`ban` may now be used by staff", outcome: "" }],
  ["ada: 2 commands added", { kind: "config", actor: ada, action: "2 commands added", outcome: "" }],
  ["ada used /give on bob", { kind: "commands", actor: ada, target: bob, action: "/give", outcome: "done" }],
  [
    "ada used /give, but nothing was done: too poor",
    { kind: "commands", actor: ada, action: "/give", outcome: "not_done", details: { reason: "too poor" } },
  ],
  [
    "ada used /give, but it failed: no database",
    { kind: "commands", actor: ada, action: "/give", outcome: "failed", details: { error: "no database" } },
  ],
  ["ada may not use /ban", { kind: "denied", actor: ada, action: "/ban", outcome: "" }],
  ["ada used /give too often", { kind: "rate_limited", actor: ada, action: "/give", outcome: "" }],
  [
    "sending to news failed: no answer",
    { kind: "errors", action: "sending to news", outcome: "failed", details: { error: "no answer" } },
  ],
])("%s", (sentence, entry) => {
  expect(sentenceOf(entry)).toBe(sentence);
});

test("redaction replaces what its paths name, in lists too, and nothing else", () => {
  const details = {
    options: { password: "x", name: "ada", inner: { password: "stays" } },
    list: [
      { secret: 1, open: 2 },
      { secret: 2, open: 3 },
    ],
    "options.flat": "z",
    reason: "spam",
  };
  expect(redact(details, ["options.password", "list.secret", "options.flat", "absent.path", "reason.deeper"])).toEqual({
    options: { password: "[redacted]", name: "ada", inner: { password: "stays" } },
    list: [
      { secret: "[redacted]", open: 2 },
      { secret: "[redacted]", open: 3 },
    ],
    "options.flat": "[redacted]",
    reason: "spam",
  });
  expect(details.options.password).toBe("x");
});
