import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built bin. */
export const bin = join(root, "dist/main.cjs");

/** Builds before the first test, unless what is built is newer than every source: vitest's `globalSetup`. */
export function setup(): void {
  if (isCurrent()) return;
  execFileSync(process.execPath, ["--import", "tsx", "scripts/build.ts"], { cwd: root, stdio: "inherit" });
}

function isCurrent(): boolean {
  if (!existsSync(bin)) return false;
  const built = statSync(bin).mtimeMs;
  const sources = ["src", "scripts"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(root, folder, name)),
  );
  return [...sources, join(root, "package.json")].every((file) => statSync(file).mtimeMs < built);
}

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** What comes on standard input; it ends there. */
  readonly input?: string;
  /** Added to an environment without secrets, colours and CI. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The environment of a plain user. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...more };
}

/** Runs the built botctl as a process, to its end. */
export function cli(args: readonly string[], { input = "", env, cwd }: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: plainEnv(env) });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}
