import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { type App, type AppOptions, problemText, startApp } from "../../src/app.ts";
import type { AuditEntry } from "../../src/contracts/audit.ts";
import type { Host } from "../../src/contracts/host.ts";
import type { ReloadReport } from "../../src/runtime/supervisor.ts";
import { createRecording, type Recording } from "../simulators/shared/recording.ts";

/** A line of the log as it was written, read back. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface TestAppOptions {
  readonly yaml: string;
  /** Files beside bot.yaml, by name: `.env`, secrets. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly watch?: boolean;
  /** How many times faster than the wall the app's own waiting goes: 1 unless told. */
  readonly speed?: number;
  readonly options?: Partial<AppOptions>;
  /** An existing folder with what an earlier run left there. */
  readonly folder?: string;
}

/** The whole program in this process, in a folder of its own. */
export interface TestApp {
  readonly app: App;
  readonly folder: string;
  /** What kept platforms from starting, as lines. */
  readonly problems: readonly string[];
  readonly log: Recording<LogLine>;
  /** All that was written to the log, as it was written. */
  logText(): string;
  readonly reports: Recording<ReloadReport>;
  /** Saves as most editors do: a new file in the place of the old one. */
  save(text: string, file?: string): Promise<void>;
  /** Saves into the file that is there. */
  overwrite(text: string, file?: string): Promise<void>;
  /** Saves and reads again, as SIGHUP does. */
  reload(text: string): Promise<ReloadReport>;
  /** Rows of the audit log's copy, `./audit.jsonl`. */
  audit(): Promise<readonly AuditRowCopy[]>;
  /** Rows that fit, as soon as there are so many. */
  audited(count: number, fits: (row: AuditRowCopy) => boolean): Promise<readonly AuditRowCopy[]>;
  /** Ends this run and begins another in the same folder. */
  restart(change?: Partial<TestAppOptions>): Promise<TestApp>;
  stop(): Promise<void>;
}

export type AuditRowCopy = AuditEntry & { readonly sequence: number; readonly sentence: string };

export type NotStarted = { readonly exitCode: number; readonly problems: readonly string[]; readonly logText: string };

const running = new Set<App>();
const folders = new Set<string>();

/** For `afterEach`: ends what a failed test left running, and removes the folders. */
export async function endApps(): Promise<void> {
  await Promise.all([...running].map((app) => app.stop()));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  running.clear();
  folders.clear();
}

export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "botctl-app-"));
  folders.add(folder);
  return folder;
}

export function testHost(env: Host["env"], speed = 1): Host {
  return {
    clock: {
      now: Date.now,
      after(ms, callback) {
        const timer = setTimeout(callback, Math.min(ms / speed, 2 ** 31 - 1));
        timer.unref();
        return () => clearTimeout(timer);
      },
    },
    random: () => 0.5,
    newId: () => randomBytes(16).toString("base64url"),
    env,
  };
}

/** Starts the app, and tells where it does not start. */
export async function tryApp(given: TestAppOptions): Promise<TestApp | NotStarted> {
  const folder = given.folder ?? (await freshFolder());
  const file = join(folder, "bot.yaml");
  const lines: string[] = [];
  const log = createRecording<LogLine>();
  const logTo = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      for (const line of chunk.toString().split("\n")) if (line !== "") log.record(JSON.parse(line) as LogLine);
      done();
    },
  });
  await writeFile(file, given.yaml);
  for (const [name, text] of Object.entries(given.files ?? {})) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const started = await startApp(
    { file, watch: given.watch ?? false, logTo, ...given.options },
    testHost(given.env ?? {}, given.speed),
  );
  const logText = () => lines.join("");
  const problems = started.problems.map(problemText);
  if (!started.ok) return { exitCode: started.exitCode, problems, logText: logText() };

  const { app } = started;
  running.add(app);
  const reports = createRecording<ReloadReport>();
  app.onReport((report) => reports.record(report));
  const self: TestApp = {
    app,
    folder,
    problems,
    log,
    logText,
    reports,
    async save(text, name = "bot.yaml") {
      const temporary = join(folder, `.${name}.new`);
      await writeFile(temporary, text);
      await rename(temporary, join(folder, name));
    },
    overwrite: (text, name = "bot.yaml") => writeFile(join(folder, name), text),
    async reload(text) {
      await self.overwrite(text);
      return app.reload();
    },
    async audit() {
      const text = await readFile(join(folder, "audit.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as AuditRowCopy);
    },
    audited: (count, fits) =>
      eventually(async () => {
        const rows = (await self.audit()).filter(fits);
        if (rows.length < count) throw new Error(`only ${rows.length} of ${count} rows are in the audit log`);
        return rows;
      }),
    async restart(change) {
      await self.stop();
      return startTestApp({ ...given, folder, ...change });
    },
    async stop() {
      await app.stop();
      running.delete(app);
    },
  };
  return self;
}

/** Starts the app; a start that fails fails the test. */
export async function startTestApp(given: TestAppOptions): Promise<TestApp> {
  const started = await tryApp(given);
  if ("app" in started) return started;
  throw new Error(`the app did not start: ${started.problems.join("\n")}`);
}

/** Asks until the answer is there; for what gives no sign of itself, such as a file. The guard never decides a test. */
export async function eventually<T>(look: () => T | Promise<T>, guardMs = 20_000): Promise<T> {
  const end = Date.now() + guardMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
