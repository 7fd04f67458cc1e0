import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Writable } from "node:stream";
import { lineFiles } from "./audit/files.ts";
import { markInterrupted } from "./audit/interrupted.ts";
import { openAuditLog } from "./audit/log.ts";
import { nodeReader } from "./config/node-reader.ts";
import type { CanonicalStorage } from "./contracts/canonical.ts";
import type { Host } from "./contracts/host.ts";
import type { Logger } from "./contracts/logger.ts";
import { type Connect, PlatformError, type Settings, type SettingValue } from "./contracts/platform.ts";
import type { Counters, Store } from "./contracts/store.ts";
import type { ConsolePerson, ConsoleTerminal } from "./contracts/terminal.ts";
import { resolveSecretText, type SecretReader, type SecretText } from "./language/secret-reference.ts";
import { type Environment, readEnvironment } from "./observe/env-file.ts";
import { openLogger } from "./observe/logger.ts";
import { createMasker, type Masker, maskingReader } from "./observe/masking.ts";
import { loadBot } from "./runtime/load-bot.ts";
import type { Loaded, Problem } from "./runtime/loaded.ts";
import { maskErrors } from "./runtime/mask-errors.ts";
import { createReloads } from "./runtime/reloads.ts";
import { messageOf } from "./runtime/runs/interpreter.ts";
import type { PublishedError } from "./runtime/services.ts";
import { createSupervisor, type PlatformStatus, type ReloadReport } from "./runtime/supervisor.ts";
import { startUpkeep } from "./runtime/upkeep.ts";
import { watchFiles } from "./runtime/watch.ts";
import { within } from "./runtime/within.ts";
import { memoryCounters } from "./stores/counters/memory.ts";
import { laterWords } from "./words/later.ts";
import { registry } from "./words/registry.ts";

/** How long one of the things that are closed at the end may take, and the whole end. Milliseconds. */
const closeMs = 700;
const stopMs = 9_800;

/** The composition root: the only file that knows every concrete part. Platforms and stores load when a plan needs them. */

export interface AppOptions {
  /** Path of the bot.yaml. */
  readonly file: string;
  /** Run only these; `console` may be named although the file does not declare it. */
  readonly platforms?: readonly string[];
  /** `staging` reads `.env.staging` instead of `.env`. */
  readonly environmentName?: string;
  readonly watch: boolean;
  /** Needed by the console platform. */
  readonly terminal?: ConsoleTerminal;
  readonly person?: ConsolePerson;
  /** stderr where the console platform has the stdout. */
  readonly logTo: "stdout" | "stderr" | Writable;
}

export interface App {
  /** The exit code, after `stop` or when no platform is left. */
  readonly finished: Promise<number>;
  reload(): Promise<ReloadReport>;
  /** Stops taking work, finishes what runs (10 s at most), flushes, closes. */
  stop(): Promise<void>;
  onReport(listener: (report: ReloadReport) => void): void;
  status(): readonly PlatformStatus[];
}

export type Started =
  | { readonly ok: true; readonly app: App; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly exitCode: 1 | 2 };

/** Starts the bot that a file describes. Mistakes of the file come back as values; trouble of the machine as sentences. */
export async function startApp(options: AppOptions, host: Host): Promise<Started> {
  const masker = createMasker();
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const atEnd = (close: () => Promise<unknown>) => closers.push(() => within(host.clock, close(), closeMs));
    const started = await assemble(options, host, { masker, closers, atEnd, closeAll });
    if (!started.ok) await closeAll();
    return { ...started, problems: started.problems.map((problem) => maskProblem(problem, masker)) };
  } catch (error) {
    await closeAll();
    return { ok: false, problems: [masker.mask(messageOf(error))], exitCode: 2 };
  }
}

interface Parts {
  readonly masker: Masker;
  /** What must be done at the end, the last first. */
  readonly closers: (() => Promise<unknown>)[];
  /** Adds to `closers` what must not hold the end up. */
  readonly atEnd: (close: () => Promise<unknown>) => void;
  readonly closeAll: () => Promise<void>;
}

