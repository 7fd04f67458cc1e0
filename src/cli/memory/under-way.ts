import type { Json } from "../../contracts/event.ts";
import type { Job, PersonalRun, PersonalWork } from "../../contracts/store.ts";
import type { CompiledRule } from "../../plan/program.ts";
import type { ButtonState } from "../../runtime/runs/buttons.ts";
import type { StoredState } from "../../runtime/runs/run.ts";

type Entry = { readonly [name: string]: Json };

/** What is not over yet about a person, in words and times that people read. It is never imported. */
export interface UnderWay {
  /** What waits, such as a reminder or a question. */
  readonly waiting: readonly Entry[];
  /** What will be undone or done at its time, such as the end of a mute. */
  readonly ending: readonly Entry[];
  readonly buttons: readonly Entry[];
  readonly cooldowns: readonly Entry[];
}

export function underWay(
  { runs, jobs, buttons, cooldowns }: PersonalWork,
  currentRule: (id: string) => CompiledRule | undefined,
): UnderWay {
  const ruleName = (id: string) => currentRule(id)?.name ?? id.slice(id.indexOf(":") + 1);
  return {
    waiting: runs.map((run) => ({ rule: ruleName(run.ruleId), ...waitingOf(run) })),
    ending: jobs.map(endingOf),
    buttons: buttons.map((button) => ({
      rule: ruleName(button.ruleId),
      says: (button.state as unknown as ButtonState).label,
      sent_at: time(button.createdAt),
      works_until: time(button.expiresAt),
    })),
    cooldowns: cooldowns.map(({ rule, until }) => ({ rule: ruleName(rule), until: time(until) })),
  };
}

function waitingOf({ isTheirs, createdAt, goesOnAt, askedAt, state }: PersonalRun): Entry {
  const { event, variables } = state as unknown as StoredState;
  return {
    begun_at: time(createdAt),
    begun_by: isTheirs ? "this person" : "somebody else",
    ...(askedAt === undefined ? {} : { asks_since: time(askedAt) }),
    ...(goesOnAt === undefined ? {} : { goes_on_at: time(goesOnAt) }),
    ...(isTheirs ? typed(event as Entry, variables as Entry) : {}),
  };
}

/** What somebody wrote to begin it. */
function typed({ message }: Entry, { options }: Entry): Entry {
  const text = message === undefined ? undefined : (message as Entry).text;
  return { ...(text === undefined ? {} : { message: text }), ...(options === undefined ? {} : { options }) };
}

function endingOf({ owner, dueAt, payload }: Job): Entry {
  const { member: _themselves, until, ...more } = payload as Entry;
  return {
    action: owner.slice(owner.indexOf(":") + 1),
    until: time(typeof until === "number" ? until : dueAt),
    ...more,
  };
}

const time = (at: number): string => new Date(at).toISOString();
