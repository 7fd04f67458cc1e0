import { expect, test } from "vitest";
import { permission } from "../../src/conditions/permission.ts";
import type { Actor, Truth } from "../../src/contracts/permission.ts";
import { contextOf } from "./support.ts";

const person = { platform: "discord", id: "1", name: "ada", isBot: false };
const actor: Actor = {
  person,
  platform: "discord",
  serverId: "s",
  standing: () => undefined,
  roleId: () => "missing",
};
test.each<[Truth]>([[true], [false], [undefined]])("permission is what the group says: %s", async (truth) => {
  const asked: Actor[] = [];
  const matches = async (who: Actor) => {
    asked.push(who);
    return truth;
  };
  const compiled = permission.compile({ who: { matches } });
  if (typeof compiled !== "function") throw new Error(compiled.problem);
  expect(await compiled(contextOf({ actor }))).toBe(truth);
  expect(asked).toEqual([actor]);
});
