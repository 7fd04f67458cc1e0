import { expect, test } from "vitest";
import type { Truth } from "../../src/contracts/permission.ts";
import { permission } from "../../src/plan/permission.ts";
import { whoCompiler } from "../../src/plan/who.ts";
import { platforms } from "../../src/words/registry.ts";
import { actor } from "./support.ts";

const member = (...roles: string[]) => ({
  owner: false,
  roles: roles.map((name) => ({ id: name, name })),
  rights: new Set<never>(),
});
const groups = {
  staff: { allow: [{ role: "Staff" }], deny: [] },
  quiet: { allow: [{ role: "Muted" }], deny: [] },
  speakers: { allow: [{ role: "Staff" }], deny: [{ group: "quiet" }] },
  circle: { allow: [{ group: "circle" }], deny: [] },
} as const;
const who = whoCompiler(groups, { boss: { discord: "42" } }, platforms);

const holds = (): [string, Parameters<typeof who.list>[0][number], ReturnType<typeof actor>, Truth, Truth][] => [
  ["everyone", { everyone: true }, actor(undefined), true, true],
  ["role held", { role: "Staff" }, actor(member("Staff")), true, true],
  ["role not held", { role: "Staff" }, actor(member()), false, false],
  ["role not here", { role: "Staff" }, actor(member("Staff"), { Staff: "missing" }), false, true],
  ["role that fits two", { role: "Staff" }, actor(member("Staff"), { Staff: "unclear" }), undefined, undefined],
  ["role, standing unknown", { role: "Staff" }, actor(undefined), undefined, undefined],
  ["role of this platform", { role: "console:Staff" }, actor(member("Staff")), true, true],
  ["role of another platform", { role: "discord:Staff" }, actor(member("Staff")), false, false],
  ["right held", { can: "ban_members" }, actor({ owner: false, rights: new Set(["ban_members"]) }), true, true],
  [
    "right of administrators",
    { can: "ban_members" },
    actor({ owner: false, rights: new Set(["administrator"]) }),
    true,
    true,
  ],
  ["right of owners", { can: "ban_members" }, actor({ owner: true }), true, true],
  ["right not held", { can: "ban_members" }, actor({ owner: false, rights: new Set() }), false, false],
  ["rights not told", { can: "ban_members" }, actor({ owner: false }), undefined, undefined],
  ["person by id", { user: "ada" }, actor(undefined), true, true],
  ["somebody else", { user: "bob" }, actor(undefined), false, false],
  [
    "username where it names for good",
    { user: "@ADA" },
    actor(undefined, {}, { platform: "discord", id: "7" }),
    true,
    true,
  ],
  [
    "username that changes hands",
    { user: "@ada" },
    actor(undefined, {}, { platform: "telegram", id: "7" }),
    false,
    true,
  ],
  ["somebody else's id", { user: "8" }, actor(undefined, {}, { platform: "telegram", id: "7" }), false, false],
  ["id on its platform", { user: "telegram:7" }, actor(undefined, {}, { platform: "telegram", id: "7" }), true, true],
  [
    "id on another platform",
    { user: "telegram:7" },
    actor(undefined, {}, { platform: "discord", id: "7" }),
    false,
    false,
  ],
  ["alias", { user: "boss" }, actor(undefined, {}, { platform: "discord", id: "42" }), true, true],
  ["alias elsewhere", { user: "boss" }, actor(undefined, {}, { platform: "telegram", id: "42" }), false, false],
  ["group", { group: "staff" }, actor(member("Staff")), true, true],
  ["group that is not there", { group: "nobody" }, actor(member("Staff")), undefined, undefined],
  ["group in itself", { group: "circle" }, actor(member("Staff")), undefined, undefined],
  ["deny beats allow", { group: "speakers" }, actor(member("Staff", "Muted")), false, false],
  ["not denied", { group: "speakers" }, actor(member("Staff")), true, true],
  ["deny not here", { group: "speakers" }, actor(member("Staff"), { Muted: "missing" }), false, false],
  ["deny unclear", { group: "speakers" }, actor(member("Staff"), { Muted: "unclear" }), undefined, undefined],
];

test.each(holds())("%s", async (_about, entry, person, allowed, denied) => {
  expect(await who.list([entry]).matches(person)).toBe(allowed);
  expect(await who.denyList([entry]).matches(person)).toBe(denied);
});

test("one entry that matches is enough, and what is unknown stays unknown without one", async () => {
  const unknown = { can: "ban_members" } as const;
  expect(await who.list([unknown, { user: "ada" }]).matches(actor(undefined))).toBe(true);
  expect(await who.list([unknown, { user: "bob" }]).matches(actor(undefined))).toBeUndefined();
  expect(await who.list([]).matches(actor(undefined))).toBe(false);
});

test("permission: deny beats allow, unknown is no, without allow the rights of the actions are needed", async () => {
  const [yes, no, unknown] = [true, false, undefined].map((truth) => ({ matches: () => truth }));
  const owner = actor({ owner: true });
  const nobody = actor({ owner: false, rights: new Set() });
  expect(await permission({ allow: yes, deny: yes }, [], owner)).toBe("denied");
  expect(await permission({ allow: yes, deny: unknown }, [], owner)).toBe("denied");
  expect(await permission({ allow: yes, deny: no }, [], owner)).toBe("allowed");
  expect(await permission({ allow: no }, [], owner)).toBe("denied");
  expect(await permission({ allow: unknown }, [], owner)).toBe("denied");
  expect(await permission({ allow: yes }, ["ban_members"], nobody)).toBe("allowed");
  expect(await permission({}, ["ban_members"], owner)).toBe("allowed");
  expect(await permission({}, ["kick_members", "ban_members"], nobody)).toEqual({ lacks: "kick_members" });
  expect(await permission({}, ["ban_members"], actor(undefined))).toEqual({ lacks: "ban_members" });
  expect(await permission({}, [], actor(undefined))).toBe("allowed");
});