async function assemble(options: AppOptions, host: Host, parts: Parts): Promise<Started> {
  const { masker, closers, atEnd, closeAll } = parts;
  const { clock } = host;
  const files = fileLoader(options, host, masker);
  const listeners = new Set<(report: ReloadReport) => void>();
  const reloads = await createReloads({
    load: files.load,
    filesAtFirst: [resolve(options.file)],
    async apply(next) {
      const report = await supervisor.reload(next);
      if (!report.ok) files.goBack();
      watch?.set(reloads.files());
      return { ...report, problems: report.problems.map((problem) => maskProblem(problem, masker)) };
    },
    report(report) {
      logReport(report, log);
      for (const listener of listeners) listener(report);
    },
  });
  const { first } = reloads;
  if (!first.ok) return { ok: false, problems: first.problems, exitCode: 1 };
  const { config } = first.plan;
  const secret = (text: SecretText): string => readSecret(text, files.secrets, masker);

  const log = await openLogger({
    level: config.logging.level,
    format: config.logging.format,
    stream: streamOf(options.logTo),
    ...(config.logging.file === undefined ? {} : { file: resolve(files.folder, config.logging.file) }),
    masker,
    now: clock.now,
  });
  atEnd(() => log.close());
  for (const warning of first.warnings) log.warn({}, problemText(warning));
  const store = await openStore(config.storage, files.folder, clock.now, secret);
  atEnd(() => store.close());
  const redis = await openRedis(config.redis, config.bot.name, clock.now, log, secret);
  atEnd(() => redis.close());
  for (const name of files.shortSecrets)
    log.warn({ name }, "this secret is so short that it cannot be masked in the log; use a longer one");

  let keepMs = config.audit.keepMs;
  const auditFiles = lineFiles(files.folder);
  atEnd(() => auditFiles.close());
  const audit = openAuditLog({
    store: store.audit,
    policy: config.audit,
    now: clock.now,
    salt: host.newId,
    log,
    sinks: {
      append: (file, line) => auditFiles.append(file, masker.mask(line)),
      send: (place, sentence) => supervisor.post(place, sentence),
    },
  });

  const supervisor = createSupervisor(
    {
      services: {
        clock,
        random: host.random,
        newId: host.newId,
        store,
        counters: redis.counters,
        seen: redis.seen,
        audit,
        log,
        publishError: (error) =>
          redis.publishError({ ...error, bot: config.bot.name, message: masker.mask(error.message) }),
      },
      connectors: async (platform) => maskErrors(await connector(platform, options), masker.mask),
      dependencies: ({ platform, settings }) => ({
        log: log.child({ platform }),
        now: clock.now,
        memory: {
          get: (key) => store.facts.get(`connection:${platform}`, key),
          set: (key, value) => store.facts.set(`connection:${platform}`, key, value),
        },
        secret: (text) => readSecret(text, files.secrets, masker, settingOf(settings, text)),
      }),
      words: registry.actions,
      swapped({ plan, warnings }) {
        for (const warning of warnings) log.warn({}, problemText(warning));
        audit.setPolicy(plan.config.audit);
        keepMs = plan.config.audit.keepMs;
        log.setLevel(plan.config.logging.level);
      },
    },
    first,
  );
  closers.push(() => supervisor.stop());

  const interrupted = await markInterrupted(store.audit, audit);
  if (interrupted > 0) log.warn({ interrupted }, "actions that a sudden end interrupted are marked in the audit log");
  const { open, problems } = await supervisor.start();
  if (open === 0) return { ok: false, problems, exitCode: 1 };
  for (const problem of problems) log.error({}, problemText(problem));
  const upkeep = startUpkeep(clock, store, log, () => keepMs);
  atEnd(() => upkeep.stop());
  const watch = options.watch ? await watchFiles(clock, () => void reloads.reloadIfChanged()) : undefined;
  watch?.set(reloads.files());
  atEnd(async () => watch?.close());

  let stopping: Promise<void> | undefined;
  let finish: (code: number) => void = () => undefined;
  const finished = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const stop = (code: number): Promise<void> => {
    stopping ??= within(clock, closeAll(), stopMs).then(() => finish(code));
    return stopping;
  };
  void supervisor.allClosed.then(({ clean }) => stop(clean ? 0 : 1));

  return {
    ok: true,
    problems,
    app: {
      finished,
      reload: reloads.reload,
      stop: () => stop(0),
      onReport: (listener) => void listeners.add(listener),
      status: supervisor.status,
    },
  };
}

interface FileLoader {
  readonly folder: string;
  readonly secrets: SecretReader;
  /** Names of secrets that are too short to be masked, as far as they were read. */
  readonly shortSecrets: readonly string[];
  load(): Promise<Loaded>;
  /** What was loaded last is not used: secrets are read as before. */
  goBack(): void;
}

/** Reads the bot's file with the environment of that moment; each use of a secret sees the latest one. */
function fileLoader(options: AppOptions, host: Host, masker: Masker): FileLoader {
  const folder = dirname(resolve(options.file));
  const shortSecrets: string[] = [];
  let environment: Extract<Environment, { ok: true }> | undefined;
  let before = environment;
  const secrets = maskingReader(
    {
      env: (name) => environment?.lookup(name),
      file: (path) => readFileSync(resolve(folder, path), "utf8"),
    },
    masker,
    (name) => shortSecrets.push(name),
  );
  return {
    folder,
    secrets,
    shortSecrets,
    async load() {
      before = environment;
      const read = await readEnvironment({ folder, name: options.environmentName, environment: host.env });
      if (!read.ok) return { ok: false, problems: [read.problem] };
      environment = read;
      return loadBot({
        file: options.file,
        platforms: options.platforms,
        reader: nodeReader,
        words,
        secrets,
        alsoWatch: [read.path],
      });
    },
    goBack() {
      environment = before;
    },
  };
}

