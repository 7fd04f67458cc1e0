import type { StoredDatum } from "./data.ts";
import type { Job } from "./jobs.ts";
import type { StoredButton, SuspendedRun } from "./runs.ts";
import type { Warning } from "./warnings.ts";

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
  /** Runs that others began and that ask the person. */
  readonly asked: number;
  /** Buttons in a private chat. */
  readonly buttons: number;
  /** Buttons that others may press as well: they stay, without the person. */
  readonly shared: number;
  readonly cooldowns: number;
  /** Work for later that names the person, such as the end of a mute. */
  readonly jobs: number;
  readonly people: number;
}

/** A run that waits, begun by the person or asking them. */
export interface PersonalRun extends SuspendedRun {
  readonly isTheirs: boolean;
  /** When it goes on at the latest; undefined while it waits for others. */
  readonly goesOnAt?: number;
  /** Since when it has been asking. */
  readonly askedAt?: number;
}

/** What is not over yet of what somebody did, or of what was done to them. */
export interface PersonalWork {
  readonly runs: readonly PersonalRun[];
  readonly buttons: readonly StoredButton[];
  readonly cooldowns: readonly { readonly rule: string; readonly until: number }[];
  readonly jobs: readonly Job[];
}

/** All that the records hold of one person, wherever it is kept; the audit log is asked by itself. */
export interface PersonalStore {
  /** Values that are theirs, and others' values that name them. */
  data(platform: string, id: string): Promise<readonly StoredDatum[]>;
  warnings(platform: string, id: string): Promise<readonly Warning[]>;
  work(platform: string, id: string): Promise<PersonalWork>;
  count(platform: string, id: string): Promise<PersonalCounts>;
  /**
   * One transaction. Lists of others lose the entries that name the person. Work for later stays, so that a mute ends when
   * it should, and keeps nothing but the id; runs of others that ask the person stay too, and buttons that others may
   * press, without the person, what they wrote and what they ticked.
   */
  erase(platform: string, id: string): Promise<PersonalCounts>;
}
