import type { AuditLog } from "../contracts/audit.ts";
import type { Clock } from "../contracts/clock.ts";
import type { BotStatus, Control } from "../contracts/control.ts";
import type { Counters } from "../contracts/counters.ts";
import type { BotEvent, Person } from "../contracts/event.ts";
import type { ProjectFiles } from "../contracts/files.ts";
import type { Logger } from "../contracts/logger.ts";
import type { PlatformPort } from "../contracts/platform.ts";
import type { Job, Store } from "../contracts/store.ts";
import type { Web } from "../contracts/web.ts";
import type { RichText } from "../language/rich-text.ts";
import type { BotPlan } from "../plan/program.ts";
import type { Sentence } from "../sentences/sentence.ts";
import type { EarlierNames } from "./earlier-names.ts";
import type { RunsUnderWay } from "./runs/overlaps.ts";
import type { Waits } from "./runs/waits.ts";
import type { Switches } from "./switches.ts";

/** An error inside an action, as it is published for people who watch the bot from outside. */
export interface PublishedError {
  readonly at: number;
  readonly bot: string;
  readonly platform: string;
  readonly rule: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** Work on stored runs, one piece after the other for each run, whoever began it. */
export interface Turns {
  inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
  /** Keeps a claimed job for this process until the returned function is called. */
  hold(job: Job): () => void;
  /** Until when a job that is claimed now belongs to this process, unless it is prolonged. */
  leaseUntil(): number;
}

/** What outlives generations: storage, counters, open connections. Handed to every run. */
export interface Services {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** An unguessable id: at least 128 bits, URL-safe. */
  readonly newId: () => string;
  /** Binds the outcome of a moderation action to its intent, and both to this process. */
  readonly newRef: () => string;
  readonly store: Store;
  readonly counters: Counters;
  /** Recognises redeliveries; apart from the limits, so that busy channels push no limit out of memory. */
  readonly seen: Pick<Counters, "firstIn">;
  readonly audit: AuditLog;
  readonly log: Logger;
  readonly web: Web;
  readonly files: ProjectFiles;
  readonly port: (platform: string) => PlatformPort | undefined;
  /** Publishes where a channel for errors is configured; never rejects. */
  readonly publishError: (error: PublishedError) => void;
  readonly waits: Waits;
  readonly turns: Turns;
  /** Lets rules hear of what a run or the clock brought about. Resolves when they are done; never rejects. */
  readonly raise: (event: BotEvent) => Promise<void>;
  /** Tells the job loop that a job may fall due earlier than it thinks. */
  readonly wakeJobs: () => void;
  /** Runs that must not overlap with others. */
  readonly underWay: RunsUnderWay;
  readonly switches: Switches;
  readonly names: EarlierNames;
  /** A sentence as somebody reads it: in their language, where the plan in force has it. */
  readonly say: (sentence: Sentence, person?: Pick<Person, "language">) => RichText;
  /** When the bot began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly platforms: () => BotStatus["platforms"];
  /** Reads the file again; see `Control`. */
  readonly reload: Control["reload"];
}

/** One plan in force. An event, and each segment of a suspended run, is handled wholly by one generation. */
export interface Generation {
  readonly number: number;
  readonly plan: BotPlan;
}
