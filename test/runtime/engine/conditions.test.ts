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
