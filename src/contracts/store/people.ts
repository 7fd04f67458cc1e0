import type { StoredDatum } from "./data.ts";
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
