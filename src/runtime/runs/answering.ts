import type { BotEvent } from "../../contracts/event.ts";
import type { OutForm } from "../../contracts/message.ts";
import type { Job, SuspendedRun } from "../../contracts/store.ts";
import type { Answer, AnswerContext, Answered } from "../../contracts/word.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";
import type { EventScope } from "../engine/start-run.ts";
import type { Generation, Services } from "../services.ts";
import { tell } from "./answer.ts";
import type { Settled } from "./interpreter.ts";
import { argumentsOf, contextOf, orNotDone } from "./perform.ts";
import { endStored, finishing, stateOf, stillAllowed, takeUp } from "./resume.ts";
import { type Run, storedWait, topStep, type Waiting, wakeOf } from "./run.ts";
import { small } from "./storing.ts";

/** Keys of waits are their id, a full stop and what the word put behind it; ids hold no full stop. */
export function waitIdOf(key: string): { readonly id: string; readonly choice: string } | undefined {
  const dot = key.indexOf(".");
  return dot === -1 ? undefined : { id: key.slice(0, dot), choice: key.slice(dot + 1) };
}

/** `left`: it is not taken, because the rule that asked is only tried out by now. `gone`: nothing waits for it any more. */
export type Taken = "taken" | "left" | "gone";

/**
 * Hands an answer to the action that waits for it. Answers to one run are taken one after the other, and the first that
 * ends the wait is the last. `scope` is that of the event which brings the answer.
 */
export async function takeAnswer(
  services: Services,
  generation: Generation,
  waitId: string,
  scope: EventScope,
  answer: Answer,
): Promise<Taken> {
  await services.waits.ready(waitId);
  const found = await services.store.runs.awaiting(waitId);
  if (found === undefined) return gone(services, waitId);
  const rule = services.names.currentRule(generation.plan, found.ruleId);
  if (rule?.canonical.mode === "shadow") {
    services.log.info({ rule: rule.name }, "in shadow mode: an answer is not taken");
    return "left";
  }
  return services.turns.inTurn(`run:${found.id}`, async () => {
    const stored = await services.store.runs.awaiting(waitId);
    const waiting = stored && stateOf(stored).waiting;
    if (stored === undefined || waiting?.id !== waitId || waiting.until <= services.clock.now())
      return gone(services, waitId);
    await take(services, generation, stored, waiting, scope, answer);
    return "taken";
  });
}

function gone(services: Services, waitId: string): "gone" {
  services.waits.remove(waitId);
  return "gone";
}

async function take(
  services: Services,
  generation: Generation,
  stored: SuspendedRun,
  waiting: Waiting,
  scope: EventScope,
  answer: Answer,
): Promise<void> {
  const { event } = scope;
  const taken = await takeUp(services, generation, stored, (then) => (isNearer(event, then) ? event : then).origin);
  if (taken === undefined) return;
  const { run } = taken;
  const meant = await meaning(services, generation, run, waiting, scope, answer).catch((error: unknown) => ({
    end: "failed" as const,
    error,
  }));
  if (meant.end === "wait") return goOnWaiting(services, stored, waiting, meant);
  if (!(await stillAllowed(services, generation, taken, stored))) {
    await endStored(services, stored.id);
    return;
  }
  const job: Job = { ...wakeOf(stored.platform, stored.id, services.clock.now()), attempts: 1 };
  const release = services.turns.hold(job);
  const settled: Settled = {
    outcome: async () => {
      if (meant.end === "failed") throw meant.error;
      return meant;
    },
    keep(state) {
      services.waits.remove(waiting.id);
      return services.store.runs.endWait(waiting.id, state, { job, leaseUntil: services.turns.leaseUntil() });
    },
  };
  try {
    await finishing(services, generation, run, settled);
  } finally {
    release();
  }
}

/** What the person who began the run answers, where it was begun, is what is answered from now on. */
function isNearer(answer: BotEvent, then: BotEvent): boolean {
  return (
    answer.platform === then.platform && answer.user.id === then.user.id && answer.channel?.id === then.channel?.id
  );
}

async function meaning(
  services: Services,
  generation: Generation,
  run: Run,
  waiting: Waiting,
  scope: EventScope,
  answer: Answer,
): Promise<Answered> {
  const step = topStep(run)!;
  const { word } = step;
  if (word.answered === undefined) throw new Error(`"${word.name}" awaits no answer`);
  const args = await argumentsOf(step, run);
  if ("end" in args) return args;
  const context: AnswerContext = Object.assign(contextOf(services, generation, run), {
    answerer: scope.actor,
    answerKey: scope.event.key,
    tell: (sentence: Sentence) => tell(services, scope.event, sentence),
    openForm: (form: OutForm) => services.port(scope.event.platform)!.openForm(scope.event.origin, form),
  });
  return orNotDone<Answered>(() => word.answered!(answer, waiting.state, args.args as never, context));
}

async function goOnWaiting(
  services: Services,
  stored: SuspendedRun,
  waiting: Waiting,
  { state, until, message }: Extract<Answered, { end: "wait" }>,
): Promise<void> {
  if (state === undefined && until === undefined && message === undefined) return;
  const now = services.clock.now();
  const before = services.waits.get(waiting.id) ?? storedWait({ id: waiting.id }, stored.id, now);
  const wait = message === undefined ? before : storedWait({ id: waiting.id, message }, stored.id, now);
  const next = { ...waiting, ...(state === undefined ? {} : { state }), ...(until === undefined ? {} : { until }) };
  const kept = await services.store.runs.changeWait(
    wait,
    small(JSON.parse(JSON.stringify({ ...stateOf(stored), waiting: next }))),
    until === undefined ? undefined : wakeOf(stored.platform, stored.id, until),
  );
  if (!kept) return;
  services.waits.put(wait);
  if (until !== undefined) services.wakeJobs();
}

/** A press or a form that comes too late is answered politely. */
export async function takeOrTell(
  services: Services,
  generation: Generation,
  waitId: string,
  scope: EventScope,
  answer: Answer,
): Promise<void> {
  if ((await takeAnswer(services, generation, waitId, scope, answer)) === "gone")
    await tell(services, scope.event, say("old_question"));
}
