import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { ConsoleTerminal } from "../../contracts/terminal.ts";
import { renderPlain } from "./render.ts";

/** A conversation by pipes: a line in, its answers out, then the next line. */
export function lineTerminal(input: Readable, output: Writable): ConsoleTerminal {
  const endListeners: (() => void)[] = [];
  const read = async (listener: (line: string) => Promise<void>) => {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) await listener(line);
    for (const ended of endListeners) ended();
  };
  return {
    onLine: (listener) => void read(listener),
    onEnd: (listener) => void endListeners.push(listener),
    write: (message) => void output.write(`${renderPlain(message)}\n`),
    typingAs: () => undefined,
  };
}
