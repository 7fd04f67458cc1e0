import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { discordStage } from "../app/discord-stage.ts";
import { slackStage } from "../app/slack-stage.ts";
import { endStage } from "../app/stage.ts";
import { telegramStage } from "../app/telegram-stage.ts";
import { freshPostgresSchema, redisIsThere, redisUrl } from "../support/databases.ts";
import { folderWith } from "./files.ts";
import { talk } from "./process.ts";

// The tests of the platforms run the source; what is built loads the same libraries in its own way.
it("the built botctl runs on every platform and storage, reloads, and ends cleanly", async () => {
  const schema = await freshPostgresSchema();
  const stages = [await telegramStage(), await discordStage(), await slackStage()];
  onTestFinished(async () => {
    await endStage(...stages);
    await schema?.drop();
  });
  // Of a name of its own: bots of one name share what they have seen in Redis.
  const cwd = folderWith({
    "bot.yaml": `version: 1
bot: { name: Harbour ${randomUUID()} }
platforms:
${stages.map(({ entry }) => `  ${entry}\n`).join("")}storage: "${schema?.url ?? "sqlite:./bot.db"}"
${(await redisIsThere()) ? `redis: "${redisUrl}"` : ""}
data: { pings: { type: integer } }
commands:
  ping: { do: [ { add: { data: pings, amount: 1 } }, { reply: "pong {{ data.pings }}" } ] }
`,
  });
  const running = talk(["run"], { cwd, env: Object.assign({}, ...stages.map(({ env }) => env)) });
  for (const stage of stages) await running.sees(`"platform":"${stage.platform}","msg":"connected"`);
  for (const stage of stages) expect(await stage.call("ada", "ping").answer()).toBe("pong 1");
  appendFileSync(join(cwd, "bot.yaml"), "  pong: ping\n");
  await running.sees("is in force");
  for (const stage of stages) expect(await stage.call("ada", "pong").answer()).toBe("ping");
  running.kill("SIGTERM");
  expect((await running.ended).code, running.output()).toBe(0);
});
