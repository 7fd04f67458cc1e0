import { openAuditLog } from "../../audit/log.ts";
import type { Counters } from "../../contracts/counters.ts";
import type { ProjectFiles } from "../../contracts/files.ts";
import type { Connect, PlatformDefinition } from "../../contracts/platform.ts";
import type { CanonicalTest, GivenWorld, Remembered, TestStep } from "../../contracts/rehearsal.ts";
import type { Store } from "../../contracts/store.ts";
import type { Web } from "../../contracts/web.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import { shortDuration } from "../../language/duration.ts";
import { parseMoment } from "../../language/moment.ts";
import type { BotPlan } from "../../plan/program.ts";
import { steppedClock } from "../simulated/clock.ts";
import { type Stage, simulate } from "../simulated/connection.ts";
import { createWorld } from "../simulated/world.ts";
import { createSupervisor, type Supervisor } from "../supervisor.ts";
import { seat } from "./actors.ts";
import { CannotDo } from "./doing.ts";
import { act } from "./doings.ts";
import { takeDone, unmet } from "./expectations.ts";
import { keptLog, quietLog } from "./logs.ts";
import { ownerOf, storedForm } from "./remembered.ts";
import { timed } from "./timed-store.ts";
import { botLine, indented, squeezed } from "./transcript.ts";

/** What a test needs besides the plan: everything in memory. */
export interface Rehearsal {
  readonly plan: BotPlan;
  readonly platforms: ReadonlyMap<string, PlatformDefinition>;
  readonly words: ReadonlyMap<string, ActionDefinition>;
  /** The files of the project, as an action may send them. */
  readonly files: ProjectFiles;
  /** An empty storage of its own for each test. */
  readonly openStore: (now: () => number) => Store;
  readonly counters: (now: () => number) => Counters;
}

export type TestResult =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** The step that does not hold; undefined where the bot could not even start. */
      readonly step: number | undefined;
      readonly why: readonly string[];
      /** What was said and done up to there. */
      readonly transcript: readonly string[];
    };

/** A Monday, far from any change of daylight saving. */
const usualTime = "2026-01-05 12:00";
const usualChance = [0.5];

/** Runs one test on one platform, with the very engine that runs the bot, on a clock that stands still between steps. */
export async function runTest(rehearsal: Rehearsal, test: CanonicalTest, platform: string): Promise<TestResult> {
  const { plan } = rehearsal;
  const { config } = plan;
  const start = momentOf(test.given.time ?? usualTime, config.bot.timezone);
  const transcript: string[] = [];
  const logged: string[] = [];
  const clock = steppedClock(start);
  const stages = new Map<string, { readonly connect: Connect; readonly stage: Stage }>();
  for (const name of Object.keys(config.platforms))
    stages.set(name, simulate(createWorld(rehearsal.platforms.get(name)!, config.bot.name, clock.now)));
  const { stage } = stages.get(platform)!;
  const store = timed(rehearsal.openStore(clock.now), clock);
  let serial = 0;
  const audit = openAuditLog({
    store: store.audit,
    policy: config.audit,
    now: clock.now,
    salt: () => "",
    log: quietLog,
    sinks: { append: async () => undefined, send: (place, sentence, where) => supervisor.post(place, sentence, where) },
  });
  const open = (): Supervisor =>
    createSupervisor(
      {
        services: {
          clock,
          random: chances(test.given),
          newId: () => `id-${++serial}`,
          store,
          counters: rehearsal.counters(clock.now),
          seen: rehearsal.counters(clock.now),
          audit,
          log: keptLog(logged, { rules: config.rules, platform }),
          web: givenWeb(test.given),
          files: rehearsal.files,
          reload: async () => ({ ok: true, sentences: [] }),
          publishError: () => undefined,
        },
        connectors: async (name) => stages.get(name)!.connect,
        dependencies: () => ({
          log: quietLog,
          now: clock.now,
          memory: { get: async () => undefined, set: async () => undefined },
          secret: () => "",
        }),
        words: rehearsal.words,
        swapped: () => undefined,
      },
      { ok: true, plan, warnings: [], files: [], settingPosition: () => undefined, dataPosition: () => undefined },
    );
  let supervisor = open();
  try {
    await setUp(test.given, stage, store, plan, clock.now());
    const { problems } = await supervisor.start();
    const why = problems.map((problem) => (typeof problem === "string" ? problem : problem.message));
    if (why.length > 0) return { ok: false, step: undefined, why, transcript };
    await clock.settled();
    logged.length = 0;
    for (const [index, step] of test.steps.entries()) {
      if (changes(step)) for (const { stage: one } of stages.values()) one.world.happenings.length = 0;
      const wrong = await doStep(step);
      if (wrong.length > 0) return { ok: false, step: index, why: wrong, transcript };
    }
    return { ok: true };
  } finally {
    await supervisor.stop();
    await store.close();
  }

  async function doStep(step: TestStep): Promise<readonly string[]> {
    const happened = stage.world.happenings;
    switch (step.does) {
      case "person":
        try {
          transcript.push(indented(await act(stage, step.person, clock.now(), () => ++serial)));
          await clock.settled();
        } catch (error) {
          if (error instanceof CannotDo) return [error.message];
          throw error;
        }
        break;
      case "webhook": {
        const { webhook, body } = step;
        const isText = typeof body === "string";
        const text = isText ? body : JSON.stringify(body);
        transcript.push(indented(`-- another program calls ${webhook}${text === "" ? "" : ` with ${text}`}`));
        const sent = { type: isText ? "" : "application/json", body: Buffer.from(text), delivery: undefined };
        const taken = await supervisor.call(webhook, sent);
        await clock.settled();
        if (taken?.ok !== true) return [taken?.why ?? `no rule waits for a webhook "${webhook}"`];
        break;
      }
      case "after":
        transcript.push(`-- ${shortDuration(step.ms)} later`);
        await clock.advance(step.ms);
        await clock.settled();
        break;
      case "restart":
        transcript.push("-- restarted");
        await supervisor.stop();
        supervisor = open();
        await supervisor.start();
        await clock.settled();
        break;
      case "bot": {
        const all = [...stages.values()].flatMap((one) => (one.stage === stage ? [] : one.stage.world.happenings));
        const wrong = step.did.flatMap((did) => takeDone(happened, did) ?? []);
        // What it did on another platform counts too.
        return wrong.length > 0 && step.did.every((did) => takeDone([...all], did) === undefined) ? [] : wrong;
      }
      case "silent":
        return happened.length === 0
          ? []
          : [`the bot was to be silent, and said or did: ${happened.map(({ line }) => squeezed(line)).join("; ")}`];
      case "expect":
        await audit.flush();
        return unmet(step.expected, { world: stage.world, store, config, now: clock.now() });
    }
    for (const [name, { stage: place }] of stages)
      for (const one of place.world.happenings) transcript.push(botLine(one, name === platform ? undefined : name));
    transcript.push(...logged.splice(0));
    return [];
  }
}

