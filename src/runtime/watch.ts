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
 * Calls back when one of the files may have changed: by the folder's events, so that saves by rename are seen, and by a
 * slow poll, which also sees files behind links and goes on where the system gives no events. Whether the contents differ
 * is for the caller to find out.
 */
export async function watchFiles(clock: Clock, changed: () => void): Promise<Watch> {
  const { watch } = await import("chokidar");
  let files: ReadonlySet<string> = new Set();
  let watcher: ReturnType<typeof watch> | undefined;
  let seen = new Map<string, string>();
  let cancelSettle: (() => void) | undefined;
  let closed = false;

  const notice = (): void => {
    cancelSettle?.();
    cancelSettle = clock.after(settleMs, () => {
      if (!closed) changed();
    });
  };

  const follow = (): void => {
    const folders = new Set([...files].map((file) => dirname(file)));
    watcher = watch([...folders], {
      ignoreInitial: true,
      depth: 0,
      // A folder may hold thousands of files that are not ours.
      ignored: (path) => !files.has(path) && !folders.has(path),
    });
    watcher.on("all", notice);
    // Where the system has no watches left, the poll goes on alone.
    watcher.on("error", () => undefined);
  };

  const poll = async (): Promise<void> => {
    const now = new Map<string, string>();
    for (const file of files) now.set(file, await fingerprint(file));
    const differs = [...now].some(([file, print]) => seen.get(file) !== print);
    seen = now;
    if (closed) return;
    if (differs) notice();
    cancelPoll = clock.after(pollMs, () => void poll());
  };
  let cancelPoll = clock.after(0, () => void poll());

  return {
    set(next) {
      if (closed || (next.length === files.size && next.every((file) => files.has(file)))) return;
      files = new Set(next);
      void watcher?.close();
      follow();
    },
    async close() {
      closed = true;
      cancelPoll();
      cancelSettle?.();
      await watcher?.close();
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
