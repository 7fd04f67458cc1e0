import type { AuditEntry, AuditLog, AuditPolicy } from "../contracts/audit.ts";
import type { Logger } from "../contracts/logger.ts";
import { type AuditRow, type AuditStore, mostAuditRows } from "../contracts/store.ts";
import { follow, noTip, type Tip, type UnchainedRow } from "./chain.ts";
import { keepable, rowOf } from "./rows.ts";
import { sentenceOf } from "./sentences.ts";

/** Attempts to find a place in the chain while other processes write to the same log. */
const mostAttempts = 20;

/** Where entries go besides the store. Failures are logged and stop nothing. */
export interface AuditSinks {
  /** Appends one line, without its end, to a file of `also`. */
  append(file: string, line: string): Promise<void>;
  /**
   * Posts a sentence to a place of `also`, where the entry happened. Names in it are data: nothing in it may ping or format.
   */
  send(place: string, sentence: string, where: Pick<AuditEntry, "platform" | "serverId">): Promise<void>;
}

export interface OpenAuditLog extends AuditLog {
  /** From now on; the chain goes on. */
  setPolicy(policy: AuditPolicy): void;
}

interface Pending {
  readonly row: UnchainedRow;
  readonly entry: AuditEntry;
  readonly also: AuditPolicy["also"];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The audit log. Rows of one moment, and those that come while a commit runs, share the next commit; each `write`
 * resolves when its row is durable.
 */
export function openAuditLog({
  store,
  policy: firstPolicy,
  now,
  salt,
  log,
  sinks,
}: {
  readonly store: AuditStore;
  readonly policy: AuditPolicy;
  readonly now: () => number;
  /** A fresh random text for each row, so that a digest cannot be guessed back to its content. */
  readonly salt: () => string;
  readonly log: Logger;
  readonly sinks: AuditSinks;
}): OpenAuditLog {
  let policy = firstPolicy;
  let tip: Tip | undefined;
  const queue: Pending[] = [];
  let draining: Promise<void> | undefined;
  const delivering = new Set<Promise<void>>();
  /** What could not be delivered the last time, so that an outage is told once and not for every entry. */
  const failing = new Set<string>();

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch: Pending[] = [];
      try {
        const rows = await append(batch);
        for (const [place, pending] of batch.entries()) {
          deliver(pending, rows[place]!);
          pending.resolve();
        }
      } catch (error) {
        // A store that refused before it asked for rows would refuse the ones that wait as well.
        if (batch.length === 0) take(batch);
        for (const pending of batch) pending.reject(error);
      }
    }
    draining = undefined;
  }

  function take(batch: Pending[]): void {
    batch.push(...queue.splice(0, mostAuditRows));
  }

  /** Appends what waits when the commit begins, which is then in `batch`. */
  async function append(batch: Pending[]): Promise<readonly AuditRow[]> {
    for (let attempt = 1; ; attempt++) {
      const before: Tip = tip ?? (await store.last()) ?? noTip;
      let rows: AuditRow[] = [];
      const chained = (): readonly AuditRow[] => {
        if (batch.length === 0) take(batch);
        rows = [];
        let last = before;
        for (const { row } of batch) {
          const next = follow(last, row);
          rows.push(next);
          last = next;
        }
        return rows;
      };
      try {
        await store.append(chained);
        tip = rows.at(-1);
        return rows;
      } catch (error) {
        tip = undefined;
        if (rows.length === 0) throw error;
        const [there] = await store.page(before.sequence, 1);
        // The connection broke after the commit, so the error is only that nobody heard of it.
        if (there?.chain === rows[0]!.chain) return rows;
        // Nobody else took the place: the database refused the rows themselves.
        if (there === undefined || attempt === mostAttempts) throw error;
      }
    }
  }

  function deliver({ entry, also }: Pending, row: AuditRow): void {
    for (const sink of also) {
      if ("file" in sink) {
        track(sinks.append(sink.file, lineOf(entry, row)), `the audit log could not be copied to ${sink.file}`);
      } else if (entry.outcome !== "intent") {
        track(sinks.send(sink.send, sentenceOf(entry), entry), `the audit log could not be sent to ${sink.send}`);
      }
    }
  }

  function track(delivery: Promise<void>, failure: string): void {
    const settled = delivery
      .then(
        () => void failing.delete(failure),
        (error: unknown) => {
          if (failing.has(failure)) return;
          failing.add(failure);
          log.error({ err: error }, failure);
        },
      )
      .finally(() => delivering.delete(settled));
    delivering.add(settled);
  }

  return {
    write(entry) {
      const recorded = entry.kind === "custom" || policy.record.includes(entry.kind);
      // What was announced is kept with its outcome even where moderation is not recorded: a kill in between must show.
      const announced = entry.kind === "moderation" && (entry.outcome === "intent" || entry.ref !== undefined);
      if (!recorded && !announced) return Promise.resolve();
      return new Promise<void>((resolve, reject) => {
        const kept = keepable(entry, policy);
        const row = rowOf(kept, now(), salt());
        queue.push({ row, entry: kept, also: recorded ? policy.also : [], resolve, reject });
        draining ??= drain();
      });
    },
    async flush() {
      while (draining !== undefined) await draining;
      while (delivering.size > 0) await Promise.all(delivering);
    },
    setPolicy(next) {
      policy = next;
    },
  };
}

function lineOf(entry: AuditEntry, { sequence, at, chain }: AuditRow): string {
  return JSON.stringify({ sequence, at: new Date(at).toISOString(), sentence: sentenceOf(entry), ...entry, chain });
}
