import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../contracts/clock.ts";

/** How often files are looked at besides being watched: bind-mounted single files announce nothing. Milliseconds. */
const pollMs = 1000;
/** Editors write in several steps; what comes within this pause is one save. Milliseconds. */
const settleMs = 20;

export interface Watch {
  /** Watches exactly these files from now on; they need not exist. */
  set(files: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Calls back when one of the files changes: by the folder's events, so that saves by rename are seen, and by a slow poll.
 * Whether the contents differ is for the caller to find out.
 */
export async function watchFiles(clock: Clock, changed: () => void): Promise<Watch> {
  const { watch } = await import("chokidar");
  let files = new Set<string>();
  let seen = new Map<string, string>();
  let cancelSettle: (() => void) | undefined;
  let closed = false;

  const notice = (): void => {
    cancelSettle?.();
    cancelSettle = clock.after(settleMs, () => {
      if (!closed) changed();
    });
  };

  const watcher = watch([], { ignoreInitial: true, depth: 0, persistent: true });
  watcher.on("all", (_event, path) => {
    if (files.has(path)) notice();
  });

  const poll = async (): Promise<void> => {
    const now = new Map<string, string>();
    for (const file of files) now.set(file, await fingerprint(file));
    const differs = [...now].some(([file, print]) => seen.has(file) && seen.get(file) !== print);
    seen = now;
    if (differs) notice();
    if (!closed) cancelPoll = clock.after(pollMs, () => void poll());
  };
  let cancelPoll = clock.after(pollMs, () => void poll());

  return {
    set(next) {
      const folders = new Set([...files].map((file) => dirname(file)));
      files = new Set(next);
      for (const folder of new Set(next.map((file) => dirname(file)))) if (!folders.delete(folder)) watcher.add(folder);
      watcher.unwatch([...folders]);
    },
    async close() {
      closed = true;
      cancelPoll();
      cancelSettle?.();
      await watcher.close();
    },
  };
}

async function fingerprint(file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "gone";
  }
}
