import { problemText } from "../../src/app.ts";
import { openAuditLog } from "../../src/audit/log.ts";
import { entryOf } from "../../src/audit/rows.ts";
import { textReader } from "../../src/config/text-reader.ts";
import type { AuditEntry } from "../../src/contracts/audit.ts";
import type { Logger } from "../../src/contracts/logger.ts";
import type { Connect } from "../../src/contracts/platform.ts";
import type { Capability } from "../../src/contracts/right.ts";
import type { Store } from "../../src/contracts/store.ts";
import type { ConsoleMessage, ConsolePerson, ConsoleTerminal } from "../../src/contracts/terminal.ts";
import type { Web } from "../../src/contracts/web.ts";
import { plainText } from "../../src/language/rich-text.ts";
import { loadBot } from "../../src/runtime/load-bot.ts";
import { consoleConnect } from "../../src/runtime/platforms/console/index.ts";
import { projectFiles } from "../../src/runtime/project-files.ts";
import { timed } from "../../src/runtime/rehearsal/timed-store.ts";
import { createSupervisor, type ReloadReport } from "../../src/runtime/supervisor.ts";
import { memoryCounters } from "../../src/stores/counters/memory.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import { registry } from "../../src/words/registry.ts";
import { type FakeClock, fakeClock } from "./fake-clock.ts";

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields: object;
}

export function recordingLog(lines: LogLine[]): Logger {
  const at = (level: LogLine["level"]) => (fields: object, message: string) =>
    void lines.push({ level, message, fields });
  const log: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error"), child: () => log };
  return log;
}

/** What somebody at the console sees, line by line. */
export function shownText(message: ConsoleMessage): string {
  const place = message.place === undefined ? "" : `${message.place}: `;
  const buttons = message.buttons.map((button) => ` [${button.label}]`).join("");
  const menu = message.menu === undefined ? "" : ` {${message.menu.choices.join(", ")}}`;
  return message.kind === "event"
    ? `(${plainText(message.text)})`
    : `${place}${plainText(message.text)}${buttons}${menu}`;
}

export interface ConsoleBot {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly log: readonly LogLine[];
  /** Everything shown since the last call. */
  shown(): string[];
  /** Resolves with the first shown text, from the last `shown()` on, that contains `part`. */
  waitFor(part: string): Promise<string>;
  /** Types a line as whoever types now; resolves when it is handled. */
  type(line: string): Promise<void>;
  reload(yaml: string): Promise<ReloadReport>;
  audit(): Promise<readonly AuditEntry[]>;
  /** Stops the bot and leaves its store open, for another one to go on with. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

/** The platforms of this build, with a console that cannot do some things. */
function consoleWithout(missing: readonly Capability[]): typeof registry.platforms {
  const console = registry.platforms.get("console")!;
  const capabilities = new Set([...console.capabilities].filter((one) => !missing.includes(one)));
  return new Map([...registry.platforms, ["console", { ...console, capabilities }]]);
}

export interface ConsoleBotOptions {
  readonly without?: readonly Capability[];
  readonly person?: ConsolePerson;
  readonly clock?: FakeClock;
  readonly store?: Store;
  readonly random?: () => number;
  readonly web?: Web;
  /** Files beside bot.yaml, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lets the bot take webhooks, all with this secret. */
  readonly webhookSecret?: string;
  /** Puts something between the bot and the console. */
  readonly around?: (connect: Connect) => Connect;
}

const offline: Web = {
  request: async () => {
    throw new Error("there is no web here");
  },
};

/** Counted for all bots, because some share a storage. */
let ids = 0;

/** Runs a file on the console platform with the real engine, on a clock that the test moves and SQLite in memory. */
export async function startConsoleBot(yaml: string, options: ConsoleBotOptions = {}): Promise<ConsoleBot> {
  const clock = options.clock ?? fakeClock();
  const store = timed(options.store ?? (await open({ kind: "sqlite", path: ":memory:" }, clock.now)), clock);
  const lines: LogLine[] = [];
  const log = recordingLog(lines);
  let text = yaml;
  const load = () =>
    loadBot({
      file: "bot.yaml",
      platforms: ["console"],
      reader: textReader({ ...options.files, "bot.yaml": text }),
      words: options.without === undefined ? registry : { ...registry, platforms: consoleWithout(options.without) },
      secrets: { env: () => undefined, file: () => "" },
      alsoWatch: [],
    });
  const first = await load();
  if (!first.ok) throw new Error(`the file has mistakes: ${JSON.stringify(first.problems, null, 2)}`);

  let listener: (line: string) => Promise<void> = async () => undefined;
  let shown: string[] = [];
  const waiting = new Set<() => void>();
  const terminal: ConsoleTerminal = {
    onLine: (given) => {
      listener = given;
    },
    onEnd: () => undefined,
    write(message) {
      shown.push(shownText(message));
      for (const look of waiting) look();
    },
    typingAs: () => undefined,
  };
  const audit = openAuditLog({
    store: store.audit,
    policy: first.plan.config.audit,
    now: clock.now,
    salt: () => "salt",
    log,
    sinks: { append: async () => undefined, send: async () => undefined },
  });
  const supervisor = createSupervisor(
    {
      services: {
        clock,
        random: options.random ?? (() => 0.5),
        newId: () => `id-${clock.now()}-${++ids}`,
        store,
        counters: memoryCounters({ now: clock.now }),
        seen: memoryCounters({ now: clock.now }),
        audit,
        log,
        web: options.web ?? offline,
        files: projectFiles(".", textReader(options.files ?? {})),
        reload: async () => {
          const report = await supervisor.reload(await load());
          return { ok: report.ok, sentences: [...report.sentences, ...report.problems.map(problemText)] };
        },
        publishError: () => undefined,
      },
      connectors: async () => (options.around ?? ((connect) => connect))(consoleConnect(terminal, options.person)),
      dependencies: () => ({
        log,
        now: clock.now,
        memory: {
          get: (key) => store.facts.get("connection:console", key),
          set: (key, value) => store.facts.set("connection:console", key, value),
        },
        secret: () => "",
      }),
      words: registry.actions,
      ...(options.webhookSecret === undefined ? {} : { webhookSecret: () => options.webhookSecret! }),
      swapped: () => undefined,
    },
    first,
  );
  const started = await supervisor.start();
  if (started.problems.length > 0) throw new Error(JSON.stringify(started.problems));
  return {
    clock,
    store,
    log: lines,
    shown() {
      const now = shown;
      shown = [];
      return now;
    },
    waitFor(part) {
      return new Promise((resolve) => {
        const look = () => {
          const found = shown.find((one) => one.includes(part));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    type: (line) => listener(line),
    async reload(next) {
      text = next;
      return supervisor.reload(await load());
    },
    async audit() {
      await audit.flush();
      return (await store.audit.page(0, 1000)).map(entryOf);
    },
    halt: () => supervisor.stop(),
    async stop() {
      await supervisor.stop();
      await store.close();
    },
  };
}
