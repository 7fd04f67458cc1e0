import type { Json } from "../../contracts/event.ts";
import type { Job } from "../../contracts/store.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import { eventScope, prepareRun, runScope } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { execute, messageOf } from "./interpreter.ts";
import { laterContext } from "./later.ts";
import { eventFromJson, framesOf, type StoredState } from "./run.ts";
import { storedRule } from "./stored-rule.ts";

/** How long a taken job belongs to this process. Milliseconds. */
const leaseMs = 60_000;
const atOnce = 50;
/** Tries before a job is given up; the pauses between them double from a second to about ten minutes. */
const mostAttempts = 12;

export interface JobLoop {
  start(): Promise<void>;
  /** Looks again when the next job is due: one may have been added. */
  wake(): void;
  /** Takes no further job; resolves when the running ones are done. */
  stop(): Promise<void>;
}

/**
 * Does stored work when it falls due: suspended runs go on, mutes end. Work that fell due while nothing ran is done at
 * the start, once. A job is claimed before and removed after it is done, so that a kill between the two repeats only steps
 * that may be repeated.
 */
export function jobLoop(
  services: Services,
  current: () => Generation,
  words: ReadonlyMap<string, ActionDefinition>,
): JobLoop {
  let cancelTimer: (() => void) | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;

  const schedule = async (): Promise<void> => {
    cancelTimer?.();
    if (stopped) return;
    const next = await services.store.jobs.next();
    if (next === undefined || stopped) return;
    // Timers cannot be longer than 2^31 ms; a far job is looked at again once a day.
    const wait = Math.min(Math.max(0, next - services.clock.now()), 86_400_000);
    cancelTimer = services.clock.after(wait, run);
  };

  const round = async (): Promise<void> => {
    do {
      again = false;
      const now = services.clock.now();
      const jobs = await services.store.jobs.claim(now, now + leaseMs, atOnce);
      await Promise.all(jobs.map((job) => doJob(services, current(), words, job)));
      if (jobs.length > 0) again = true;
    } while (again && !stopped);
    await schedule();
  };

  const run = (): void => {
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    running = round()
      .catch((error: unknown) => {
        services.log.error({ error: messageOf(error) }, "stored work could not be read; trying again in 5 seconds");
        cancelTimer = services.clock.after(5000, run);
      })
      .finally(() => {
        running = undefined;
        if (again) run();
      });
  };

  return {
    async start() {
      stopped = false;
      await services.store.jobs.release();
      run();
    },
    wake: run,
    async stop() {
      stopped = true;
      cancelTimer?.();
      await running;
    },
  };
}

async function doJob(
  services: Services,
  generation: Generation,
  words: ReadonlyMap<string, ActionDefinition>,
  job: Job,
): Promise<void> {
  try {
    const put = await takeUp(services, generation, words, job);
    if (put === "later") await services.store.jobs.retry(job, services.clock.now() + 30_000);
    else await services.store.jobs.finish(job);
  } catch (error) {
    const message = messageOf(error);
    if (job.attempts >= mostAttempts) {
      services.log.error({ job: job.key, error: message }, "stored work was given up after too many tries");
      await services.audit.write({
        kind: "errors",
        platform: job.platform,
        action: job.key,
        outcome: "failed",
        details: { error: message },
      });
      await services.store.jobs.finish(job);
      return;
    }
    services.log.warn({ job: job.key, error: message, attempt: job.attempts }, "stored work failed and is tried again");
    await services.store.jobs.retry(job, services.clock.now() + Math.min(600_000, 1000 * 2 ** (job.attempts - 1)));
  }
}

async function takeUp(
  services: Services,
  generation: Generation,
  words: ReadonlyMap<string, ActionDefinition>,
  job: Job,
): Promise<"done" | "later"> {
  // A platform that is not connected just now may be back soon; its work waits for it.
  if (services.port(job.platform) === undefined)
    return job.platform in generation.plan.config.platforms ? "later" : "done";
  if (job.owner === "run") {
    await resume(services, generation, (job.payload as { id: string }).id);
    return "done";
  }
  const word = words.get(job.owner.slice("word:".length));
  await word?.later?.(job.payload, laterContext(services, job));
  return "done";
}

/** Goes on with a suspended run: the rule it began with, today's names and permissions, fresh data. */
export async function resume(services: Services, generation: Generation, id: string): Promise<void> {
  const stored = await services.store.runs.get(id);
  if (stored === undefined) return;
  const state = stored.state as unknown as StoredState;
  const rule = await storedRule(services, generation, stored.ruleId, stored.ruleHash);
  const frames = rule === undefined ? undefined : framesOf(rule, state);
  if (rule === undefined || frames === undefined) {
    services.log.info({ rule: stored.ruleId }, "a waiting run ended because its rule is gone or switched off");
    await services.audit.write({
      kind: "config",
      platform: stored.platform,
      action: stored.ruleId,
      outcome: "ended",
      details: { why: "its rule is gone or switched off" },
    });
    await services.store.runs.finish(id);
    return;
  }
  const event = eventFromJson(state.event as Json);
  const lowerText = event.kind === "message" ? event.message.text.toLowerCase() : "";
  const scope = eventScope(services, generation, event, lowerText, { commandCancelled: false, stopped: false });
  const values = runScope(services, generation, scope, state.variables as Mutable);
  const run = await prepareRun(services, generation, rule, scope, values, {
    acting: state.acting,
    root: state.root,
    frames,
    id,
  });
  if ((await execute(services, generation, run)) !== "suspended") await services.store.runs.finish(id);
}
