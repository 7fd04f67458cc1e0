import type { EventSink } from "../contracts/event.ts";
import type { Connect, ConnectDependencies, ConnectionPlan, ConnectionState } from "../contracts/platform.ts";
import type { ActionDefinition } from "../contracts/word.ts";
import type { SecretText } from "../language/secret-reference.ts";
import { describeChanges } from "./changes.ts";
import { isClosed, type Link, logState, makeLink, openLink } from "./connections.ts";
import { createConverging } from "./converging.ts";
import { settleKinds } from "./data-kinds.ts";
import { createEarlierNames } from "./earlier-names.ts";
import { createEngine, type Engine } from "./engine/engine.ts";
import type { Loaded, Problem, Readable } from "./loaded.ts";
import { postTo, type Where } from "./posts.ts";
import { prepareReload } from "./prepare.ts";
import { createPresence, newRef, presenceOwner } from "./presence.ts";
import { messageOf } from "./runs/answer.ts";
import { jobLoop } from "./runs/jobs.ts";
import { createWaits } from "./runs/waits.ts";
import { createSchedules, scheduleOwner } from "./schedules.ts";
import type { Generation, Services } from "./services.ts";
import { createStartup } from "./startup.ts";
import { createSwitches } from "./switches.ts";
import { createUpkeep, upkeepOwner } from "./upkeep.ts";
import { createWebhookCalls, type Taken, type WebhookCall } from "./webhook-calls.ts";
import { createWebhooks } from "./webhooks.ts";
import { within } from "./within.ts";

/** How long running work may take to finish when the bot is stopped, and how long closing may take after it. Milliseconds. */
const finishMs = 6_000;
const closeMs = 1_500;
/** How long a reload waits for platforms to take the new settings over before it reports; they go on after it. Milliseconds. */
const convergeMs = 3_000;
/** Pauses between tries to open a platform that was out of reach at the start, in milliseconds; the last one repeats. */
const openPauses = [5_000, 30_000, 120_000] as const;

export interface ReloadReport {
  readonly ok: boolean;
  /** What changed, as sentences; empty when nothing did. */
  readonly sentences: readonly string[];
  /** Why the file was not taken over, or, where it was, what keeps a platform from running that did not run before either. */
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
  /** Every platform of the file in force. */
  status(): readonly PlatformStatus[];
  /** Posts a sentence of the audit log to a place that the file names, on the server that it is about. */
  post(place: string, sentence: string, where: Where): Promise<void>;
  /** Takes a call of a webhook that came over no network; undefined where no rule waits for that path. */
  call(path: string, call: WebhookCall): Promise<Taken | undefined>;
  /** Resolves when the last connection is gone for good. */
  readonly allClosed: Promise<{ readonly clean: boolean }>;
  stop(): Promise<void>;
}

export interface SupervisorParts {
  /** Everything but the ports, the engine, the job loop and what runs wait for, which live here. */
  readonly services: Omit<
    Services,
    | "port"
    | "raise"
    | "newRef"
    | "wakeJobs"
    | "waits"
    | "turns"
    | "underWay"
    | "switches"
    | "names"
    | "say"
    | "startedAt"
    | "platforms"
  >;
  readonly connectors: (platform: string) => Promise<Connect>;
  readonly dependencies: (plan: ConnectionPlan) => Omit<ConnectDependencies, "sink" | "onState">;
  readonly words: ReadonlyMap<string, ActionDefinition>;
  /** Reads the secrets of webhooks; left out, no requests are taken. */
  readonly webhookSecret?: (secret: SecretText) => string;
  /** Called with what is in force, after each swap. */
  readonly swapped: (loaded: Readable) => void;
}

