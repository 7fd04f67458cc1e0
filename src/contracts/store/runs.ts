import type { Json } from "../event.ts";
import type { Job } from "./jobs.ts";

/** A run that waits, or a button: how to go on, as rule, hash of the canonical rule, step path and typed variables. */
export interface SuspendedRun {
  readonly id: string;
  readonly ruleId: string;
  readonly ruleHash: string;
  readonly platform: string;
  /** Step path, variables and the event, as plain JSON. */
  readonly state: Json;
  readonly createdAt: number;
  /** What runs that must not overlap have in common; "" for those that may. */
  readonly overlap: string;
  /** The run that waits for this branch to end, and the branch's place. */
  readonly parent?: { readonly id: string; readonly place: number };
}

/** How a run ended. */
export interface RunEnded {
  readonly at: number;
  /** What a branch leaves behind for the run that waits for it. */
  readonly result?: Json;
}

/** What a suspended run waits for besides its time. Texts are "" where there is nothing to say. */
export interface StoredWait {
  readonly id: string;
  readonly runId: string;
  readonly platform: string;
  /** Where messages are answers. */
  readonly channelId: string;
  /** Whose messages are; anybody's if "". */
  readonly personId: string;
  /** The message that asks. */
  readonly questionId: string;
  readonly askedAt: number;
}

export interface StoredButton {
  readonly key: string;
  readonly ruleId: string;
  readonly ruleHash: string;
  readonly platform: string;
  /** Path to the written button inside the rule, the variables and the event, as plain JSON. */
  readonly state: Json;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** `gone`: the job was done or replaced meanwhile, and nothing is stored. `left_out`: only the job has moved on. */
export type Begun = "begun" | "queued" | "left_out" | "gone";

export interface RunStore {
  /**
   * Stores the run and, in the same commit, its rule under its hash, the job that wakes it and what it waits for: an earlier
   * wait of the run is over.
   * @param again whether it was stored before: then it is only stored where nobody has cancelled it meanwhile.
   * @returns false when it was cancelled.
   */
  suspend(
    run: SuspendedRun,
    rule: Json,
    wake: Omit<Job, "attempts">,
    more?: { readonly wait?: StoredWait; readonly again?: boolean },
  ): Promise<boolean>;
  /**
   * Stores a run that waits for its branches and, in the same commit, the branches with the jobs that begin them. The last
   * one to end wakes it. @returns false when it was stored before and is cancelled.
   */
  fork(
    run: SuspendedRun,
    rule: Json,
    branches: readonly { readonly run: SuspendedRun; readonly wake: Omit<Job, "attempts"> }[],
    again?: boolean,
  ): Promise<boolean>;
  /** What the ended branches of a run left behind, by their places; null for one that was given up. */
  branches(id: string): Promise<readonly (Json | undefined)[]>;
  /** The run goes on: its ended branches are forgotten in the same commit. @returns false when it was cancelled. */
  join(id: string, state: Json): Promise<boolean>;
  /**
   * Stores the run that a claimed job begins and, in the same commit, moves that job on: to its next time, or away. Where
   * its overlap key is taken, the run is left out (single), takes the others' place (restart) or waits its turn (queue).
   */
  begin(
    run: SuspendedRun,
    rule: Json,
    wake: Omit<Job, "attempts">,
    by: { readonly job: Job; readonly next: number | undefined },
    policy: { readonly overlap: "parallel" | "single" | "restart" | "queue"; readonly mostQueued: number },
  ): Promise<Begun>;
  get(id: string): Promise<SuspendedRun | undefined>;
  /** Moves the step path on: what was done is not done again after a kill. @returns false when the run was cancelled. */
  checkpoint(id: string, state: Json): Promise<boolean>;
  /** The run that a wait holds up. */
  awaiting(waitId: string): Promise<SuspendedRun | undefined>;
  /** Every wait that messages may answer, oldest first. */
  waits(): Promise<readonly StoredWait[]>;
  /** The run goes on waiting, with another state, until another time where `wake` is given. @returns false when the wait is over. */
  changeWait(wait: StoredWait, state: Json, wake?: Omit<Job, "attempts">): Promise<boolean>;
  /**
   * Ends a wait and moves its run on in the same commit. With `taken`, its job becomes that one, claimed until that moment.
   * @returns false when the wait is over already: an answer counts once.
   */
  endWait(waitId: string, state: Json, taken?: { readonly job: Job; readonly leaseUntil: number }): Promise<boolean>;
  /**
   * Ends the run and, in the same commit, its job, its wait and its branches. A branch's result is kept for the run that
   * waits for it, and the last branch to end puts the job that wakes that run.
   */
  finish(id: string, ended: RunEnded): Promise<void>;
  /** How many runs have not ended. */
  count(): Promise<number>;
  /** How many stored runs stand under an overlap key: those under way, and those in the queue behind them. */
  standing(overlap: string): Promise<{ readonly underWay: number; readonly queued: number }>;
  /** Stores a run that has not begun, behind the others of its overlap key. */
  queue(run: SuspendedRun, rule: Json): Promise<void>;
  /** Puts the job that begins the first of the queue, unless a run of that key is under way. @returns whether it did. */
  advance(overlap: string, at: number): Promise<boolean>;
  /** The overlap keys that have a queue. */
  queues(): Promise<readonly string[]>;
  /** Ends all runs of an overlap key, with their jobs and branches. @returns how many. */
  cancel(overlap: string): Promise<number>;
  /** Stores buttons with their rule in one commit. */
  putButtons(buttons: readonly StoredButton[], rule: Json): Promise<void>;
  button(key: string): Promise<StoredButton | undefined>;
  /** Keeps something new with a button. */
  changeButton(key: string, state: Json): Promise<void>;
  /** @returns false when it was used already: `once` buttons are taken by exactly one press. */
  takeButton(key: string): Promise<boolean>;
  /** The canonical rule kept under a hash. */
  rule(hash: string): Promise<Json | undefined>;
  /** Deletes expired buttons and rules that nothing refers to any more, `most` rows at a time. @returns rows deleted. */
  purge(now: number, most: number): Promise<number>;
}
