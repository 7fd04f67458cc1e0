import { type App, type AppOptions, startApp } from "../app.ts";
import { loadConfig } from "../config/load.ts";
import { nodeReader } from "../config/node-reader.ts";
import type { ConsolePerson } from "../contracts/terminal.ts";
import { registry } from "../words/registry.ts";
import { lineTerminal } from "./console/line-terminal.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import { productionHost } from "./host.ts";
import type { Io } from "./io.ts";
import { showProblems } from "./problems.ts";
import { Trouble } from "./trouble.ts";

export interface RunOptions {
  readonly file: string;
  readonly platform?: readonly string[];
  /** `--env staging` reads `.env.staging`. */
  readonly env?: string;
  readonly watch: boolean;
  readonly as?: string;
  readonly role?: readonly string[];
  readonly owner: boolean;
}

/** Runs the bot until it is told to stop or its input ends. @returns the exit code. */
export async function run(options: RunOptions, io: Io): Promise<number> {
  if (options.file === "-") throw new Trouble("run follows its file while it runs, so it needs a file and not -.");
  const onConsole = options.platform?.includes("console") ?? (await declaresConsole(options.file));
  if (!onConsole && (options.as !== undefined || options.role !== undefined || options.owner))
    throw new Trouble("--as, --role and --owner are for the console: add --platform console.");
  const appOptions: AppOptions = {
    file: options.file,
    ...(options.platform === undefined ? {} : { platforms: [...new Set(options.platform)] }),
    ...(options.env === undefined ? {} : { environmentName: options.env }),
    watch: options.watch,
    logTo: onConsole ? "stderr" : "stdout",
    ...personOption(options),
  };
  if (!onConsole) return runApp(appOptions, io, () => undefined);
  const { stdin, stdout } = process;
  const canDraw = stdin.isTTY === true && stdout.isTTY === true && stdout.columns > 0 && io.env.TERM !== "dumb";
  if (canDraw) {
    const { openChat } = await import("./ui/chat.tsx");
    const chat = openChat(process);
    try {
      return await runApp({ ...appOptions, terminal: chat.terminal }, { ...io, err: chat.note }, chat.attach);
    } finally {
      await chat.close();
    }
  }
  stopOnClosedOutput();
  return runApp({ ...appOptions, terminal: lineTerminal(stdin, stdout) }, io, () => undefined);
}

async function runApp(options: AppOptions, io: Io, attach: (app: App) => void): Promise<number> {
  const signals = listenToSignals(options.terminal !== undefined);
  try {
    const started = await startApp(options, productionHost(io.env));
    if (!started.ok) {
      showProblems(started.problems, io);
      const diagnostics = started.problems.filter((one) => typeof one !== "string");
      return isWithoutFile(diagnostics) ? exitCodes.failed : started.exitCode;
    }
    showProblems(started.problems, io);
    const { app } = started;
    app.onReport((report) => showProblems(report.problems, io));
    signals.serve(app);
    attach(app);
    return await app.finished;
  } finally {
    signals.close();
  }
}

/** The log goes to stderr where the console has stdout, which must be known before the file is loaded for running. */
async function declaresConsole(file: string): Promise<boolean> {
  const loaded = await loadConfig({ file, reader: nodeReader, words: registry });
  return loaded.ok && Object.hasOwn(loaded.config.platforms, "console");
}

function personOption({ as, role = [], owner }: RunOptions): { person?: ConsolePerson } {
  if (as === undefined && role.length === 0) return {};
  return { person: { name: as ?? "you", roles: role, owner } };
}

/** `botctl run | head` ends the bot in the ordinary way when nobody reads any more. */
function stopOnClosedOutput(): void {
  let asked = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" || asked) return;
    asked = true;
    process.kill(process.pid, "SIGTERM");
  });
}

interface Signals {
  /** From now on signals reach this bot; what came while it started is done now. */
  serve(app: App): void;
  close(): void;
}

const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** How long a bot that is still starting when it is told to stop may take to get there. Milliseconds. */
const startingMs = 10_000;

/** The first SIGINT or SIGTERM stops gracefully, the second at once; SIGHUP reads the file again. */
function listenToSignals(onConsole: boolean): Signals {
  let app: App | undefined;
  let stopAsked = false;
  let reloadAsked = false;
  const end = (signal: keyof typeof numbers) => {
    const code = 128 + numbers[signal];
    if (stopAsked) process.exit(code);
    stopAsked = true;
    if (app !== undefined) void app.stop();
    else setTimeout(() => app ?? process.exit(code), startingMs).unref();
  };
  const onInt = () => end("SIGINT");
  const onTerm = () => end("SIGTERM");
  const onHup = () => {
    // A terminal that is closed hangs up; there is nobody left to talk to.
    if (onConsole && process.stdin.isTTY === true) return end("SIGHUP");
    reloadAsked = true;
    void app?.reload();
  };
  process.on("SIGINT", onInt).on("SIGTERM", onTerm).on("SIGHUP", onHup);
  return {
    serve(running) {
      app = running;
      if (stopAsked) void app.stop();
      else if (reloadAsked) void app.reload();
    },
    close: () => process.off("SIGINT", onInt).off("SIGTERM", onTerm).off("SIGHUP", onHup),
  };
}