/** Owns the generation in force and the connections; connections that a reload does not change survive it. */
export function createSupervisor(parts: SupervisorParts, first: Readable): Supervisor {
  const links = new Map<string, Link>();
  /** Why a platform of the file has no connection. */
  const down = new Map<string, string>();
  const retiring = new Set<Promise<void>>();
  let loaded = first;
  let generation: Generation = { number: 1, plan: first.plan };
  let cancelOpening = (): void => undefined;
  let stopping: Promise<void> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  /** The moments of schedules are settled once all platforms that can be opened are. */
  let starting = true;
  let allClosed: (end: { clean: boolean }) => void = () => undefined;
  const closed = new Promise<{ clean: boolean }>((resolve) => {
    allClosed = resolve;
  });

  const processId = parts.services.newId();
  const names = createEarlierNames(parts.services.store.facts);
  const services: Services = {
    ...parts.services,
    newRef: () => newRef(processId, parts.services.newId),
    port: (platform) => links.get(platform)?.connection.port,
    waits: createWaits(parts.services.store.runs, parts.services.newId, parts.services.clock.now),
    turns: {
      inTurn: (key, work) => jobs.turns.inTurn(key, work),
      hold: (job) => jobs.turns.hold(job),
      leaseUntil: () => jobs.turns.leaseUntil(),
    },
    raise: (event) => engine.raise(event),
    wakeJobs: () => jobs.wake(),
    underWay: new Map(),
    switches: createSwitches(parts.services.store.facts, names),
    names,
    say: (sentence, person) => generation.plan.speaker.say(sentence, person?.language),
    startedAt: parts.services.clock.now(),
    platforms: () => statusNow().map(({ platform, ...rest }) => ({ name: platform, ...rest })),
  };
  const { log, audit, clock } = services;
  const engine: Engine = createEngine(services, () => generation);
  const connected = () => [...links.values()].filter((link) => !isClosed(link)).map((link) => link.plan.platform);
  const schedules = createSchedules(services, () => generation, connected);
  const takeCall = createWebhookCalls(services, () => generation);
  const webhooks =
    parts.webhookSecret === undefined
      ? undefined
      : createWebhooks(services, () => generation, parts.webhookSecret, takeCall);
  const startup = createStartup(services, () => generation);
  const upkeep = createUpkeep(services, () => generation);
  const presence = createPresence(services, processId);
  const recurring = new Map([
    [scheduleOwner, schedules.due],
    [upkeepOwner, upkeep.due],
    [presenceOwner, presence.due],
  ]);
  const jobs = jobLoop(services, () => generation, connected, parts.words, recurring);
  const converging = createConverging({
    clock,
    log,
    planOf: (target, platform) =>
      target === generation && stopping === undefined
        ? target.plan.connections.find((one) => one.platform === platform)
        : undefined,
  });

  const onState = (platform: string, state: ConnectionState): void => {
    if (stopping !== undefined) return;
    logState(log, platform, state);
    if (links.has(platform)) noticeEnd(state);
  };

  const noticeEnd = (state: ConnectionState): void => {
    if (state.state === "closed" && [...links.values()].every(isClosed)) allClosed({ clean: state.clean === true });
  };

  const open = async (source: Readable, plan: ConnectionPlan) => {
    const { platform } = plan;
    const connect = await parts.connectors(platform);
    const sink: EventSink = { handle: engine.handle, caughtUp: jobs.caughtUp };
    const link = makeLink(connect, plan, sink, {
      ...parts.dependencies(plan),
      onState: (state) => onState(platform, state),
    });
    const opened = await openLink(link, source.plan, services, source.settingPosition);
    return { link, opened };
  };

  /** Puts a connection into service, in the place of an older one; its events come through from now on. */
  const serve = (link: Link): void => {
    const { platform } = link.plan;
    const old = links.get(platform);
    down.delete(platform);
    links.set(platform, link);
    link.release();
    if (old !== undefined) retire(old);
    noticeEnd(link.connection.state());
    if (!starting) void schedules.settle();
    jobs.wake();
    startup.begin(platform);
  };

  const start: Supervisor["start"] = async () => {
    await presence.begin();
    const changed = await settleKinds(services.store, first);
    if (changed.length > 0) return { open: 0, problems: changed };
    const problems: Problem[] = [];
    const again: ConnectionPlan[] = [];
    await services.waits.load();
    await services.switches.load();
    await names.load();
    await names.note(first.plan);
    await Promise.all(
      first.plan.connections.map(async (plan) => {
        const { link, opened } = await open(first, plan);
        if (opened.ok) return serve(link);
        down.set(plan.platform, sentenceOf(opened.problems));
        problems.push(...opened.problems);
        if (opened.temporary) again.push(plan);
      }),
    );
    starting = false;
    if (links.size > 0) {
      await schedules.settle();
      await upkeep.settle();
      problems.push(...((await webhooks?.settle()) ?? []));
      await jobs.start();
      openLater(again, 0);
    }
    return { open: links.size, problems };
  };

  /** Tries again to open what was out of reach, as long as the file that asked for it is in force. */
  const openLater = (plans: readonly ConnectionPlan[], attempt: number): void => {
    if (plans.length === 0) return;
    cancelOpening = clock.after(openPauses[Math.min(attempt, openPauses.length - 1)]!, () => {
      queue = queue.then(() => openAgain(plans, attempt)).catch(logTrouble);
    });
  };

  const openAgain = async (plans: readonly ConnectionPlan[], attempt: number): Promise<void> => {
    const left: ConnectionPlan[] = [];
    for (const plan of plans) {
      const running = links.get(plan.platform);
      const wanted = loaded.plan.connections.includes(plan) && (running === undefined || isClosed(running));
      if (stopping !== undefined || !wanted) continue;
      const { link, opened } = await open(loaded, plan);
      if (opened.ok) {
        if (stopping !== undefined) await link.close();
        else serve(link);
      } else if (opened.temporary) left.push(plan);
    }
    if (stopping === undefined) openLater(left, attempt + 1);
  };

  const reloadNow = async (next: Loaded): Promise<ReloadReport> => {
    if (!next.ok) return { ok: false, sentences: [], problems: next.problems };
    if (stopping !== undefined) return { ok: false, sentences: [], problems: ["the bot is being stopped"] };
    const prepared = await prepareReload({ next, loaded, links, down, open, services });
    if (!prepared.ok) return { ok: false, sentences: [], problems: prepared.problems };

    const changes = describeChanges(loaded.plan.config, next.plan.config);
    cancelOpening();
    loaded = next;
    generation = { number: generation.number + 1, plan: next.plan };
    for (const link of prepared.fresh) serve(link);
    const platforms = next.plan.connections.map((plan) => plan.platform);
    for (const [platform, link] of links) {
      if (platforms.includes(platform)) continue;
      links.delete(platform);
      retire(link);
    }
    for (const platform of down.keys()) if (!platforms.includes(platform)) down.delete(platform);
    for (const { plan, problems } of prepared.notOpen) down.set(plan.platform, sentenceOf(problems));
    openLater(
      prepared.notOpen.filter((one) => one.temporary).map((one) => one.plan),
      0,
    );
    parts.swapped(next);
    await names
      .note(next.plan)
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, "what was renamed could not be written down"));
    await schedules.settle();
    await upkeep
      .settle()
      .catch((error: unknown) => log.warn({ error: messageOf(error) }, "when old rows go could not be set anew"));
    const notTaken = (await webhooks?.settle()) ?? [];

    for (const { kind, sentence } of changes)
      await audit
        .write({ kind, action: sentence, outcome: "done" })
        .catch((error: unknown) => log.error({ error: messageOf(error) }, "the audit log could not be written"));
    const kept = [...links.values()].filter((link) => !prepared.fresh.includes(link) && !isClosed(link));
    const converged = Promise.all(kept.map((link) => converging.begin(link.connection, generation)));
    await within(clock, converged, convergeMs);
    return {
      ok: true,
      sentences: changes.map((change) => change.sentence),
      problems: [...prepared.notOpen.flatMap((one) => one.problems), ...notTaken],
    };
  };

  /** Closes a connection that the plan no longer has, after what it handed over is done. */
  const retire = (link: Link): void => {
    const { platform } = link.plan;
    const work = (async () => {
      await link.connection.stopIntake();
      await within(clock, engine.idle(), finishMs);
      await link.close();
      log.info({ platform }, "disconnected");
    })();
    const done = work
      .catch((error: unknown) =>
        log.warn({ platform, error: messageOf(error) }, "a connection could not be closed in the ordinary way"),
      )
      .finally(() => retiring.delete(done));
    retiring.add(done);
  };

  const stopNow = async (): Promise<void> => {
    cancelOpening();
    schedules.stop();
    upkeep.stop();
    presence.stop();
    converging.stop();
    const all = [...links.values()];
    const finished = await within(
      clock,
      Promise.all([
        ...all.map((link) => quietly(link.connection.stopIntake())),
        ...(webhooks === undefined ? [] : [quietly(webhooks.stop())]),
      ]).then(() => Promise.all([engine.idle(), jobs.stop(), ...retiring])),
      finishMs,
    );
    if (!finished) log.warn({}, "some actions did not end in time and are cut off");
    await within(
      clock,
      quietly(engine.flush())
        .then(() => quietly(audit.flush()))
        // What is cut off is marked as interrupted when the time of this process is over.
        .then(() => finished && quietly(presence.end()))
        .then(() => Promise.all(all.map((link) => quietly(link.close())))),
      closeMs,
    );
  };

  const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(logTrouble);

  const logTrouble = (error: unknown): void => {
    log.warn({ error: messageOf(error) }, "something could not be opened or closed");
  };

  const statusNow: Supervisor["status"] = () =>
    loaded.plan.connections.map(({ platform }) => {
      const connection = links.get(platform)?.connection;
      if (connection === undefined) return { platform, state: "closed", why: down.get(platform) ?? "not open yet" };
      const state = connection.state();
      const why = converging.trouble(connection);
      if (state.state === "open" && why !== undefined) return { platform, state: "degraded", why };
      return { platform, state: state.state, ...("why" in state ? { why: state.why } : {}) };
    });

  return {
    start,
    reload(next) {
      const report = queue.then(() => reloadNow(next));
      queue = report.catch(() => undefined);
      return report;
    },
    status: statusNow,
    post: (place, sentence, where) => postTo(services, generation, place, sentence, where),
    async call(path, call) {
      const hook = generation.plan.webhooks.find((one) => one.path === path);
      return hook === undefined ? undefined : takeCall(hook, call);
    },
    allClosed: closed,
    stop() {
      stopping ??= stopNow();
      return stopping;
    },
  };
}

function sentenceOf(problems: readonly Problem[]): string {
  return problems.map((problem) => (typeof problem === "string" ? problem : problem.message)).join(" ");
}
