import type { Json } from "../event.ts";

/** Work for later. `owner` says who takes it up: `word:mute`, `run:resume`. */
export interface Job {
  readonly key: string;
  readonly owner: string;
  readonly platform: string;
  readonly dueAt: number;
  readonly payload: Json;
  readonly attempts: number;
}

export interface JobStore {
  /** Replaces a job of the same key. */
  put(job: Omit<Job, "attempts">): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Takes due jobs of these platforms, oldest first, so that no other process has them until `leaseUntil`; counts one
   * attempt each.
   */
  claim(now: number, leaseUntil: number, most: number, platforms: readonly string[]): Promise<readonly Job[]>;
  /** Prolongs the leases of claimed jobs that are still worked on, except of those that were replaced meanwhile. */
  prolong(jobs: readonly Job[], leaseUntil: number): Promise<void>;
  /**
   * At start: frees the leases of a process that is gone, where nobody else can be at work. In a database that processes
   * share, the leases of those that are gone run out.
   */
  release(): Promise<void>;
  /** Removes a claimed job that is done; one that was replaced meanwhile (same key, other time) stays. */
  finish(job: Job): Promise<void>;
  /** Puts a claimed job back for a later try. */
  retry(job: Job, at: number): Promise<void>;
  /** All jobs of one owner on these platforms. */
  list(owner: string, platforms: readonly string[]): Promise<readonly Job[]>;
  /** When the next unclaimed job of these platforms falls due. */
  next(platforms: readonly string[]): Promise<number | undefined>;
  /**
   * Deletes jobs that fell due before a moment, with the runs that they would wake, except those of some platforms.
   * @returns jobs deleted, at most `most`.
   */
  purge(dueBefore: number, kept: readonly string[], most: number): Promise<number>;
}
