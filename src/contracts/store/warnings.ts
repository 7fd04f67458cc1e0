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
