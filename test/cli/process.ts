import { spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { bin, plainEnv } from "../support/build.ts";

/** A process that is talked with while it runs. */
export interface Talk {
  write(text: string): void;
  end(): void;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the text is in what was written, stdout and stderr together. @throws when the process ends before. */
  sees(text: string): Promise<void>;
  /** Closes its standard output, as `| head` does. */
  closeOutput(): void;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly output: () => string;
}

/** Starts the built botctl, or another command; it is killed when the test ends before it. */
export function talk(
  args: readonly string[],
  { cwd, env, command = [process.execPath, bin] }: { cwd: string; env?: Record<string, string>; command?: string[] },
): Talk {
  const [file = "", ...before] = command;
  const child = spawn(file, [...before, ...args], { cwd, env: plainEnv(env) });
  let output = "";
  let waiting: (() => void)[] = [];
  const grow = (text: string) => {
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding("utf8").on("data", grow);
  child.stderr.setEncoding("utf8").on("data", grow);
  child.stdin.on("error", () => undefined);
  let isOver = false;
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on("close", (code, signal) => {
      isOver = true;
      grow("");
      resolve({ code, signal });
    });
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    write: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    sees(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
          else if (isOver) reject(new Error(`it ended without ${JSON.stringify(text)}:\n${output}`));
          else return;
          waiting = waiting.filter((one) => one !== look);
        };
        waiting.push(look);
        look();
      });
    },
    closeOutput: () => void child.stdout.destroy(),
    ended,
    output: () => output,
  };
}
