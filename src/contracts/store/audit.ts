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
