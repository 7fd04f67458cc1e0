/**
 * Durable records: one implementation per database, all passing the same contract suite. Every promise resolves only
 * when the change would survive a kill. Methods that are called together may share one commit.
 * All of them reject with an Error when the database cannot be reached or does not answer in the command timeout.
 */
import type { Json } from "./event.ts";

/** Whose datum it is. Fields that the scope does not use are "". Scope `bot` is shared between platforms. */
export interface DataOwner {
  readonly scope: "user" | "member" | "channel" | "server" | "bot";
  readonly platform: string;
  readonly server: string;
  /** Person or channel id. */
  readonly subject: string;
}

export type DataValue = number | string | boolean | Json;

/** One value: what it is called, and whose it is. */
export interface DataKey {
  readonly name: string;
  readonly owner: DataOwner;
}

export interface StoredDatum extends DataKey {
  readonly value: DataValue;
}

export interface DataStore {
  /** One query for all. Missing ones are left out of the answer, which is in the order asked, with holes as undefined. */
  read(keys: readonly DataKey[]): Promise<(DataValue | undefined)[]>;
  set(name: string, owner: DataOwner, value: DataValue): Promise<void>;
  /**
   * Adds in one statement: `start` counts as the value that is not stored yet. Nothing changes when the result would
   * leave the bounds.
   */
  add(
    name: string,
    owner: DataOwner,
    by: number,
    bounds: { readonly start: number; readonly minimum?: number; readonly maximum?: number },
  ): Promise<{ readonly ok: true; readonly value: number } | { readonly ok: false; readonly value: number }>;
  remove(name: string, owner: DataOwner): Promise<void>;
  /**
   * Reads some values, asks what becomes of each and stores that, in one transaction: nobody else changes them meanwhile.
   * `undefined` among the answers removes that value; no answer at all leaves everything as it was. `decide` may be asked
   * again, so it only works out. No key may be given twice.
   */
  change(
    keys: readonly DataKey[],
    decide: (stored: readonly (DataValue | undefined)[]) => readonly (DataValue | undefined)[] | undefined,
  ): Promise<void>;
  /** The highest or lowest numbers of a name among all who share an owner's scope, platform and server. */
  ranking(
    name: string,
    among: Omit<DataOwner, "subject">,
    order: "highest" | "lowest",
    most: number,
  ): Promise<readonly { readonly subject: string; readonly value: number }[]>;
  /** Everything that is stored, in a fixed order, `most` at a time, behind one that was given before. */
  page(after: DataKey | undefined, most: number): Promise<readonly StoredDatum[]>;
  /** Whether anything is stored under a name. */
  holds(name: string): Promise<boolean>;
  /**
   * Replaces all values of some names, and the facts that say what they are, in one transaction. Where one value cannot be
   * converted nothing changes. @returns the first of those, if there is one.
   */
  convert(conversions: readonly DataConversion[]): Promise<StoredDatum | undefined>;
}

export interface DataConversion {
  readonly name: string;
  readonly fact: { readonly space: string; readonly key: string; readonly value: Json };
  /** Answers undefined for what cannot be converted; without it, values stay as they are. */
  readonly convert?: (stored: DataValue) => DataValue | undefined;
}

/** Who may not do something again before a moment: a rule, and whom it is counted for. Unused fields are "". */
export interface CooldownKey {
  readonly rule: string;
  readonly platform: string;
  readonly server: string;
  /** Person or channel id. */
  readonly subject: string;
}

export interface CooldownStore {
  /** Until when it is still cooling; undefined or a moment that is over: it may be done. */
  until(key: CooldownKey): Promise<number | undefined>;
  /** Takes it until a moment, unless it is cooling. @returns until when it was cooling already, if it was. */
  take(key: CooldownKey, now: number, until: number): Promise<number | undefined>;
  /** Gives back what was taken until that moment; a later taking stays. */
  giveBack(key: CooldownKey, until: number): Promise<void>;
  /** Deletes what is over. @returns rows deleted, at most `most`. */
  purge(now: number, most: number): Promise<number>;
}

export interface Warning {
  readonly id: number;
  readonly platform: string;
  readonly serverId: string;
  readonly userId: string;
  readonly userName: string;
  readonly byId: string;
  readonly byName: string;
  readonly reason: string;
  readonly at: number;
}

export interface WarningStore {
  /** @returns the new warning's number and how many the person now has in that server. */
  add(warning: Omit<Warning, "id">): Promise<{ readonly id: number; readonly count: number }>;
  /** Oldest first. */
  list(platform: string, serverId: string, userId: string): Promise<readonly Warning[]>;
  /** Takes back the latest warning, the one of that number, or all. @returns how many went and how many are left. */
  remove(
    platform: string,
    serverId: string,
    userId: string,
    which: "latest" | "all" | number,
  ): Promise<{ readonly removed: number; readonly left: number }>;
  /** All of everybody, by number, `most` at a time, behind a number. */
  page(afterId: number, most: number): Promise<readonly Warning[]>;
  /** Puts back warnings of a backup; those that are there already stay as they are. @returns how many were new. */
  restore(warnings: readonly Warning[]): Promise<number>;
}

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

