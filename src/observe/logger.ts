import type { Writable } from "node:stream";
import type { Logger as Pino } from "pino";
import type { Logger } from "../contracts/logger.ts";
import type { Masker } from "./masking.ts";
import { openRotatingFile } from "./rotating-file.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";
/** `auto` is pretty on a terminal, JSON lines elsewhere. */
export type LogFormat = "auto" | "pretty" | "json";

export interface OpenLogger extends Logger {
  /** From now on, also in children. */
  setLevel(level: LogLevel): void;
  /** Resolves when everything logged so far has left the process. */
  flush(): Promise<void>;
  /** Flushes; what is logged later goes nowhere. The stream stays open. */
  close(): Promise<void>;
}

/**
 * Opens the log. Secrets are masked in the finished line, so nothing can be logged around it.
 *
 * @throws a plain sentence when the log file cannot be opened.
 */
export async function openLogger({
  level,
  format,
  stream,
  color = isTerminal(stream) && (process.env.NO_COLOR ?? "") === "",
  file: path,
  masker,
  now,
}: {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Standard output, or standard error where standard output belongs to a conversation. */
  readonly stream: Writable;
  readonly color?: boolean;
  /** Rotated by size; holds JSON lines unless `format` is `pretty`. */
  readonly file?: string;
  readonly masker: Masker;
  readonly now: () => number;
}): Promise<OpenLogger> {
  const { pino } = await import("pino");
  const json = (line: string) => maskLine(line, masker);
  const pretty = async (colorize: boolean) => {
    const { prettyFactory } = (await import("pino-pretty")).default;
    const prettify = prettyFactory({ colorize, ignore: "pid,hostname", translateTime: "SYS:HH:MM:ss" });
    // Before, because it undoes escapes on the way; after, because it may put a text together anew.
    return (line: string) => masker.mask(prettify(json(line)));
  };
  const forStream = format === "pretty" || (format === "auto" && isTerminal(stream)) ? await pretty(color) : json;
  const forFile = format === "pretty" ? await pretty(false) : json;
  const file = path === undefined ? undefined : openFile(path);
  let fileFails = false;
  let closed = false;

  // A reader that went away (`botctl run | head`) must not end the bot.
  stream.on("error", () => {});

  function write(line: string): void {
    if (closed) return;
    stream.write(forStream(line));
    if (file === undefined) return;
    try {
      file.write(forFile(line));
      fileFails = false;
    } catch (error) {
      if (fileFails) return;
      fileFails = true;
      root.error({ err: error }, `the log file ${path} cannot be written`);
    }
  }

  const root = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, error: describeError },
    },
    { write },
  );
  const children = new Set<WeakRef<Pino>>();

  async function flush(): Promise<void> {
    if (!closed) file?.flush();
    if (stream.destroyed || !stream.writable) return;
    await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }

  return {
    ...facade(root, children),
    setLevel(next) {
      root.level = next;
      for (const child of children) {
        const alive = child.deref();
        if (alive === undefined) children.delete(child);
        else alive.level = next;
      }
    },
    flush,
    async close() {
      if (closed) return;
      await flush();
      closed = true;
      file?.close();
    },
  };
}

/** Only what the contract names, so that nothing of pino leaks. */
function facade(log: Pino, children: Set<WeakRef<Pino>>): Logger {
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
    child(fields) {
      const child = log.child(fields);
      children.add(new WeakRef(child));
      return facade(child, children);
    },
  };
}

/** A line of JSON that is still JSON after masking, also where a number was a secret. */
function maskLine(line: string, masker: Masker): string {
  const text = masker.mask(line);
  if (text === line || isJson(text)) return text;
  const quoted = text.replace(/([:[,])\*{3}(?=[,}\]])/g, '$1"***"');
  return isJson(quoted) ? quoted : `${JSON.stringify({ level: "info", msg: text.trimEnd() })}\n`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Not every property of an error: libraries hang whole connections on them. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code =
    "code" in error && (typeof error.code === "string" || typeof error.code === "number") ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function openFile(path: string) {
  try {
    return openRotatingFile({ path });
  } catch (error) {
    throw new Error(`the log file ${path} cannot be opened: check that its folder may be written`, { cause: error });
  }
}

function isTerminal(stream: Writable): boolean {
  return "isTTY" in stream && stream.isTTY === true;
}