/** Whether a step makes something happen, so that what follows is about what comes of it. */
const changes = ({ does }: TestStep): boolean => does !== "bot" && does !== "silent" && does !== "expect";

async function setUp(
  given: GivenWorld,
  { world }: Stage,
  store: Store,
  { config }: BotPlan,
  now: number,
): Promise<void> {
  for (const [name, person] of Object.entries(given.people)) {
    seat(world, name, person, config.permissions, now);
    const { id, username } = world.somebody(name).person;
    await store.people.seen(world.definition.name, { id, name, ...(username === undefined ? {} : { username }) }, now);
  }
  const remember = async (name: string, owner: string, value: Remembered): Promise<void> => {
    const datum = config.data[name];
    if (datum === undefined) return;
    const stored = storedForm(world, datum, value, config.bot.timezone);
    await store.data.set(name, ownerOf(world, datum.scope, owner), stored);
  };
  // Only now, because some may be remembered of others.
  for (const [owner, { data }] of Object.entries(given.people))
    for (const [name, value] of Object.entries(data)) await remember(name, owner, value);
  for (const [name, values] of Object.entries(given.data))
    for (const [owner, value] of Object.entries(values)) await remember(name, owner, value);
}

/** Pages as the test gives them; in a test there is no other web. */
function givenWeb({ web }: GivenWorld): Web {
  return {
    async request({ url, method }) {
      const page = Object.entries(web).find(([address]) => url === address || url.startsWith(`${address}?`))?.[1];
      if (page === undefined) throw new Error(`the test gives no page under web for ${method} ${url}`);
      return { status: page.status, text: page.text };
    },
  };
}

function chances({ chance }: GivenWorld): () => number {
  const values = chance.length === 0 ? usualChance : chance;
  let index = 0;
  return () => values[index++ % values.length]!;
}

/** Working out a moment takes half a millisecond, and most tests begin at the same one. */
const moments = new Map<string, number>();

/** A written moment in a time zone, in milliseconds since the epoch. */
function momentOf(written: string, timezone: string): number {
  const key = `${timezone} ${written}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const read = parseMoment(written, timezone);
  // The file has been read, and with it this.
  if (!read.ok) throw new Error(read.problem.message);
  moments.set(key, read.value);
  return read.value;
}
