import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startApp } from "../src/app.ts";
import { connectSender, freePort, listening, secret, startApi, token } from "./bot-api.ts";
import { type Figure, median, ms } from "./figure.ts";

const inFlight = 10_000;
const reloads = 7;

/** From the file's change to the new plan serving, while ten thousand messages are on their way. */
export async function benchReload(folder: string): Promise<readonly Figure[]> {
  const api = await startApi();
  const port = await freePort();
  const path = join(folder, "reload.yaml");
  const write = (n: number) => writeFileSync(path, file(api.url, port, n));
  write(0);
  const started = await startApp(
    { file: path, watch: true, logTo: "stderr" },
    {
      clock: {
        now: Date.now,
        after(wait, callback) {
          const timer = setTimeout(callback, wait);
          timer.unref();
          return () => clearTimeout(timer);
        },
      },
      random: Math.random,
      newId: () => randomBytes(16).toString("base64url"),
      env: { TELEGRAM_TOKEN: token, SECRET: secret, PATH_TOKEN: "path" },
    },
  );
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  const { app } = started;
  await listening(port);
  const alone = await timeReloads(app, write, 1);
  const sender = await connectSender(port, 200);
  const sending = sender.send("/say hello", inFlight);
  const busy = await timeReloads(app, write, 100);
  await sending;
  sender.close();
  await app.stop();
  api.server.close();
  return [
    { what: "reload with nothing else to do", value: ms(median(alone)), wish: "under 150 ms" },
    { what: `reload with ${inFlight} messages on their way`, value: ms(median(busy)), wish: "under 150 ms" },
    { what: "messages answered, each once", value: String(api.answers()), wish: String(inFlight) },
  ];
}

async function timeReloads(
  app: { onReport(listener: (report: { ok: boolean }) => void): void },
  write: (n: number) => void,
  from: number,
): Promise<number[]> {
  const times: number[] = [];
  let resolve: () => void = () => undefined;
  app.onReport(() => resolve());
  for (let n = 0; n < reloads; n++) {
    const done = new Promise<void>((settled) => {
      resolve = settled;
    });
    const begin = performance.now();
    write(from + n);
    await done;
    times.push(performance.now() - begin);
  }
  return times;
}

function file(apiUrl: string, port: number, n: number): string {
  return `version: 1
bot: { name: Bench }
platforms:
  telegram:
    token: "\${TELEGRAM_TOKEN}"
    api_root: ${apiUrl}
    webhook: { url: "https://bench.example.org", path_token: "\${PATH_TOKEN}", secret_token: "\${SECRET}", listen: "127.0.0.1:${port}" }
storage: sqlite:./reload.db
logging: { level: error }
rate_limits: { default: 1000000 per 10s per user }
commands:
  say: { options: { text: { type: text, required: no } }, do: [ { reply: "answer ${n} {{ options.text }}" } ] }
`;
}
