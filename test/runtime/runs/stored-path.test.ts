import fc from "fast-check";
import { expect, test } from "vitest";
import { open } from "../../../src/stores/sqlite/index.ts";
import { startConsoleBot } from "../../support/console-bot.ts";
import { fakeClock } from "../../support/fake-clock.ts";

/** A list of actions, as its lines of YAML are written later; a number is a reply that says it. */
type Step =
  | { readonly kind: "say" }
  | { readonly kind: "if" | "unless" | "else"; readonly inner: readonly Step[] }
  | { readonly kind: "choose"; readonly before: number; readonly inner: readonly Step[] };

const programs = fc.letrec<{ steps: readonly Step[]; step: Step }>((tie) => ({
  steps: fc.array(tie("step"), { minLength: 1, maxLength: 3 }),
  step: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Step>({ kind: "say" }),
    fc.record({ kind: fc.constantFrom("if" as const, "unless" as const, "else" as const), inner: tie("steps") }),
    fc.record({ kind: fc.constant("choose" as const), before: fc.integer({ min: 0, max: 2 }), inner: tie("steps") }),
  ),
})).steps;

/** Writes the program as flow YAML, with a wait before every reply where asked. */
function written(steps: readonly Step[], waits: boolean, count = { next: 0 }): string {
  const one = (step: Step): string => {
    if (step.kind === "say") {
      const number = count.next++;
      const say = `{ reply: "${number} {{ options.word }}", save_as: s${number} }`;
      return waits ? `{ wait: 1m }, ${say}` : say;
    }
    const inner = written(step.inner, waits, count);
    switch (step.kind) {
      case "if":
        return `{ if: 1 == 1, do: ${inner} }`;
      case "unless":
        return `{ if: 1 == 2, do: [{ reply: never }], else: ${inner} }`;
      case "else":
        return `{ subtract: { data: purse, amount: 1 }, else: ${inner} }`;
      case "choose": {
        const never = Array.from({ length: step.before }, () => "{ if: 1 == 2, do: [{ reply: never }] }");
        return `{ choose: [${[...never, `{ do: ${inner} }`].join(", ")}] }`;
      }
    }
  };
  return `[${steps.map(one).join(", ")}]`;
}

const file = (steps: readonly Step[], waits: boolean) => `version: 1
bot: { name: Harbour }
platforms: { console: {} }
data: { purse: { type: integer, minimum: 0 } }
commands: { go: { options: { word: text }, do: ${written(steps, waits)} } }
`;

/** Everything said when the bot is restarted before each wait is over. */
async function saidWithRestarts(yaml: string): Promise<string[]> {
  const clock = fakeClock();
  const store = await open({ kind: "sqlite", path: ":memory:" }, clock.now);
  const said: string[] = [];
  let bot = await startConsoleBot(yaml, { clock, store });
  await bot.type("/go on");
  said.push(...bot.shown());
  while ((await store.runs.count()) > 0) {
    await bot.halt();
    bot = await startConsoleBot(yaml, { clock, store });
    await clock.advance(60_000);
    said.push(...bot.shown());
  }
  await bot.stop();
  return said;
}

test("a run that is stored and taken up at every step says what it would have said at once", async () => {
  const property = fc.asyncProperty(programs, async (steps) => {
    const plain = await startConsoleBot(file(steps, false));
    await plain.type("/go on");
    const wanted = plain.shown();
    await plain.stop();
    expect(await saidWithRestarts(file(steps, true))).toEqual(wanted);
  });
  await fc.assert(property, { seed: 6, numRuns: 20 });
});
