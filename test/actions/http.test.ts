import { expect, test } from "vitest";
import { http } from "../../src/actions/http.ts";
import { calendarDate, duration, instant, mention } from "../../src/language/values.ts";
import { say } from "../../src/sentences/sentence.ts";
import { start, surroundings } from "./support.ts";

const given = { url: "https://api.example.org/jokes", method: "GET", timeout: 10_000 };

test("an answer is kept as text and as what it holds", async () => {
  const context = surroundings({ page: { status: 201, text: '{"joke":{"text":"Knock"}}' } });
  expect(await http.run({ ...given, query: { about: "ada & bob?", most: 3 } }, context)).toEqual({
    end: "done",
    value: { status: 201, text: '{"joke":{"text":"Knock"}}', json: { joke: { text: "Knock" } } },
  });
  expect(context.calls).toEqual([
    [
      "web",
      {
        method: "GET",
        url: "https://api.example.org/jokes?about=ada+%26+bob%3F&most=3",
        headers: {},
        timeoutMs: 10_000,
      },
    ],
  ]);
});

test("what is no JSON is kept as text alone", async () => {
  const context = surroundings({ page: { status: 200, text: "<p>" } });
  expect(await http.run(given, context)).toMatchObject({ value: { text: "<p>", json: null } });
});

test("a server that is not content makes it not done", async () => {
  const context = surroundings({ page: { status: 404, text: "" } });
  expect(await http.run(given, context)).toEqual({
    end: "not_done",
    reason: say("web_refused", { host: "api.example.org", status: 404 }),
  });
});

test.each(["..", ".", "%2e%2E", "..\\x", "x/../y"])(
  "what somebody typed as %s does not lead to another page",
  async (typed) => {
    const context = surroundings();
    const url = `https://api.example.org/people/${typed}/notes?a=../b`;
    expect(await http.run({ ...given, url }, context)).toEqual({
      end: "not_done",
      reason: say("not_an_address"),
    });
    expect(context.calls).toEqual([]);
  },
);

test("points elsewhere in an address mean nothing", async () => {
  const context = surroundings();
  await http.run({ ...given, url: "https://api.example.org/v1.2/...x/a..b?up=../c#/../d" }, context);
  expect(context.calls).toHaveLength(1);
});

test("people are sent by name, times and durations in forms that programs read", async () => {
  const context = surroundings();
  const ada = { id: "1", name: "ada", mention: mention("user", "1", "ada") };
  const json = {
    who: ada,
    at: instant(start),
    on: calendarDate("2026-03-01"),
    wait: duration(90_000),
    tags: ["a", 1],
    deep: { x: null },
  };
  await http.run({ ...given, method: "POST", json }, context);
  const [, sent] = context.calls[0] as [string, { body: string }];
  expect(JSON.parse(sent.body)).toEqual({
    who: "ada",
    at: "2026-01-01T00:00:00.000Z",
    on: "2026-03-01",
    wait: 90,
    tags: ["a", 1],
    deep: { x: null },
  });
});
