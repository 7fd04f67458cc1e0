import type { Json, Person } from "../../contracts/event.ts";
import { PlatformError } from "../../contracts/platform.ts";
import type { ActionContext, LaterContext, LaterJob } from "../../contracts/word.ts";

/** What a job that undoes something keeps: plain JSON, read again after a restart. */
export interface TimedPayload {
  readonly server: string;
  readonly member: { readonly id: string; readonly name: string };
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
  /** Only for roles. */
  readonly role?: string;
  readonly reason?: string;
}

/** One key for each thing that is done to a person for a while, so that the next one replaces it. */
export function timedKey(word: string, platform: string, server: string, person: string, ...more: string[]): string {
  return [word, platform, server, person, ...more].join(":");
}

export const memberOf = ({ id, name }: Person): TimedPayload["member"] => ({ id, name });

export function timedJob(key: string, at: number, payload: TimedPayload): LaterJob {
  return { key, at, payload: payload as unknown as Json };
}

/** A payload was written by `timedJob`, so its shape is known. */
export const timedPayload = (payload: Json): TimedPayload => payload as unknown as TimedPayload;

/**
 * Stores what undoes the call before the call is made, so that a kill between the two cannot leave it standing for good.
 * Without a job, an earlier one is cancelled: what is done now has no end.
 */
export async function withUndo(
  context: ActionContext,
  key: string,
  job: LaterJob | undefined,
  call: () => Promise<void>,
): Promise<void> {
  if (job === undefined) {
    await call();
    return context.cancelLater(key);
  }
  await context.later(job);
  try {
    await call();
  } catch (error) {
    const mayHaveHappened = error instanceof PlatformError && error.uncertain;
    if (!mayHaveHappened) await context.cancelLater(key);
    throw error;
  }
}

/**
 * Does audited work when its time has come. A platform's plain no is final: the person left, or somebody undid it already.
 * @throws when trying again later makes sense.
 */
export async function whenDue(
  context: LaterContext,
  action: string,
  { server, member, reason }: TimedPayload,
  call: () => Promise<void>,
): Promise<void> {
  const what = { action, serverId: server, target: member, ...(reason === undefined ? {} : { reason }) };
  try {
    await context.audited(what, call);
  } catch (error) {
    if (!(error instanceof PlatformError && error.isFinal)) throw error;
    context.log.warn({ action, server, member: member.name, error: error.message }, "what was due could not be done");
  }
}
