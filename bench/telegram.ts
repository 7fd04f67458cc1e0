import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Api, connectSender, freePort, listening, secret, startApi, token } from "./bot-api.ts";
import { type Figure, times } from "./figure.ts";

/** Both bots get cheaper for their first some thousand updates, while V8 compiles what is hot: so many slices go unmeasured. */
const warmUp = 16;
/** The two take turns at short slices and the sums are compared: the machine's own speed wanders, and for both alike. */
const slice = 500;
const measured = 60;
const atOnce = 20;

/** CPU time per update on the webhook path, beside a hand-written grammY bot, each in a process of its own. */
export async function benchTelegram(folder: string): Promise<readonly Figure[]> {
  const api = await startApi();
  const ports = [await freePort(), await freePort()] as const;
  const botctl = await startBotctl(folder, api, ports[0]);
  const hand = await startHandWritten(folder, api, ports[1]);
  try {
    const figures: Figure[] = [];
    const bots = [
      { child: botctl, sender: await connectSender(ports[0], atOnce) },
      { child: hand, sender: await connectSender(ports[1], atOnce) },
    ] as const;
    for (const [what, text, wish] of [
      ["a command, answered and audited", "/say hello to all of you", "at most 0.8 x"],
      ["ignored chatter", "hello to all of you, how is the weather", "at most 1.0 x"],
    ] as const) {
      const used = [0, 0];
      for (let round = 0; round < warmUp + measured; round++)
        for (const which of round % 2 === 0 ? [0, 1] : [1, 0]) {
          const { child, sender } = bots[which]!;
          const cost = await cpuOf(child, () => sender.send(text, slice));
          if (round >= warmUp) used[which]! += cost;
        }
      const [ours, theirs] = used.map((sum) => sum / (measured * slice));
      figures.push(
        { what: `${what}: botctl, CPU per update`, value: `${ours!.toFixed(0)} us`, wish: "-" },
        { what: `${what}: hand-written grammY bot`, value: `${theirs!.toFixed(0)} us`, wish: "-" },
        { what: `${what}: ratio`, value: times(ours! / theirs!), wish },
      );
    }
    for (const { sender } of bots) sender.close();
    const { answers } = api;
    figures.push({
      what: "answers that arrived (of each bot's commands)",
      value: String(answers()),
      wish: `${2 * (warmUp + measured) * slice}`,
    });
    return figures;
  } finally {
    await Promise.all([end(botctl), end(hand)]);
    api.server.close();
  }
}

async function startBotctl(folder: string, api: Api, port: number): Promise<ChildProcess> {
  const file = join(folder, "telegram.yaml");
  writeFileSync(
    file,
    `version: 1
bot: { name: Bench }
platforms:
  telegram:
    token: "\${TELEGRAM_TOKEN}"
    api_root: ${api.url}
    webhook: { url: "https://bench.example.org", path_token: "\${PATH_TOKEN}", secret_token: "\${SECRET}", listen: "127.0.0.1:${port}" }
storage: sqlite:./bench.db
logging: { level: warn }
permissions:
  admins: { allow: [ { can: ban_members } ] }
rate_limits:
  default: 1000000 per 10s per user
commands:
  say:
    allow: admins
    options: { text: { type: text, max_length: 200 } }
    do:
      - reply: "{{ user.name }} says: {{ options.text }}"
`,
  );
  const child = spawn(
    process.execPath,
    ["--import", "./bench/cpu-probe.mjs", "dist/main.cjs", "run", file, "--no-watch"],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, TELEGRAM_TOKEN: token, SECRET: secret, PATH_TOKEN: "path" },
    },
  );
  await listening(port);
  return child;
}

async function startHandWritten(folder: string, api: Api, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "./bench/cpu-probe.mjs", "bench/hand-written-bot.mjs"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      TELEGRAM_TOKEN: token,
      API_ROOT: api.url,
      PORT: String(port),
      DATABASE: join(folder, "hand.db"),
      SECRET: secret,
    },
  });
  await listening(port);
  return child;
}

async function cpuOf(child: ChildProcess, work: () => Promise<void>): Promise<number> {
  const before = await cpu(child);
  await work();
  return (await cpu(child)) - before;
}

async function cpu(child: ChildProcess): Promise<number> {
  const answer = once(child, "message");
  child.send("cpu");
  const [{ cpu: used }] = (await answer) as [{ cpu: number }];
  return used;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
