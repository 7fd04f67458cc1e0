/**
 * Durable records: one implementation per database, all passing the same contract suite. Every promise resolves only
 * when the change would survive a kill. Methods that are called together may share one commit.
 * All of them reject with an Error when the database cannot be reached or does not answer in the command timeout.
 */

import type { Json } from "./event.ts";
import type { AuditStore } from "./store/audit.ts";
import type { CooldownStore } from "./store/cooldowns.ts";
import type { DataStore } from "./store/data.ts";
import type { JobStore } from "./store/jobs.ts";
import type { PeopleStore, PersonalStore } from "./store/people.ts";
import type { RunStore } from "./store/runs.ts";
import type { WarningStore } from "./store/warnings.ts";

export * from "./store/audit.ts";
export * from "./store/cooldowns.ts";
export * from "./store/data.ts";
export * from "./store/jobs.ts";
export * from "./store/people.ts";
export * from "./store/runs.ts";
export * from "./store/warnings.ts";

/** Facts by key: resolved names, last synced commands, disabled commands. */
export interface FactStore {
  get(space: string, key: string): Promise<Json | undefined>;
  set(space: string, key: string, value: Json): Promise<void>;
  remove(space: string, key: string): Promise<void>;
  all(space: string): Promise<ReadonlyMap<string, Json>>;
}

export interface Store {
  readonly data: DataStore;
  readonly cooldowns: CooldownStore;
  readonly warnings: WarningStore;
  readonly jobs: JobStore;
  readonly runs: RunStore;
  readonly people: PeopleStore;
  readonly facts: FactStore;
  readonly audit: AuditStore;
  readonly personal: PersonalStore;
  /** Whether other processes may be at work on it too. */
  readonly shared: boolean;
  /** Flushes what is queued and closes. */
  close(): Promise<void>;
}

export type StoreSettings =
  | { readonly kind: "sqlite"; readonly path: string }
  | {
      readonly kind: "postgres";
      readonly url: string;
      readonly min: number;
      readonly max: number;
      readonly timeoutMs: number;
    };

/** What `stores/<kind>/index.ts` exports as `open`: connects and brings the tables to today's version. */
export type OpenStore<Kind extends StoreSettings["kind"]> = (
  settings: Extract<StoreSettings, { kind: Kind }>,
  now: () => number,
) => Promise<Store>;
