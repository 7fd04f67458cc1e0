import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
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
import { messageOf } from "./runtime/runs/interpreter.ts";
import type { PublishedError } from "./runtime/services.ts";
import { createSupervisor, type PlatformStatus, type ReloadReport } from "./runtime/supervisor.ts";
import { startUpkeep } from "./runtime/upkeep.ts";
import { watchFiles } from "./runtime/watch.ts";
import { memoryCounters } from "./stores/counters/memory.ts";
import { laterWords } from "./words/later.ts";
import { registry } from "./words/registry.ts";

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
  readonly logTo: "stdout" | "stderr";
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
  const folder = dirname(resolve(options.file));
  const masker = createMasker();
  const shortSecrets: string[] = [];
  let environment: Extract<Environment, { ok: true }> | undefined;
  const secrets = maskingReader(
    {
      env: (name) => environment?.lookup(name),
      file: (path) => readFileSync(resolve(folder, path), "utf8"),
    },
    masker,
    (name) => shortSecrets.push(name),
  );
  const load = async (): Promise<Loaded> => {
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
  };
  const first = await load();
  if (!first.ok) return { ok: false, problems: first.problems, exitCode: 1 };

  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.reverse()) await close().catch(() => undefined);
  };
  try {
    return await assemble(options, host, { first, load, folder, secrets, shortSecrets, masker, closers, closeAll });
  } catch (error) {
    await closeAll();
    return { ok: false, problems: [messageOf(error)], exitCode: 2 };
  }
}

interface Parts {
  readonly first: Extract<Loaded, { ok: true }>;
  readonly load: () => Promise<Loaded>;
  readonly folder: string;
  readonly secrets: SecretReader;
  /** Names of secrets that are too short to be masked. */
  readonly shortSecrets: readonly string[];
  readonly masker: Masker;
  /** What must be closed at the end, last opened first. */
  readonly closers: (() => Promise<unknown>)[];
  readonly closeAll: () => Promise<void>;
}

async function assemble(options: AppOptions, host: Host, parts: Parts): Promise<Started> {
  const { first, load, folder, secrets, masker, closers, closeAll } = parts;
  let current = first;
  const { clock } = host;
  const { config } = first.plan;

  const log = await openLogger({
    level: config.logging.level,
    format: config.logging.format,
    stream: options.logTo === "stderr" ? process.stderr : process.stdout,
    ...(config.logging.file === undefined ? {} : { file: resolve(folder, config.logging.file) }),
    masker,
    now: clock.now,
  });
  closers.push(() => log.close());
  for (const name of parts.shortSecrets)
    log.warn({ name }, "this secret is so short that it cannot be masked in the log; use a longer one");
  const store = await openStore(config.storage, folder, clock.now, (text) => readSecret(text, secrets));
  closers.push(() => store.close());
  const redis = await openRedis(config.redis, config.bot.name, clock.now, log, (text) => readSecret(text, secrets));
  closers.push(() => redis.close());

  let keepMs = config.audit.keepMs;
  const files = lineFiles(folder);
  closers.push(() => files.close());
  const audit = openAuditLog({
    store: store.audit,
    policy: config.audit,
    now: clock.now,
    salt: host.newId,
    log,
    sinks: { append: files.append, send: (place, sentence) => supervisor.post(place, sentence) },
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
      connectors: (platform) => connector(platform, options),
      dependencies: (platform) => ({
        log: log.child({ platform }),
        now: clock.now,
        memory: {
          get: (key) => store.facts.get(`connection:${platform}`, key),
          set: (key, value) => store.facts.set(`connection:${platform}`, key, value),
        },
        secret: (text) => readSecret(text, secrets, settingOf(current.plan.config.platforms[platform], text)),
      }),
      words: registry.actions,
      swapped(next) {
        current = next;
        audit.setPolicy(next.plan.config.audit);
        keepMs = next.plan.config.audit.keepMs;
        log.setLevel(next.plan.config.logging.level);
      },
    },
    first,
  );

  const interrupted = await markInterrupted(store.audit, audit);
  if (interrupted > 0) log.warn({ interrupted }, "actions that a sudden end interrupted are marked in the audit log");
  const { open, problems } = await supervisor.start();
  if (open === 0) {
    await supervisor.stop();
    await closeAll();
    return { ok: false, problems, exitCode: 1 };
  }
  const upkeep = startUpkeep(clock, store, log, () => keepMs);
  closers.push(() => upkeep.stop());

  const listeners = new Set<(report: ReloadReport) => void>();
  let seen = await fingerprints(first.files);
  let watched = first.files;
  const reload = async (): Promise<ReloadReport> => {
    seen = await fingerprints(watched);
    const next = await load();
    const report = await supervisor.reload(next);
    if (next.ok && report.ok) {
      watched = next.files;
      watch?.set(watched);
      seen = await fingerprints(watched);
    }
    if (report.ok)
      log.info(
        { changes: report.sentences },
        report.sentences.length === 0 ? "read again: nothing changed" : "the file was read again and is in force",
      );
    else
      log.error(
        { problems: report.problems.map(problemText) },
        "the file was not taken over; the bot goes on as before",
      );
    for (const listener of listeners) listener(report);
    return report;
  };
  const watch = options.watch
    ? await watchFiles(clock, () => {
        void fingerprints(watched).then((now) => (now === seen ? undefined : reload()));
      })
    : undefined;
  watch?.set(watched);
  if (watch !== undefined) closers.push(() => watch.close());

  let stopping: Promise<void> | undefined;
  let finish: (code: number) => void = () => undefined;
  const finished = new Promise<number>((resolve) => {
    finish = resolve;
  });
  const stop = (code: number): Promise<void> => {
    stopping ??= (async () => {
      await watch?.close();
      await supervisor.stop();
      await closeAll();
      finish(code);
    })();
    return stopping;
  };
  void supervisor.allClosed.then(({ clean }) => stop(clean ? 0 : 1));

  return {
    ok: true,
    problems,
    app: {
      finished,
      reload,
      stop: () => stop(0),
      onReport: (listener) => void listeners.add(listener),
      status: supervisor.status,
    },
  };
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

/** @throws PlatformError kind "start" naming what is not set. */
function readSecret(text: SecretText, secrets: SecretReader, setting?: string): string {
  const read = resolveSecretText(text, secrets);
  if (!read.ok)
    throw new PlatformError("start", `${read.missing.map((one) => one.message).join("; ")}.`, {
      ...(setting === undefined ? {} : { setting }),
    });
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

/** The contents of files as one text, to tell whether anything changed. */
async function fingerprints(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) hash.update(await readFile(file).catch(() => "")).update("\0");
  return hash.digest("hex");
}

/** A mistake as one line, for the log. */
export function problemText(problem: Problem): string {
  if (typeof problem === "string") return problem;
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}
