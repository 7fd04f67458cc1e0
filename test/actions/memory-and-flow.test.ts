import { expect, test } from "vitest";
import { add } from "../../src/actions/add.ts";
import { choose } from "../../src/actions/choose.ts";
import { ifAction } from "../../src/actions/if.ts";
import { log } from "../../src/actions/log.ts";
import { set } from "../../src/actions/set.ts";
import { stop } from "../../src/actions/stop.ts";
import { subtract } from "../../src/actions/subtract.ts";
import { wait } from "../../src/actions/wait.ts";
import type { DataAccess } from "../../src/contracts/word.ts";
import { done } from "../../src/contracts/word.ts";
import { quoted, say } from "../../src/sentences/sentence.ts";
import { ada, bob, noData, start, surroundings, text } from "./support.ts";

const notEnough = say("not_enough", { name: "coins", is: 5, least: 0 });
const tooMuch = say("too_much", { name: "coins", is: 5, most: 100 });

/** One number for each person, from 0 to 100. */
function purse(): DataAccess {
  const coins = new Map<string, number>();
  return {
    ...noData,
    async set(name, of, value) {
      if (typeof value !== "number") return say("value_number", { value: quoted(name), given: undefined });
      coins.set((of ?? ada).id, value);
      return undefined;
    },
    async add(_name, of, by) {
      const value = (coins.get((of ?? ada).id) ?? 0) + by;
      if (value < 0) return { ok: false, reason: notEnough };
      if (value > 100) return { ok: false, reason: tooMuch };
      coins.set((of ?? ada).id, value);
      return { ok: true, value };
    },
  };
}

test("set, add and subtract change the person's own datum unless somebody is named", async () => {
  const context = surroundings({ data: purse() });
  expect(await set.run({ data: "coins", value: 50 }, context)).toEqual(done);
  expect(await add.run({ data: "coins", amount: 5 }, context)).toEqual({ end: "done", value: 55 });
  expect(await add.run({ data: "coins", amount: 7, of: bob }, context)).toEqual({ end: "done", value: 7 });
  expect(await subtract.run({ data: "coins", amount: 5 }, context)).toEqual({ end: "done", value: 50 });
});

test("what does not fit is not done, with the sentence that says why", async () => {
  const context = surroundings({ data: purse() });
  expect(await set.run({ data: "coins", value: "many" }, context)).toEqual({
    end: "not_done",
    reason: say("value_number", { value: quoted("coins"), given: undefined }),
  });
  expect(await subtract.run({ data: "coins", amount: 1 }, context)).toEqual({
    end: "not_done",
    reason: notEnough,
  });
  expect(await add.run({ data: "coins", amount: 101 }, context)).toEqual({
    end: "not_done",
    reason: tooMuch,
  });
});

test("an amount below zero is out of bounds, so that nobody takes by giving", () => {
  expect([add.fields.amount.minimum, subtract.fields.amount.minimum]).toEqual([0, 0]);
});

test.each([
  ["true", true, { end: "enter", block: { block: "do" } }],
  ["false", false, { end: "enter", block: { block: "else" } }],
  ["not to be told", undefined, { end: "enter", block: { block: "else" } }],
])("if, when it is %s", async (_, truth, outcome) => {
  const args = { if: async () => truth, do: { block: "do" }, else: { block: "else" } };
  expect(await ifAction.run(args, surroundings())).toEqual(outcome);
});

test("if without else goes on when it is false", async () => {
  expect(await ifAction.run({ if: () => false, do: { block: "do" } }, surroundings())).toEqual(done);
});

test("choose does the first branch that fits and asks no further", async () => {
  const asked: string[] = [];
  const branch = (name: string, truth: boolean | undefined) => ({
    if: () => {
      asked.push(name);
      return truth;
    },
    do: { block: name },
  });
  const branches = [branch("a", undefined), branch("b", false), branch("c", true), branch("d", true)];
  expect(await choose.run({ choose: branches }, surroundings())).toEqual({ end: "enter", block: { block: "c" } });
  expect(asked).toEqual(["a", "b", "c"]);
  const otherwise = [branch("a", false), { do: { block: "default" } }];
  expect(await choose.run({ choose: otherwise }, surroundings())).toEqual({
    end: "enter",
    block: { block: "default" },
  });
  expect(await choose.run({ choose: [branch("a", false)] }, surroundings())).toEqual({ end: "skip" });
});

test("wait suspends the run until its time is over", async () => {
  expect(await wait.run({ for: 600_000 }, surroundings())).toEqual({ end: "suspend", until: start + 600_000 });
});

test("stop ends the run, or everything about the event", async () => {
  expect(await stop.run({ what: "run" }, surroundings())).toEqual({ end: "stop", event: false });
  expect(await stop.run({ what: "event" }, surroundings())).toEqual({ end: "stop", event: true });
});

test.each(["info", "warn", "error"])("log writes a line of level %s", async (level) => {
  const context = surroundings();
  expect(await log.run({ message: text("The shop is empty"), level }, context)).toEqual(done);
  expect(context.calls).toEqual([[`log.${level}`, { user: "ada" }, "The shop is empty"]]);
});
