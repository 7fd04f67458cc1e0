import { loadConfig } from "../src/config/load.ts";
import { textReader } from "../src/config/text-reader.ts";
import type { MessageEvent } from "../src/contracts/event.ts";
import type { Logger } from "../src/contracts/logger.ts";
import type { PlatformPort } from "../src/contracts/platform.ts";
import { richText } from "../src/language/rich-text.ts";
import { compilePlan } from "../src/plan/compile.ts";
import { createEarlierNames } from "../src/runtime/earlier-names.ts";
import { createEngine } from "../src/runtime/engine/engine.ts";
import { createWaits } from "../src/runtime/runs/waits.ts";
import type { Services } from "../src/runtime/services.ts";
import { createSwitches } from "../src/runtime/switches.ts";
import { inEnglish } from "../src/sentences/speaker.ts";
import { memoryCounters } from "../src/stores/counters/memory.ts";
import { open } from "../src/stores/sqlite/index.ts";
import { registry } from "../src/words/registry.ts";
import { type Figure, median, times } from "./figure.ts";

const perRound = 20_000;
const rounds = 9;

/** Time per message with ten commands and rules, and with thousands, in one process. */
export async function benchMatching(): Promise<readonly Figure[]> {
  const small = await engineOf(file(10, 10));
  const large = await engineOf(file(10_000, 5_000));
  const figures: Figure[] = [];
  for (const [what, text] of [
    ["a message that matches nothing", "good morning everybody, has anyone seen the harbour lately?"],
    ["a message with a keyword", "good morning, keyword3x is what I was looking for"],
    ["a command", "/command_3"],
  ] as const) {
    const one: number[] = [];
    const many: number[] = [];
    await time(small, text);
    await time(large, text);
    for (let round = 0; round < rounds; round++) {
      one.push(await time(small, text));
      many.push(await time(large, text));
    }
    figures.push(
      { what: `${what}: ten commands, ten keyword rules`, value: `${median(one).toFixed(2)} us`, wish: "-" },
      { what: `${what}: 10,000 commands, 5,000 keyword rules`, value: `${median(many).toFixed(2)} us`, wish: "-" },
      { what: `${what}: ratio`, value: times(median(many) / median(one)), wish: "at most 1.5 x" },
    );
  }
  figures.push(...(await benchOthers(small)));
  return figures;
}

/** What the other triggers and open questions cost a message that none of them hears. */
async function benchOthers(small: Handle): Promise<readonly Figure[]> {
  const text = "good morning everybody, has anyone seen the harbour lately?";
  const everything = await engineOf(file(10, 10) + others, 1000);
  const one: number[] = [];
  const all: number[] = [];
  await time(everything, text);
  for (let round = 0; round < rounds; round++) {
    one.push(await time(small, text));
    all.push(await time(everything, text));
  }
  return [
    {
      what: "a message that matches nothing: with every other trigger",
      value: `${median(all).toFixed(2)} us`,
      wish: "-",
    },
    {
      what: "a message that matches nothing: ratio to a file without them",
      value: times(median(all) / median(one)),
      wish: "at most 1.1 x",
    },
  ];
}

/** Rules that listen for everything but messages, schedules, and questions to other people. */
const others = `
  - { name: Edits, when: message_edited, do: [ { log: edited } ] }
  - { name: Reactions, when: { reaction_added: { emoji: "⭐" } }, do: [ { log: starred } ] }
  - { name: Joins, when: [member_joined, member_left], do: [ { log: moved } ] }
  - { name: Raid, when: { raid: { joins: 10, within: 1m } }, do: [ { log: raid } ] }
  - { name: Warned, when: { warned: { at: 3 } }, do: [ { log: warned } ] }
  - { name: Rich, when: { data_reached: { data: coins, at: 100 } }, do: [ { log: rich } ] }
  - { name: Pressed, when: { button: Go }, do: [ { log: pressed } ] }
data: { coins: { type: integer } }
schedules:
  hourly: { every: 1h, do: [ { log: an hour } ] }
`;

