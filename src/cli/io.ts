import { createColors } from "picocolors";
import type { Colors } from "../diagnostics/render/pretty.ts";

/** Where subcommands write, and what they know of the world outside. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  out(text: string): void;
  err(text: string): void;
  /** Colours for what is written with `out` and `err`: none where a program reads. */
  readonly outColors: Colors;
  readonly errColors: Colors;
}

/** The streams of this process. */
export function processIo(): Io {
  const { env, stdout, stderr } = process;
  return {
    env,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outColors: createColors(hasColors(stdout, env)),
    errColors: createColors(hasColors(stderr, env)),
  };
}

function hasColors(stream: { readonly isTTY?: boolean }, env: Io["env"]): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}
