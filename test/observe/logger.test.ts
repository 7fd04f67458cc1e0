import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, describe, expect, test } from "vitest";
import { type LogFormat, openLogger } from "../../src/observe/logger.ts";
import { createMasker } from "../../src/observe/masking.ts";
import { openRotatingFile } from "../../src/observe/rotating-file.ts";

const folder = await mkdtemp(join(tmpdir(), "botctl-log-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

function screen(isTTY = false) {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => text };
}

async function setUp({ format = "json" as LogFormat, isTTY = false, secrets = [] as string[], file = "" } = {}) {
  const out = screen(isTTY);
  const masker = createMasker();
  for (const secret of secrets) masker.add(secret);
  const log = await openLogger({
    ...{ level: "info", format, stream: out.stream, masker, now: () => 1_700_000_000_000 },
    ...(file === "" ? {} : { file: join(folder, file) }),
  });
  return {
    log,
    out,
    masker,
    lines: () =>
      out
        .text()
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
  };
}

describe("the log", () => {
  test("is JSON lines away from a terminal", async () => {
    const { log, lines } = await setUp({ format: "auto" });
    log.info({ platform: "discord" }, "connected");
    log.debug({}, "not at this level");
    await log.flush();
    expect(lines()).toEqual([
      { level: "info", time: "2023-11-14T22:13:20.000Z", platform: "discord", msg: "connected" },
    ]);
  });

  test.each<[LogFormat, boolean, boolean]>([
    ["auto", true, true],
    ["auto", false, false],
    ["pretty", false, true],
    ["json", true, false],
  ])("in format %s, on a terminal: %s, is pretty: %s", async (format, isTTY, pretty) => {
    const { log, out } = await setUp({ format, isTTY });
    log.warn({ who: "ada" }, "look here");
    await log.flush();
    expect(out.text()).toContain("look here");
    expect(out.text().startsWith("{")).toBe(!pretty);
  });

  test("gives children their fields and the level of their parent", async () => {
    const { log, lines } = await setUp();
    const child = log.child({ platform: "slack" }).child({ run: 7 });
    child.info({ a: 1 }, "one");
    log.setLevel("debug");
    child.debug({}, "two");
    log.setLevel("error");
    child.warn({}, "three");
    log.warn({}, "four");
    await log.flush();
    expect(lines()).toMatchObject([
      { platform: "slack", run: 7, a: 1, msg: "one" },
      { platform: "slack", run: 7, msg: "two" },
    ]);
  });

  test("tells errors with their causes, and nothing that libraries hang on them", async () => {
    const { log, lines } = await setUp();
    const error = Object.assign(new Error("the top", { cause: new Error("the root") }), {
      ...{ code: "E1", client: { password: "x" } },
    });
    log.error({ err: error }, "failed");
    log.error({ error: "only words" }, "failed");
    await log.flush();
    expect(lines()[0].err).toMatchObject({
      type: "Error",
      message: "the top",
      code: "E1",
      cause: { message: "the root" },
    });
    expect(lines()[0].err.stack).toContain("logger.test");
    expect(lines()[0].err.client).toBeUndefined();
    expect(lines()[1].error).toBe("only words");
  });

  const secret = 'tok"en\\with/odd+chars\nand lines';
  test.each<LogFormat>(["json", "pretty"])("masks secrets wherever they stand: %s", async (format) => {
    const { log, out } = await setUp({ format, secrets: [secret, "987654321"], file: `masked-${format}.log` });
    log.info({ [secret]: secret, nested: { list: [secret] }, chat: 987654321 }, `said ${secret}`);
    log.child({ secret }).error({ err: new Error(`refused: Bearer ${secret}`) }, "x");
    log.info({ auth: Buffer.from(`ada:${secret}`).toString("base64"), url: encodeURIComponent(secret) }, "y");
    log.info({ body: JSON.stringify({ secret }) }, "z");
    await log.close();
    const everything = out.text() + (await readFile(join(folder, `masked-${format}.log`), "utf8"));
    expect(everything).not.toMatch(/tok|odd|chars|and lines|987654321|YWRhOnRvay/);
    expect(everything.match(/\*\*\*/g)!.length).toBeGreaterThan(10);
    if (format === "json")
      for (const line of everything.trimEnd().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  });

  test("masks secrets that are learned later", async () => {
    const { log, out, masker } = await setUp();
    masker.add("late-secret");
    log.info({}, "late-secret");
    await log.flush();
    expect(out.text()).not.toContain("late-secret");
  });

  test("survives what cannot be written as JSON", async () => {
    const { log, out } = await setUp();
    const circle: { self?: object } = {};
    circle.self = circle;
    log.info({ circle, big: 10n ** 30n }, "strange");
    await log.flush();
    expect(out.text()).toContain("strange");
  });

  test("survives a reader that went away", async () => {
    const { log, out } = await setUp();
    const broken = new Error("EPIPE");
    out.stream.destroy(broken);
    log.info({}, "nobody reads this");
    await log.flush();
    await log.close();
    expect(out.stream.destroyed).toBe(true);
  });

  test("goes to the file as JSON lines while the terminal is pretty, and ends with close", async () => {
    const { log, out } = await setUp({ format: "auto", isTTY: true, file: "deep/bot.log" });
    log.info({ n: 1 }, "hello");
    await log.close();
    log.info({}, "after close");
    expect(JSON.parse(await readFile(join(folder, "deep/bot.log"), "utf8"))).toMatchObject({ n: 1, msg: "hello" });
    expect(out.text()).not.toContain("after close");
  });

  test("says in words when the file cannot be opened", async () => {
    await writeFile(join(folder, "no-folder"), "x");
    await expect(setUp({ file: "no-folder/bot.log" })).rejects.toThrow("check that its folder may be written");
  });
});

test("a log file rotates by size under its own name, and keeps only so many", async () => {
  const path = join(folder, "rotating", "bot.log");
  const file = openRotatingFile({ path, maxBytes: 100, keep: 3 });
  for (let n = 0; n < 20; n++) file.write(`line ${n} ${"x".repeat(42)}\n`);
  file.flush();
  file.close();
  expect((await readdir(join(folder, "rotating"))).sort()).toEqual(["bot.1.log", "bot.2.log", "bot.3.log", "bot.log"]);
  const read = async (name: string) => (await readFile(join(folder, "rotating", name), "utf8")).match(/line \d+/g);
  expect(await read("bot.log")).toEqual(["line 19"]);
  expect(await read("bot.1.log")).toEqual(["line 18"]);
  const again = openRotatingFile({ path, maxBytes: 100, keep: 3 });
  again.write("line 20\n");
  again.write(`line 21 ${"x".repeat(200)}\n`);
  again.close();
  expect(await read("bot.1.log")).toEqual(["line 19", "line 20"]);
  expect(await read("bot.log")).toEqual(["line 21"]);
});