function file(commands: number, keywords: number): string {
  const lines = ["version: 1", "bot: { name: Bench }", "platforms: { console: {} }", "commands:"];
  for (let n = 0; n < commands; n++) lines.push(`  command_${n}: answer ${n}`);
  lines.push("rules:");
  for (let n = 0; n < keywords; n++)
    lines.push(`  - { name: R${n}, when: message, if: { text: { contains: keyword${n}x } }, do: [ { reply: ${n} } ] }`);
  return lines.join("\n");
}

type Handle = (event: MessageEvent) => Promise<void>;

async function engineOf(yaml: string, openQuestions = 0): Promise<Handle> {
  const read = await loadConfig({
    file: "bench.yaml",
    reader: textReader({ "bench.yaml": yaml }),
    words: { ...registry, platforms: withoutLimits() },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.diagnostics[0]));
  const planned = compilePlan(read.config, read.origins, registry);
  if (!planned.ok) throw new Error(JSON.stringify(planned.diagnostics[0]));
  const store = await open({ kind: "sqlite", path: ":memory:" }, Date.now);
  const nothing = () => undefined;
  const log: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing, child: () => log };
  const reply = async () => ({ id: "1", channelId: "c" });
  const port = { platform: "console", self: nothing, reply } as unknown as PlatformPort;
  const names = createEarlierNames(store.facts);
  const services: Services = {
    clock: { now: Date.now, after: () => nothing },
    random: Math.random,
    newId: () => "id",
    newRef: () => "ref",
    store,
    counters: memoryCounters({ now: Date.now }),
    seen: memoryCounters({ now: Date.now }),
    audit: { write: async () => undefined, flush: async () => undefined },
    log,
    web: { request: () => Promise.reject(new Error("there is no web here")) },
    files: { read: () => Promise.reject(new Error("there are no files here")) },
    port: () => port,
    publishError: nothing,
    waits: createWaits(store.runs, () => "id", Date.now),
    turns: { inTurn: (_key, work) => work(), hold: () => nothing, leaseUntil: Date.now },
    raise: async () => undefined,
    wakeJobs: nothing,
    underWay: new Map(),
    names,
    switches: createSwitches(store.facts, names),
    say: (sentence) => richText(inEnglish(sentence)),
    startedAt: Date.now(),
    platforms: () => [],
    reload: async () => ({ ok: true, sentences: [] }),
  };
  for (let n = 0; n < openQuestions; n++)
    services.waits.put({
      ...{ id: `wait-${n}`, runId: `run-${n}`, platform: "console", channelId: "c", personId: `somebody-${n}` },
      ...{ questionId: "", askedAt: n },
    });
  const engine = createEngine(services, () => ({ number: 1, plan: planned.plan }));
  return async (event) => engine.handle(event);
}

/** The console allows any number of commands; the checker's platform limits are not what is measured here. */
function withoutLimits(): typeof registry.platforms {
  const console = registry.platforms.get("console")!;
  return new Map([["console", { ...console, limits: { ...console.limits, commands: Number.MAX_SAFE_INTEGER } }]]);
}

let key = 0;

/** Microseconds for one message. */
async function time(handle: Handle, text: string): Promise<number> {
  const user = { platform: "console", id: "1", name: "ada", isBot: false };
  const begin = process.hrtime.bigint();
  for (let n = 0; n < perRound; n++) {
    await handle({
      kind: "message",
      key: String(++key),
      platform: "console",
      at: 0,
      server: { id: "s", name: "s" },
      channel: { id: "c", name: "c", direct: false },
      user,
      origin: null,
      message: { id: "m", text, entities: [] },
      ...(text.startsWith("/")
        ? { call: { name: text.slice(1), addressed: true, input: { kind: "text", text: "", entities: [] } } as const }
        : {}),
    });
  }
  return Number(process.hrtime.bigint() - begin) / 1000 / perRound;
}
