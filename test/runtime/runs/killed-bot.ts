/**
 * A bot on the console with SQLite on disk that kills itself at a given moment. Every line of its input is typed, or
 * moves the clock: `!advance <ms>`.
 */
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Connect } from "../../../src/contracts/platform.ts";
import { open } from "../../../src/stores/sqlite/index.ts";
import { startConsoleBot } from "../../support/console-bot.ts";
import { fakeClock } from "../../support/fake-clock.ts";

/** What a killed bot is told, as JSON. */
export interface KilledBotSettings {
  readonly path: string;
  readonly yaml: string;
  /** Gets a line for each call of the platform: it outlives the kill, as the platform would. */
  readonly ledger: string;
  readonly startAt: number;
  /** At the beginning or end of the so many-th operation of storage or platform, or in the middle of a call. */
  readonly kill?: { readonly operation: number } | { readonly call: string };
}

const { path, yaml, ledger, startAt, kill } = JSON.parse(process.argv[2]!) as KilledBotSettings;
const clock = fakeClock(startAt);
let operations = 0;

const die = (): Promise<never> => {
  process.kill(process.pid, "SIGKILL");
  // The signal is delivered when this turn is over; nothing must happen until then.
  return new Promise(() => undefined);
};
const moment = async (): Promise<void> => {
  operations++;
  if (kill !== undefined && "operation" in kill && operations >= kill.operation) await die();
};

function watched<T extends object>(target: T, before?: (name: string, args: readonly unknown[]) => void): T {
  return new Proxy(target, {
    get(object, name) {
      const member = object[name as keyof T];
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        await moment();
        before?.(String(name), args);
        if (kill !== undefined && "call" in kill && kill.call === name) await die();
        const result: unknown = await member.apply(object, args);
        await moment();
        return result;
      };
    },
  });
}

const plain = await open({ kind: "sqlite", path }, clock.now);
const store = {
  ...plain,
  data: watched(plain.data),
  jobs: watched(plain.jobs),
  runs: watched(plain.runs),
  audit: watched(plain.audit),
};
const changing = new Set(["reply", "send", "mute", "unmute", "kick"]);
const around =
  (connect: Connect): Connect =>
  (plan, dependencies) => {
    const connection = connect(plan, dependencies);
    const { port } = connection;
    const calls = watched(
      { reply: port.reply, send: port.send, mute: port.mute, unmute: port.unmute, kick: port.kick },
      (name, args) => {
        if (changing.has(name)) appendFileSync(ledger, `${JSON.stringify([name, args])}\n`);
      },
    );
    return { ...connection, port: { ...port, ...calls } };
  };

const bot = await startConsoleBot(yaml, { clock, store, around, person: { name: "ada", roles: [], owner: true } });
for await (const line of createInterface({ input: process.stdin })) {
  const advance = /^!advance (\d+)$/.exec(line);
  if (advance === null) await bot.type(line);
  else await clock.advance(Number(advance[1]));
}
await bot.stop();
