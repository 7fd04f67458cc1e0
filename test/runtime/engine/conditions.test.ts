import fc from "fast-check";
import { expect, test } from "vitest";
import type { CanonicalCondition } from "../../../src/contracts/canonical.ts";
import type { NamedId, Truth } from "../../../src/contracts/permission.ts";
import type { RunScope } from "../../../src/plan/program.ts";
import { actor, planOf } from "../../plan/support.ts";

type Tree = { all: Tree[] } | { any: Tree[] } | { not: Tree } | "yes" | "no" | "unknown";

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Tree>("yes", "no", "unknown"),
    fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("tree") }),
  ),
})).tree;

function canonical(tree: Tree): CanonicalCondition {
  if (typeof tree === "string") return { test: "permission", args: { who: [{ role: tree }] } };
  if ("all" in tree) return { all: tree.all.map(canonical) };
  if ("any" in tree) return { any: tree.any.map(canonical) };
  return { not: canonical(tree.not) };
}

/** What the language promises: one test that cannot be decided makes the whole false. */
function promised(tree: Tree): Truth {
  if (typeof tree === "string") return tree === "unknown" ? undefined : tree === "yes";
  const parts = "not" in tree ? [promised(tree.not)] : ("all" in tree ? tree.all : tree.any).map(promised);
  if (parts.includes(undefined)) return undefined;
  if ("not" in tree) return !parts[0];
  return "all" in tree ? parts.every(Boolean) : parts.some(Boolean);
}

test("unknown means no, under not too, in whatever order the tests stand", async () => {
  const plan = await planOf("commands: { a: { if: { permission: [{ role: yes }] }, do: [{ log: hi }] } }");
  const rule = plan.rules.get("command:a")!.canonical;
  const roles: Record<string, NamedId> = { yes: { id: "held" }, no: { id: "other" }, unknown: "unclear" };
  const person = actor({ owner: false, roles: [{ id: "held", name: "held" }] }, roles);
  const scope = { actor: person, env: { now: () => 0 }, lowerText: "", values: {} } as unknown as RunScope;
  const property = fc.asyncProperty(trees, async (tree) => {
    const compiled = plan.compileStored({ ...rule, if: canonical(tree) })!;
    expect((await compiled.if!(scope)) === true).toBe(promised(tree) === true);
  });
  await fc.assert(property, { seed: 4, numRuns: 600 });
});

test("plain conditions answer at once", async () => {
  const plan = await planOf(`rules:
  - name: Plain
    when: message
    if:
      - any: [ { user: ada }, { can: ban_members } ]
      - not: { has_link: true }
      - { has_invite: false, has_attachment: no, mentions_over: 0, caps_over: 50% }
      - { platform: console, is_bot: no, is_command: no, direct: no }
      - { account_age: { over: 1d }, member_age: { over: 1d }, time_between: ["11:00", "13:00"], weekday: mon, chance: 50% }
    do: [{ log: hi }]
`);
  const rule = plan.rules.get("rule:Plain")!;
  const now = Date.UTC(2026, 0, 5, 12);
  const person = actor({ owner: false, joinedAt: 0, rights: new Set() });
  const entities = [{ kind: "user", id: "bob", offset: 0, length: 4, name: "bob" }];
  const message = { id: "1", text: "@bob LOOK HERE EVERYBODY", entities, attachments: [] };
  const scope = {
    event: {
      kind: "message",
      platform: "console",
      user: { ...person.person, createdAt: 0 },
      channel: { id: "general", name: "general", direct: false },
      message,
    },
    actor: person,
    here: { callsCommand: () => false },
    env: { now: () => now, random: () => 0.1, timezone: "UTC", locale: "en" },
    lowerText: message.text.toLowerCase(),
    values: {},
  } as unknown as RunScope;
  expect(rule.if!(scope)).toBe(true);
});
