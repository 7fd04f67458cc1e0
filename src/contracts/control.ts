import type { Sentence } from "../sentences/sentence.ts";
import type { ConnectionState } from "./platform.ts";

/** What a file calls by a name of its own. */
export const switchables = ["command", "rule", "schedule"] as const;
export type Switchable = (typeof switchables)[number];

/** Which of them a rule is. */
export function switchableOf({ id }: { readonly id: string }): Switchable {
  return switchables.find((kind) => id.startsWith(`${kind}:`)) ?? "rule";
}

/** Those that have a name as people write it: `give`, `/give`, `!give`. */
export function switchedBy<Rule extends { readonly id: string; readonly name: string }>(
  rules: readonly Rule[],
  written: string,
  kind: Switchable | undefined,
): readonly Rule[] {
  const name = written.trim().replace(/^[/!]/, "");
  return rules.filter((rule) => rule.name === name && (kind === undefined || switchableOf(rule) === kind));
}

/** One of a file's commands, rules or schedules, and whether it is switched on. */
export interface Switched {
  readonly kind: Switchable;
  readonly name: string;
  readonly on: boolean;
  /** Of a command: who may use it, in words. */
  readonly who?: string;
}

export interface BotStatus {
  /** How long the bot has been running, in milliseconds. */
  readonly uptimeMs: number;
  readonly platforms: readonly {
    readonly name: string;
    readonly state: ConnectionState["state"] | "degraded";
    /** What is wrong, where something is. */
    readonly why?: string;
  }[];
  readonly switched: readonly Switched[];
  /** Runs and other work that waits for its time. */
  readonly waiting: number;
}

/** What is looked for in the audit log of the event's own server. */
export interface AuditQuery {
  /** Id of somebody who did it, or whom it was done to. */
  readonly personId?: string;
  readonly kind?: string;
  readonly sinceMs: number;
  readonly most: number;
}

export interface AuditFound {
  readonly at: number;
  readonly kind: string;
  /** Name of who did it; empty where it was nobody. */
  readonly person: string;
  readonly action: string;
  readonly outcome: string;
  /** As one sentence. */
  readonly sentence: string;
}

/** What actions may ask of the bot itself. It obeys only on home servers, where a platform has some. */
export interface Control {
  /** Whether the event comes from where the bot may be told what to do. */
  isHome(): Promise<boolean>;
  /** Reads the file again. @returns what changed, or why it was not taken over, as sentences. */
  reload(): Promise<{ readonly ok: boolean; readonly sentences: readonly string[] }>;
  status(): Promise<BotStatus>;
  /**
   * Switches on or off what has that name, which is kept over restarts.
   * @returns a sentence where it cannot be done.
   */
  switch(name: string, kind: Switchable | undefined, on: boolean): Promise<Sentence | undefined>;
  /** The latest first. */
  search(query: AuditQuery): Promise<readonly AuditFound[]>;
}