/** People that the bot has seen, for platforms that cannot look up names. */
export interface PeopleStore {
  /** Remembers who has this username now; cheap to call for every event: undefined for unchanged people, who cost no write. */
  seen(
    platform: string,
    person: { readonly id: string; readonly name: string; readonly username?: string },
    at: number,
  ): Promise<void> | undefined;
  byUsername(platform: string, username: string): Promise<{ readonly id: string; readonly name: string } | undefined>;
  /** Those of some ids that were seen, in one query. */
  named(platform: string, ids: readonly string[]): Promise<readonly KnownPerson[]>;
  /** Everybody with this id, handle or name, on any platform. */
  called(text: string): Promise<readonly KnownPerson[]>;
  /** Everybody, in a fixed order, `most` at a time, behind one that was given before. */
  page(after: Pick<KnownPerson, "platform" | "id"> | undefined, most: number): Promise<readonly KnownPerson[]>;
}

export interface KnownPerson {
  readonly platform: string;
  readonly id: string;
  readonly name: string;
  readonly username?: string;
  readonly seenAt: number;
}

/** How much of a person was found, or erased. */
export interface PersonalCounts {
  readonly data: number;
  readonly warnings: number;
  /** Runs that wait, buttons, promises of cooldowns. */
  readonly runs: number;
  readonly buttons: number;
  readonly cooldowns: number;
  /** Work for later that names the person, such as the end of a mute. */
  readonly jobs: number;
  readonly people: number;
}

/** All that the records hold of one person, wherever it is kept; the audit log is asked by itself. */
export interface PersonalStore {
  /** Values that are theirs, and others' values that name them. */
  data(platform: string, id: string): Promise<readonly StoredDatum[]>;
  warnings(platform: string, id: string): Promise<readonly Warning[]>;
  count(platform: string, id: string): Promise<PersonalCounts>;
  /** One transaction. Lists of others lose the entries that name the person. */
  erase(platform: string, id: string): Promise<PersonalCounts>;
}

/** Facts by key: resolved names, last synced commands, disabled commands. */
export interface FactStore {
  get(space: string, key: string): Promise<Json | undefined>;
  set(space: string, key: string, value: Json): Promise<void>;
  remove(space: string, key: string): Promise<void>;
  all(space: string): Promise<ReadonlyMap<string, Json>>;
}

export interface AuditRow {
  readonly sequence: number;
  readonly at: number;
  /** One of the kinds of `audit.record`. */
  readonly kind: string;
  readonly platform: string;
  readonly serverId: string;
  readonly actorId: string;
  readonly targetId: string;
  /** Command, action or sentence: what happened. */
  readonly action: string;
  readonly outcome: string;
  /** Binds an outcome to its intent; "" where there is nothing to bind. */
  readonly ref: string;
  /** Personal content (names, reason, options), JSON; "" once erased. */
  readonly content: string;
  readonly salt: string;
  /** sha-256 of salt and content: it stays when the content is erased. */
  readonly digest: string;
  /** sha-256 of the previous row's chain, this row's plain columns and its digest. */
  readonly chain: string;
}

/** Rows that {@link AuditStore.append} takes at once, at most. */
export const mostAuditRows = 64;

export interface AuditStore {
  /**
   * Appends rows, at most {@link mostAuditRows}, in one commit. They are asked for when the commit begins, so that what is
   * written while an earlier one runs shares the next; they come complete with their chain.
   */
  append(rows: () => readonly AuditRow[]): Promise<void>;
  last(): Promise<Pick<AuditRow, "sequence" | "chain"> | undefined>;
  /** Oldest first, after `afterSequence`. */
  page(afterSequence: number, most: number): Promise<readonly AuditRow[]>;
  find(filter: {
    kind?: string;
    action?: string;
    actorId?: string;
    targetId?: string;
    platform?: string;
    serverId?: string;
    outcome?: string;
    sinceMs?: number;
    most: number;
  }): Promise<readonly AuditRow[]>;
  /** Rows of intents whose outcome was never written: what a kill interrupted. */
  unfinished(): Promise<readonly AuditRow[]>;
  /** Every row that a person did or that was done to them, oldest first. */
  about(platform: string, personId: string): Promise<readonly AuditRow[]>;
  /** Empties the content of those rows; ids, actions and the chain stay. @returns how many had content. */
  erase(platform: string, personId: string): Promise<number>;
  /** Deletes at most `most` rows older than `before`, oldest first. @returns rows deleted. */
  purge(before: number, most: number): Promise<number>;
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

/** Rolling-window and calendar counters for rate limits. */
export interface Counters {
  /**
   * Counts one use. Rolling: at most `limit` in any stretch of `windowMs`. A use that is refused does not count.
   * @returns when the next use will be allowed (ms since the epoch) if refused, and whether this is the first refusal
   * since the last allowed use or window, so that only one answer and one audit row is spent on it.
   */
  use(key: string, limit: number, window: CounterWindow): Promise<CounterAnswer> | CounterAnswer;
  /** Takes back the last use of a key: a cancelled confirm does not count. */
  giveBack(key: string): Promise<void> | void;
  /** True exactly once per key and window: for "tell once", shared between processes where Redis is. */
  firstIn(key: string, windowMs: number): Promise<boolean> | boolean;
  close(): Promise<void>;
}

export type CounterWindow =
  | { readonly kind: "rolling"; readonly ms: number }
  /** The caller works out the calendar period in the bot's time zone. */
  | { readonly kind: "until"; readonly period: string; readonly endsAt: number };

export type CounterAnswer =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAt: number; readonly firstRefusal: boolean };
