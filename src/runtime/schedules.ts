import type { Json, Server } from "../contracts/event.ts";
import type { Job } from "../contracts/store.ts";
import type { CompiledSchedule } from "../plan/program.ts";
import { homePlaces, ownEvent, type Place } from "./occasions.ts";
import { messageOf } from "./runs/answer.ts";
import { beginStored } from "./runs/begin.ts";
import type { Generation, Services } from "./services.ts";

/** Later than this, a moment was missed and not merely a little late. Milliseconds. */
const graceMs = 60_000;
/** The pause before a platform is asked again for its servers. Milliseconds. */
const againMs = 30_000;

export const scheduleOwner = "schedule";

/** What the stored job of a schedule's next moment keeps. */
interface Moment {
  readonly rule: string;
  readonly times: string;
  readonly server?: Server;
}

export interface Schedules {
  /**
   * Brings the stored moments in line with the plan in force, for the connected platforms: what the file still has with
   * the same times stays as it is, also where a moment of it was missed. Never rejects.
   */
  settle(): Promise<void>;
  /** Begins the run of a moment that has come, and stores the next moment with it: a kill loses neither and repeats neither. */
  due(job: Job): Promise<void>;
  stop(): void;
}

/** Keeps the next moment of every schedule as a job in the storage, one for each server that it happens on. */
export function createSchedules(
  services: Services,
  current: () => Generation,
  connected: () => readonly string[],
): Schedules {
  const { clock, log, store } = services;
  let settling: Promise<void> = Promise.resolve();
  let cancel = (): void => undefined;
  let stopped = false;

  const settleNow = async (): Promise<void> => {
    cancel();
    if (stopped) return;
    const generation = current();
    let failed = false;
    for (const platform of connected()) {
      try {
        await settlePlatform(generation, platform);
      } catch (error) {
        failed = true;
        log.warn({ platform, error: messageOf(error) }, "schedules could not be set; trying again in 30 seconds");
      }
    }
    if (failed && !stopped) cancel = clock.after(againMs, () => void settle());
    services.wakeJobs();
  };

  const settlePlatform = async (generation: Generation, platform: string): Promise<void> => {
    const here = generation.plan.schedules.filter((schedule) => platformsOf(generation, schedule).includes(platform));
    const stored = new Map((await store.jobs.list(scheduleOwner, [platform])).map((job) => [job.key, job]));
    if (here.length === 0 && stored.size === 0) return;
    const places = await homePlaces(services, generation, platform);
    const wanted = new Set<string>();
    for (const schedule of here) {
      for (const place of schedule.once ? places.slice(0, 1) : places) {
        const { rule } = schedule;
        const key = keyOf(rule.id, place);
        wanted.add(key);
        const before = stored.get(key) ?? stored.get(keyOf(`schedule:${rule.canonical.was}`, place));
        const kept = before !== undefined && momentOf(before).times === schedule.times ? before : undefined;
        if (kept?.key === key) continue;
        const dueAt = kept?.dueAt ?? schedule.next(clock.now(), undefined);
        if (dueAt === undefined) continue;
        const moment: Moment = {
          rule: rule.id,
          times: schedule.times,
          ...(place.server === undefined ? {} : { server: place.server }),
        };
        await store.jobs.put({ key, owner: scheduleOwner, platform, dueAt, payload: moment as unknown as Json });
      }
    }
    for (const key of stored.keys()) if (!wanted.has(key)) await store.jobs.remove(key);
  };

  /** One after the other, so that the plan in force has the last word. */
  const settle = (): Promise<void> => {
    settling = settling.then(settleNow);
    return settling;
  };

  const due = async (job: Job): Promise<void> => {
    const generation = current();
    const { rule: ruleId, times, server } = momentOf(job);
    const rule = services.names.currentRule(generation.plan, ruleId);
    const schedule = generation.plan.schedules.find((one) => one.rule === rule);
    if (rule === undefined || schedule?.times !== times) return store.jobs.finish(job);
    const now = clock.now();
    const next = schedule.next(now, job.dueAt);
    const moveOn = async () => {
      if (next === undefined) return store.jobs.finish(job);
      await store.jobs.retry(job, next);
      services.wakeJobs();
    };
    if (services.switches.isOff(rule)) return moveOn();
    if (!schedule.runsMissed && now - job.dueAt > graceMs) {
      log.info({ schedule: rule.name }, "a time of this schedule was missed and is left out");
      return moveOn();
    }
    const place: Place = { platform: job.platform, server };
    const event = {
      ...ownEvent(services, generation, place, `${job.key}:${job.dueAt}`),
      at: job.dueAt,
      kind: "schedule" as const,
      schedule: rule.name,
    };
    if (!(await beginStored(services, generation, rule, event, { job, next }))) await moveOn();
  };

  return {
    settle,
    due,
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** Where a schedule happens; once for the whole bot is on its first platform. */
function platformsOf({ plan }: Generation, { rule, once }: CompiledSchedule): readonly string[] {
  const platforms = Object.keys(plan.config.platforms).filter((name) => rule.platforms?.has(name) !== false);
  return once ? platforms.slice(0, 1) : platforms;
}

const keyOf = (ruleId: string, { platform, server }: Place): string =>
  `${ruleId}:${platform}${server === undefined ? "" : `:${server.id}`}`;

/** A moment was stored by `settle`, so its shape is known. */
const momentOf = (job: Job): Moment => job.payload as unknown as Moment;
