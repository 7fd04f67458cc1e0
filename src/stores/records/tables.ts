import type { Generated, Kysely } from "kysely";

/** Times are milliseconds since the epoch; flags are 0 or 1, because SQLite has no booleans. */
export interface Tables {
  data: DataTable;
  cooldowns: CooldownTable;
  warnings: WarningTable;
  jobs: JobTable;
  rules: RuleTable;
  runs: RunTable;
  waits: WaitTable;
  buttons: ButtonTable;
  people: PeopleTable;
  facts: FactTable;
  audit: AuditTable;
}

/** Builds queries; an {@link Engine} runs them. */
export type QueryBuilder = Kysely<Tables>;

export interface DataTable {
  scope: string;
  platform: string;
  server: string;
  subject: string;
  name: string;
  /** Numbers live here, so that adding is one statement; everything else is JSON in `json`. */
  number: number | null;
  json: string | null;
}

export interface CooldownTable {
  rule: string;
  platform: string;
  server: string;
  subject: string;
  until: number;
}

export interface WarningTable {
  id: Generated<number>;
  platform: string;
  server_id: string;
  user_id: string;
  user_name: string;
  by_id: string;
  by_name: string;
  reason: string;
  at: number;
}

export interface JobTable {
  key: string;
  owner: string;
  platform: string;
  due_at: number;
  payload: string;
  attempts: number;
  /** 0 while nobody has the job. */
  lease_until: number;
}

export interface RuleTable {
  hash: string;
  body: string;
}

export interface RunTable {
  id: string;
  rule_id: string;
  rule_hash: string;
  platform: string;
  state: string;
  wake_key: string;
  created_at: number;
  /** "" for a run of its own. */
  parent_id: string;
  place: number;
  /** 1 for a branch whose result the parent has not taken yet. */
  ended: number;
  overlap: string;
  /** Place in the queue of the overlap key; 0 for a run that has begun. */
  queued: number;
}

export interface WaitTable {
  id: string;
  run_id: string;
  platform: string;
  channel_id: string;
  person_id: string;
  question_id: string;
  asked_at: number;
}

export interface ButtonTable {
  key: string;
  rule_id: string;
  rule_hash: string;
  platform: string;
  state: string;
  created_at: number;
  expires_at: number;
  taken: number;
}

export interface PeopleTable {
  platform: string;
  id: string;
  name: string;
  /** Lowercase; null once somebody else has it. */
  username: string | null;
  seen_at: number;
}

export interface FactTable {
  space: string;
  key: string;
  value: string;
}

export interface AuditTable {
  sequence: number;
  at: number;
  kind: string;
  platform: string;
  server_id: string;
  actor_id: string;
  target_id: string;
  action: string;
  outcome: string;
  ref: string;
  content: string;
  salt: string;
  digest: string;
  chain: string;
}