function logReport(report: ReloadReport, log: Logger): void {
  const problems = report.problems.map(problemText);
  if (!report.ok) {
    log.error({ problems }, "the file was not taken over; the bot goes on as before");
    return;
  }
  if (report.sentences.length === 0) log.info({}, "read again: nothing changed");
  else log.info({ changes: report.sentences }, "the file was read again and is in force");
  for (const problem of problems) log.error({}, problem);
}

function streamOf(logTo: AppOptions["logTo"]): Writable {
  if (logTo === "stdout") return process.stdout;
  return logTo === "stderr" ? process.stderr : logTo;
}

/** Said to a person, so no secret may stand in it; the place stays. */
function maskProblem(problem: Problem, masker: Masker): Problem {
  if (typeof problem === "string") return masker.mask(problem);
  return { ...problem, message: masker.mask(problem.message) };
}

const words = { ...registry, later: laterWords };

async function connector(platform: string, options: AppOptions): Promise<Connect> {
  switch (platform) {
    case "discord":
      return (await import("./runtime/platforms/discord/index.ts")).connect;
    case "telegram":
      return (await import("./runtime/platforms/telegram/index.ts")).connect;
    case "slack":
      return (await import("./runtime/platforms/slack/index.ts")).connect;
    default: {
      const { consoleConnect } = await import("./runtime/platforms/console/index.ts");
      if (options.terminal === undefined) throw new Error("the console platform needs a terminal");
      return consoleConnect(options.terminal, options.person);
    }
  }
}

/** The value, masked from now on, also where it was written into the file itself. @throws PlatformError kind "start" naming what is not set. */
function readSecret(text: SecretText, secrets: SecretReader, masker: Masker, setting?: string): string {
  const read = resolveSecretText(text, secrets);
  if (!read.ok)
    throw new PlatformError("start", `${read.missing.map((one) => one.message).join("; ")}.`, {
      ...(setting === undefined ? {} : { setting }),
    });
  masker.add(read.value);
  return read.value;
}

/** The top key of the settings that holds this secret, so that a message can show its line. */
function settingOf(settings: Settings | undefined, text: SecretText): string | undefined {
  const holds = (value: SettingValue | undefined): boolean =>
    value === text || (typeof value === "object" && value !== null && Object.values(value).some(holds));
  return Object.keys(settings ?? {}).find((key) => holds(settings?.[key]));
}

async function openStore(
  storage: CanonicalStorage,
  folder: string,
  now: () => number,
  secret: (text: SecretText) => string,
): Promise<Store> {
  if (storage.kind === "sqlite") {
    const { open } = await import("./stores/sqlite/index.ts");
    return open(
      { kind: "sqlite", path: storage.path === ":memory:" ? storage.path : resolve(folder, storage.path) },
      now,
    );
  }
  const { open } = await import("./stores/postgres/index.ts");
  return open({ ...storage, url: secret(storage.url) }, now);
}

interface Shared {
  readonly counters: Counters;
  readonly seen: Pick<Counters, "firstIn">;
  publishError(error: PublishedError): void;
  close(): Promise<void>;
}

/** Counters of this process, or shared through Redis where the file names one that answers. */
async function openRedis(
  address: SecretText | undefined,
  botName: string,
  now: () => number,
  log: Logger,
  secret: (text: SecretText) => string,
): Promise<Shared> {
  const own = memoryCounters({ now });
  const ownSeen = memoryCounters({ now });
  const url = address === undefined ? "" : secret(address);
  if (url === "") {
    return { counters: own, seen: ownSeen, publishError: () => undefined, close: async () => own.close() };
  }
  const { connectRedis } = await import("./stores/redis.ts");
  const { redisCounters } = await import("./stores/counters/redis.ts");
  const { fallbackCounters } = await import("./stores/counters/fallback.ts");
  const connection = await connectRedis({ url, log });
  const shared = redisCounters({ redis: connection.redis, prefix: `botctl:${botName}:`, now });
  const ping = () => connection.redis.ping();
  const counters = fallbackCounters({ shared, own, ping, log });
  const seen = fallbackCounters({ shared, own: ownSeen, ping, log });
  return {
    counters,
    seen,
    publishError: (error) => void connection.publishError({ ...error, line: error.line ?? null }),
    async close() {
      await counters.close();
      await seen.close();
      await connection.close();
    },
  };
}

/** A mistake as one line, for the log. */
export function problemText(problem: Problem): string {
  if (typeof problem === "string") return problem;
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}
