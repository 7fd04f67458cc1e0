import type { EventSink } from "../contracts/event.ts";
import type { Connect, ConnectDependencies, Connection, ConnectionState } from "../contracts/platform.ts";
import type { ActionDefinition } from "../contracts/word.ts";
import { describeChanges } from "./changes.ts";
import { type Link, logState, makeLink, missingNames, openLink } from "./connections.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import { type Loaded, needsRestart, type Problem } from "./loaded.ts";
import { postTo } from "./posts.ts";
import { messageOf } from "./runs/interpreter.ts";
import { jobLoop } from "./runs/jobs.ts";
import type { Generation, Services } from "./services.ts";

/** How long running work may take to finish when the bot is stopped. Milliseconds. */
const stopMs = 10_000;
/** Pauses between tries to converge, in milliseconds; the last one repeats. */
const convergePauses = [1_000, 5_000, 30_000, 120_000] as const;

export interface ReloadReport {
  readonly ok: boolean;
  /** What changed, as sentences; empty when nothing did. */
  readonly sentences: readonly string[];
  readonly problems: readonly Problem[];
}

export interface PlatformStatus {
  readonly platform: string;
  readonly state: ConnectionState["state"];
  readonly why?: string;
}

export interface Supervisor {
  /** Opens the platforms side by side. @returns what kept some from starting; rejects never because of a platform. */
  start(): Promise<{ readonly open: number; readonly problems: readonly Problem[] }>;
  /** Applies a newly loaded file in three phases: prepare, swap, converge. Calls are done one after the other. */
  reload(next: Loaded): Promise<ReloadReport>;
  status(): readonly PlatformStatus[];
  /** Posts a sentence of the audit log to a place that the file names. */
  post(place: string, sentence: string): Promise<void>;
  /** Resolves when the last connection is gone for good. */
  readonly allClosed: Promise<{ readonly clean: boolean }>;
  stop(): Promise<void>;
}

export interface SupervisorParts {
  /** Everything but the ports and the job loop, which live here. */
  readonly services: Omit<Services, "port" | "wakeJobs">;
  readonly connectors: (platform: string) => Promise<Connect>;
  readonly dependencies: (platform: string) => Omit<ConnectDependencies, "sink" | "onState">;
  readonly words: ReadonlyMap<string, ActionDefinition>;
  /** Called with what is in force, after each swap. */
  readonly swapped: (loaded: Extract<Loaded, { ok: true }>) => void;
}

