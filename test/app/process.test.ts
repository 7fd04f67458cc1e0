import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRecording, type Recording } from "../simulators/shared/recording.ts";
import { type AuditRowCopy, eventually, freshFolder, type LogLine, startTestApp } from "../support/app.ts";
import { freePort } from "../support/free-port.ts";
import { bundleScript } from "../support/script.ts";
import { botText } from "./behaviours.ts";
import { discordStage } from "./discord-stage.ts";
import { slackStage } from "./slack-stage.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;
let folder: string;
const script = await bundleScript(join(import.meta.dirname, "child.ts"));
const children = new Set<ChildProcessWithoutNullStreams>();

beforeEach(async () => {
  stage = await telegramStage();
  folder = await freshFolder();
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
  await endStage(stage);
});

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly log: Recording<LogLine>;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
}

async function run(yaml: string, env = stage.env): Promise<Child> {
  const file = join(folder, "bot.yaml");
  await writeFile(file, yaml);
  const child = spawn(process.execPath, [script, JSON.stringify({ file, env })]);
  children.add(child);
  child.stderr.pipe(process.stderr);
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const log = createRecording<LogLine>();
  createInterface({ input: child.stdout }).on("line", (line) => log.record(JSON.parse(line) as LogLine));
  await log.waitFor(({ msg }) => msg === "running", { within: 50_000 });
  return { process: child, log, ended };
}

const auditRows = async (): Promise<AuditRowCopy[]> =>
  (await readFile(join(folder, "audit.jsonl"), "utf8").catch(() => ""))
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as AuditRowCopy);

it("ends by itself once it is stopped: no socket, watch or timer holds it", async () => {
  const [webhook, discord, slack] = await Promise.all([
    freePort().then((webhookPort) => telegramStage({ webhookPort })),
    discordStage(),
    slackStage(),
  ]);
  const stages = [webhook, discord, slack];
  try {
    const entry = stages.map((each) => each.entry).join("\n  ");
    const child = await run(
      `version: 1\nbot: { name: Harbour }\nplatforms:\n  ${entry}\ncommands: { ping: pong }\n`,
      Object.assign({}, ...stages.map((each) => each.env)),
    );
    for (const each of stages) expect(await each.call("ada", "ping").answer()).toBe("pong");
    child.process.stdin.end();
    expect(await child.ended).toEqual({ code: 0, signal: null });
    expect(stages.flatMap((each) => each.problems())).toEqual([]);
  } finally {
    await Promise.all(stages.map((each) => each.close()));
  }
});

it("knows after a kill what was announced, what was done and what is still to be done", async () => {
  const yaml = botText(stage, {
    commands: [
      'hush: { options: { member: { type: member } }, allow: moderators, do: [ { mute: { member: "{{ options.member }}", for: 3s } }, { reply: Hushed. } ] }',
    ],
  });
  stage.say("bob", "good morning");
  stage.say("ada", "good morning");
  const child = await run(yaml);
  expect(await stage.call("maud", "hush", { member: "bob" }).answer()).toBe("Hushed.");
  expect(stage.moderation.done!("bob")).toBe(true);

  // The second mute is announced, and the platform does not answer before the kill.
  let asked: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  stage.telegram.misbehave({
    method: "restrictChatMember",
    when() {
      asked();
      return true;
    },
    hang: true,
  });
  stage.call("maud", "hush", { member: "ada" });
  await reached;
  const promised = await eventually(async () => {
    const rows = await auditRows();
    expect(rows.filter(({ kind, outcome }) => kind === "moderation" && outcome === "intent")).toHaveLength(2);
    return rows;
  });
  child.process.kill("SIGKILL");
  expect(await child.ended).toEqual({ code: null, signal: "SIGKILL" });

  const bot = await startTestApp({ yaml, env: stage.env, folder });
  const rows = await bot.audited(promised.length + 1, () => true);
  expect(rows.slice(0, promised.length)).toEqual(promised);
  expect(rows.filter(({ outcome }) => outcome === "interrupted")).toMatchObject([
    { kind: "moderation", action: "mute", target: { name: "Ada" } },
  ]);
  expect(bot.log.all).toContainEqual(expect.objectContaining({ level: "warn", interrupted: 1 }));
  await bot.audited(
    1,
    ({ action, outcome, target }) => action === "unmute" && outcome === "done" && target?.name === "Bob",
  );
  expect(stage.moderation.done!("bob")).toBe(false);
  const sequences = (await bot.audit()).map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, place) => place + 1));
});
