import { describe, expect, it } from "vitest";
import { answerJson, startLoopback } from "./loopback.ts";
import { createRecording } from "./recording.ts";

describe("recording", () => {
  it("hands over what was recorded before and after the question", async () => {
    const recording = createRecording<number>();
    recording.record(1);
    expect(await recording.waitFor((n) => n === 1)).toBe(1);
    const later = recording.waitForCount(2, (n) => n > 1);
    recording.record(2);
    recording.record(3);
    expect(await later).toEqual([2, 3]);
  });

  it("says what it saw when it waits in vain", async () => {
    const recording = createRecording<string>();
    recording.record("hello");
    await expect(recording.waitFor((s) => s === "bye", { within: 1, what: "a farewell" })).rejects.toThrow(
      /in vain for a farewell.*\n.*hello/,
    );
  });
});

describe("loopback server", () => {
  it("hands over the whole request and answers", async () => {
    const server = await startLoopback((request, response) =>
      answerJson(response, 200, { path: request.path, q: request.query.get("q"), body: request.body.toString() }),
    );
    const answer = await fetch(`${server.url}/a/b?q=1`, { method: "POST", body: "text" });
    expect(await answer.json()).toEqual({ path: "/a/b", q: "1", body: "text" });
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it("answers 500 and tells when the handler throws", async () => {
    const errors: unknown[] = [];
    const server = await startLoopback(
      () => {
        throw new Error("broken");
      },
      { onError: (error) => errors.push(error) },
    );
    expect((await fetch(server.url)).status).toBe(500);
    expect(errors).toHaveLength(1);
    await server.close();
  });
});