/** Owns the generation in force and the connections; connections that a reload does not change survive it. */
export function createSupervisor(parts: SupervisorParts, first: Extract<Loaded, { ok: true }>): Supervisor {
  const links = new Map<string, Link>();
  const degraded = new Map<string, string>();
  const cancels = new Set<() => void>();
  let loaded = first;
  let generation: Generation = { number: 1, plan: first.plan };
  let stopping: Promise<void> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let allClosed: (end: { clean: boolean }) => void = () => undefined;
  const closed = new Promise<{ clean: boolean }>((resolve) => {
    allClosed = resolve;
  });

  const services: Services = {
    ...parts.services,
    port: (platform) => links.get(platform)?.connection.port,
    wakeJobs: () => jobs.wake(),
  };
  const { log, audit, clock } = services;
  const engine: Engine = createEngine(services, () => generation);
  const jobs = jobLoop(services, () => generation, parts.words);

  const onState = (platform: string, state: ConnectionState): void => {
    logState(log, platform, state);
    if (state.state !== "closed" || stopping !== undefined || !links.has(platform)) return;
    const gone = [...links.values()].every((link) => link.connection.state().state === "closed");
    if (gone) allClosed({ clean: state.clean === true });
  };

  const prepareLink = async (source: Extract<Loaded, { ok: true }>, platform: string): Promise<Link> => {
    const plan = source.plan.connections.find((one) => one.platform === platform)!;
    const connect = await parts.connectors(platform);
    const sink: EventSink = engine;
    return makeLink(connect, plan, sink, {
      ...parts.dependencies(platform),
      onState: (state) => onState(platform, state),
    });
  };

  const start: Supervisor["start"] = async () => {
    const problems: Problem[] = [];
    await Promise.all(
      first.plan.connections.map(async ({ platform }) => {
        const link = await prepareLink(first, platform);
        // The port must be there for the names that `openLink` looks up.
        links.set(platform, link);
        const wrong = await openLink(link, first.plan, services, first.settingPosition);
        if (wrong.length === 0) return;
        links.delete(platform);
        problems.push(...wrong);
      }),
    );
    if (links.size > 0) {
      await jobs.start();
      for (const link of links.values()) link.release();
    }
    return { open: links.size, problems };
  };

  const reloadNow = async (next: Loaded): Promise<ReloadReport> => {
    if (!next.ok) return { ok: false, sentences: [], problems: next.problems };
    if (stopping !== undefined) return { ok: false, sentences: [], problems: ["the bot is being stopped"] };
    const prepared = await prepare(next);
    if (!prepared.ok) return { ok: false, sentences: [], problems: prepared.problems };

    const changes = describeChanges(loaded.plan.config, next.plan.config);
    const before = loaded;
    loaded = next;
    generation = { number: generation.number + 1, plan: next.plan };
    for (const link of prepared.fresh) {
      const old = links.get(link.plan.platform);
      links.set(link.plan.platform, link);
      link.release();
      if (old !== undefined) void retire(old);
    }
    parts.swapped(next);

    for (const { kind, sentence } of changes)
      await audit
        .write({ kind, action: sentence, outcome: "done" })
        .catch((error: unknown) => log.error({ error: messageOf(error) }, "the audit log could not be written"));
    const kept = next.plan.connections.map((one) => one.platform);
    for (const { platform } of before.plan.connections) {
      const link = links.get(platform);
      if (kept.includes(platform) || link === undefined) continue;
      links.delete(platform);
      void retire(link);
    }
    for (const { platform } of next.plan.connections) {
      const link = links.get(platform);
      if (link !== undefined && !prepared.fresh.includes(link)) await converge(link.connection, generation);
    }
    return { ok: true, sentences: changes.map((change) => change.sentence), problems: [] };
  };

  /** Phase 1: everything that can fail, with the running bot untouched. */
  const prepare = async (
    next: Extract<Loaded, { ok: true }>,
  ): Promise<{ ok: true; fresh: readonly Link[] } | { ok: false; problems: readonly Problem[] }> => {
    const restart = needsRestart(loaded.plan.config, next.plan.config);
    if (restart.length > 0) return { ok: false, problems: restart };
    const problems: Problem[] = [];
    const fresh: Link[] = [];
    for (const plan of next.plan.connections) {
      const link = links.get(plan.platform);
      if (link !== undefined && !link.connection.needsReplacing(plan)) {
        problems.push(...(await missingNames(link.connection, next.plan, services, next.settingPosition)));
        continue;
      }
      const made = await prepareLink(next, plan.platform);
      const wrong = await openLink(made, next.plan, services, next.settingPosition);
      if (wrong.length === 0) fresh.push(made);
      problems.push(...wrong);
    }
    if (problems.length === 0) return { ok: true, fresh };
    await Promise.all(fresh.map((link) => link.connection.close().catch(() => undefined)));
    return { ok: false, problems };
  };

  /** Phase 3: brings what the platform has registered in line with the plan; tried again until it is, or superseded. */
  const converge = async (connection: Connection, target: Generation, attempt = 0): Promise<void> => {
    if (generation !== target || stopping !== undefined) return;
    const { platform } = connection;
    const plan = target.plan.connections.find((one) => one.platform === platform)!;
    try {
      await connection.converge(plan);
      if (degraded.delete(platform)) log.info({ platform }, "the new settings are in place");
    } catch (error) {
      const why = messageOf(error);
      degraded.set(platform, why);
      log.warn({ platform, why }, "the new settings are not in place yet; trying again");
      const pause = convergePauses[Math.min(attempt, convergePauses.length - 1)]!;
      const cancel = clock.after(pause, () => {
        cancels.delete(cancel);
        void converge(connection, target, attempt + 1);
      });
      cancels.add(cancel);
    }
  };

  /** Closes a connection that the plan no longer has, after what it handed over is done. */
  const retire = async ({ connection }: Link): Promise<void> => {
    try {
      await connection.stopIntake();
      await within(clock, engine.idle(), stopMs);
      await connection.close();
      log.info({ platform: connection.platform }, "disconnected");
    } catch (error) {
      log.warn({ platform: connection.platform, error: messageOf(error) }, "a connection could not be closed");
    }
  };

  const stopNow = async (): Promise<void> => {
    for (const cancel of cancels) cancel();
    const all = [...links.values()].map((link) => link.connection);
    await Promise.all(all.map((connection) => quietly(connection.stopIntake())));
    await Promise.all([within(clock, engine.idle(), stopMs), within(clock, jobs.stop(), stopMs)]);
    await quietly(engine.flush());
    await quietly(audit.flush());
    await Promise.all(all.map((connection) => quietly(connection.close())));
  };

  const quietly = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      log.warn({ error: messageOf(error) }, "something could not be closed");
    }
  };

  return {
    start,
    reload(next) {
      const report = queue.then(() => reloadNow(next));
      queue = report.catch(() => undefined);
      return report;
    },
    status: () =>
      [...links].map(([platform, { connection }]) => {
        const state = connection.state();
        const why = degraded.get(platform);
        if (state.state === "open" && why !== undefined) return { platform, state: "degraded", why };
        return { platform, state: state.state, ...("why" in state ? { why: state.why } : {}) };
      }),
    post: (place, sentence) => postTo(services, generation, place, sentence),
    allClosed: closed,
    stop() {
      stopping ??= stopNow();
      return stopping;
    },
  };
}

/** Waits for work, but not longer than `ms`. */
function within(clock: Services["clock"], work: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}
