import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Loaded } from "./loaded.ts";
import type { ReloadReport } from "./supervisor.ts";

export interface Reloads {
  /** Reads the file again now and applies it. Calls are done one after the other; never rejects. */
  reload(): Promise<ReloadReport>;
  /** Reads the file again if any of its files holds something else than when it was read last. */
  reloadIfChanged(): Promise<void>;
  /** The files of the plan in force, and of a newer text that was refused. */
  files(): readonly string[];
}

/**
 * Turns changes of files into reloads. What was read is known by fingerprints taken before reading, so that a change in
 * the midst of it, or of a whole start, is not overlooked.
 */
export async function createReloads(parts: {
  /** Reads the files; called once for the start. */
  readonly load: () => Promise<Loaded>;
  readonly apply: (next: Loaded) => Promise<ReloadReport>;
  /** Told of every reload, however it ended. */
  readonly report: (report: ReloadReport) => void;
  readonly filesAtFirst: readonly string[];
}): Promise<Reloads & { readonly first: Loaded }> {
  let seen = new Map<string, string>();
  let files = parts.filesAtFirst;
  let queue: Promise<unknown> = Promise.resolve();

  const load = async (): Promise<Loaded> => {
    seen = await fingerprints(files);
    const loaded = await parts.load();
    // Files that only the new text names; before it was read nobody knew of them.
    const unknown = loaded.files.filter((file) => !seen.has(file));
    for (const [file, print] of await fingerprints(unknown)) seen.set(file, print);
    // What was refused may be mended in a file that the bot in force does not know.
    files = loaded.ok ? loaded.files : [...new Set([...files, ...loaded.files])];
    return loaded;
  };

  const attempt = async (): Promise<ReloadReport> => {
    try {
      return await parts.apply(await load());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { ok: false, sentences: [], problems: [`the file could not be taken over: ${why}`] };
    }
  };

  const reloadNow = async (): Promise<ReloadReport> => {
    const report = await attempt();
    parts.report(report);
    return report;
  };

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = queue.then(work);
    queue = mine.catch(() => undefined);
    return mine;
  };

  return {
    first: await load(),
    reload: () => inOrder(reloadNow),
    reloadIfChanged: () =>
      inOrder(async () => {
        const now = await fingerprints(files);
        if (files.some((file) => now.get(file) !== seen.get(file))) await reloadNow();
      }),
    files: () => files,
  };
}

/** What each file holds, as a hash; a file that is not there holds nothing. */
async function fingerprints(files: readonly string[]): Promise<Map<string, string>> {
  const prints = files.map(async (file): Promise<[string, string]> => {
    const content = await readFile(file).catch(() => undefined);
    return [file, content === undefined ? "" : createHash("sha256").update(content).digest("hex")];
  });
  return new Map(await Promise.all(prints));
}
