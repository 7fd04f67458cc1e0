import { resolve } from "node:path";
import type { Writable } from "node:stream";
import { lineFiles } from "./audit/files.ts";
import { openAuditLog } from "./audit/log.ts";
import { nodeReader } from "./config/node-reader.ts";
import type { Host } from "./contracts/host.ts";
import type { Logger } from "./contracts/logger.ts";
import type { Connect } from "./contracts/platform.ts";
import type { ConsolePerson, ConsoleTerminal } from "./contracts/terminal.ts";
import { openLogger } from "./observe/logger.ts";
import { createMasker, type Masker } from "./observe/masking.ts";
import { createFileLoader } from "./runtime/file-loader.ts";
import type { Problem } from "./runtime/loaded.ts";
import { maskErrors } from "./runtime/mask-errors.ts";
import { openStore } from "./runtime/open-store.ts";
import { projectFiles } from "./runtime/project-files.ts";
import { createReloads } from "./runtime/reloads.ts";
import { messageOf } from "./runtime/runs/answer.ts";
import { openSharedState } from "./runtime/shared-state.ts";
import { createSupervisor, type PlatformStatus, type ReloadReport } from "./runtime/supervisor.ts";
import { watchFiles } from "./runtime/watch.ts";
import { createWeb } from "./runtime/web.ts";
import { within } from "./runtime/within.ts";
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
  /** stderr where the console platform has the stdout; problems are then left to the caller, who shows them there too. */
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
  const files = createFileLoader({
    file: options.file,
    platforms: options.platforms,
    environmentName: options.environmentName,
    env: host.env,
    words: registry,
    masker,
  });
  const sharesStderr = options.logTo === "stderr";
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
      logReport(report, log, !sharesStderr);
      for (const listener of listeners) listener(report);
    },
  });
  const { first } = reloads;
  if (!first.ok) return { ok: false, problems: first.problems, exitCode: 1 };
  const { config } = first.plan;

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
  const store = await openStore(config.storage, files, clock.now);
  atEnd(() => store.close());
  const redis = await openSharedState({
    url: config.redis === undefined ? "" : files.secret(config.redis),
    botName: config.bot.name,
    now: clock.now,
    log,
  });
  atEnd(() => redis.close());
  for (const name of files.shortSecrets)
    log.warn({ name }, "this secret is so short that it cannot be masked in the log; use a longer one");

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
      send: (place, sentence, where) => supervisor.post(place, sentence, where),
    },
  });

  const web = createWeb((text) => files.secret(text));
  atEnd(() => web.close());
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
        web,
        files: projectFiles(files.folder, nodeReader),
        reload: async () => {
          const { ok, sentences, problems } = await reloads.reload();
          return { ok, sentences: [...sentences, ...problems.map(problemText)] };
        },
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
        secret: (text) => files.secret(text, settings),
      }),
      words: registry.actions,
      webhookSecret: (text) => files.secret(text),
      swapped({ plan, warnings }) {
        for (const warning of warnings) log.warn({}, problemText(warning));
        audit.setPolicy(plan.config.audit);
        log.setLevel(plan.config.logging.level);
      },
    },
    first,
  );
  closers.push(() => supervisor.stop());

  const { open, problems } = await supervisor.start();
  if (open === 0) return { ok: false, problems, exitCode: 1 };
  if (!sharesStderr) for (const problem of problems) log.error({}, problemText(problem));
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

function logReport(report: ReloadReport, log: Logger, withProblems: boolean): void {
  const problems = withProblems ? report.problems.map(problemText) : [];
  if (!report.ok) {
    log.error(withProblems ? { problems } : {}, "the file was not taken over; the bot goes on as before");
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

/** A mistake as one line, for the log. */
export function problemText(problem: Problem): string {
  if (typeof problem === "string") return problem;
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}
