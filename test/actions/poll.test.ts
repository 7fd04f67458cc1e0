import { expect, test } from "vitest";
import { poll } from "../../src/actions/poll.ts";
import type { Json } from "../../src/contracts/event.ts";
import type { AnswerContext, Answered } from "../../src/contracts/word.ts";
import { plainText, type RichText } from "../../src/language/rich-text.ts";
import { valueMakers } from "../../src/runtime/engine/values.ts";
import { inEnglish } from "../../src/sentences/speaker.ts";
import { person, start, surroundings, text } from "./support.ts";

const given = {
  question: text("Which?"),
  choices: ["Chess", "Go"],
  to: undefined,
  for: 3_600_000,
  multiple: false,
  anonymous: false,
  who: undefined,
};

function vote(state: Json, name: string, choice: string, args = given) {
  const told: string[] = [];
  const context: AnswerContext = {
    ...surroundings({ now: start + 1 }),
    answerer: {
      person: person(name),
      platform: "discord",
      serverId: "harbour",
      standing: () => undefined,
      roleId: () => "missing" as const,
    },
    make: valueMakers,
    answerKey: `press of ${name}`,
    tell: async (sentence) => void told.push(inEnglish(sentence)),
  };
  const answered = poll.answered!({ kind: "press", choice }, state, args, context) as Promise<Answered>;
  return answered.then((end) => ({ end, told }));
}

async function begun(args = given): Promise<{ readonly votes: Json }> {
  const outcome = await poll.run(args, surroundings());
  if (outcome.end !== "await") throw new Error("the poll did not begin");
  return outcome.wait.state as { votes: Json };
}

const votesOf = (end: Answered): Readonly<Record<string, { name: string; picks: number[] }>> =>
  end.end === "wait" ? (end.state as { votes: Record<string, { name: string; picks: number[] }> }).votes : {};

test("a poll takes only so many votes, and who has voted may still change their mind", async () => {
  const crowd = Object.fromEntries(
    Array.from({ length: 4000 }, (_, at) => [`discord:id-${at}`, { name: `${at}`, picks: [0], by: `${at}` }]),
  );
  const full = { ...(await begun()), votes: crowd };
  const late = await vote(full, "zoe", "1");
  expect(late.end).toEqual({ end: "wait" });
  expect(late.told).toEqual(["This poll is full: 4000 people have voted, and it cannot count more."]);
  const changed = await vote(full, "17", "1");
  expect(votesOf(changed.end)["discord:id-17"]).toMatchObject({ picks: [1] });
  expect(Object.keys(votesOf(changed.end))).toHaveLength(4000);
});

test("where there is no room for names, the counts are still shown", async () => {
  const choices = Array.from({ length: 25 }, (_, at) => `Choice ${at}`);
  const args = { ...given, choices };
  const crowd = Object.fromEntries(
    Array.from({ length: 25 * 15 }, (_, at) => [
      `discord:id-${at}`,
      { name: `${"n".repeat(35)}${at}`, picks: [at % 25], by: `${at}` },
    ]),
  );
  const state = { ...(await begun(args)), votes: crowd, shownAt: 0 };
  const context = surroundings({ now: start + 1 });
  await poll.unanswered!(state as unknown as Json, args, context);
  const [, , , message] = context.calls.find(([what]) => what === "discord.editMessage")!;
  const shown = plainText((message as { text: RichText }).text);
  expect(shown.length).toBeLessThan(2000);
  expect(shown).toContain("Choice 24: 15");
});

test("names are kept as far as they are shown", async () => {
  const long = await vote(await begun(), "x".repeat(100), "0");
  expect(Object.values(votesOf(long.end))).toMatchObject([{ name: "x".repeat(40) }]);
  const args = { ...given, anonymous: true };
  const secret = await vote(await begun(args), "ada", "0", args);
  expect(Object.values(votesOf(secret.end))).toMatchObject([{ name: "", picks: [0] }]);
});
