import type { Json } from "../../contracts/event.ts";
import { PlatformError } from "../../contracts/platform.ts";
import type { ActionContext, Outcome } from "../../contracts/word.ts";
import { plainText, type RichText, richText } from "../../language/rich-text.ts";
import { type CompiledStep, Refusal } from "../../plan/program.ts";
import { refusal, targetOf } from "../engine/guard.ts";
import { sentences } from "../engine/sentences.ts";
import type { Mutable } from "../engine/values.ts";
import type { Generation, Services } from "../services.ts";
import { actionContext } from "./context.ts";
import { type Run, type RunEnd, storedState } from "./run.ts";

/** How one step left the run. */
type After = "next" | "entered" | "end" | "suspended" | "failed";

/**
 * Does a run's actions one by one, until it ends, fails or waits. The stack of frames is explicit, so that a run can be
 * stored at any step and go on after a restart. Never rejects because of an action.
 */
export async function execute(services: Services, generation: Generation, run: Run): Promise<RunEnd> {
  const context = actionContext(services, generation, run);
  while (run.frames.length > 0) {
    const frame = run.frames.at(-1)!;
    const step = frame.sequence[frame.index];
    if (step === undefined) {
      run.frames.pop();
      if (frame.block === "@on_error") return "failed";
      const above = run.frames.at(-1);
      if (above !== undefined) above.index++;
      continue;
    }
    const after = await runStep(services, run, step, context);
    if (after === "next") frame.index++;
    else if (after === "failed" && !enterOnError(run, step)) return "failed";
    else if (after === "end") return "ended";
    else if (after === "suspended") return "suspended";
  }
  return "ended";
}

async function runStep(services: Services, run: Run, step: CompiledStep, context: ActionContext): Promise<After> {
  try {
    if (step.if !== undefined && (await step.if(run.scope)) !== true)
      return step.blocks.has("@else") ? enter(run, step, "@else") : "next";
    // What was done before a kill is not done again: a step that must not happen twice is passed before it is begun.
    if (run.id !== undefined && step.word.repeatable !== true) await checkpoint(services, run);
    return await settle(services, run, step, await perform(services, run, step, context));
  } catch (error) {
    return failed(services, run, step, error);
  }
}

async function checkpoint(services: Services, run: Run): Promise<void> {
  const frame = run.frames.at(-1)!;
  frame.index++;
  await services.store.runs.checkpoint(run.id!, storedState(run));
  frame.index--;
}

/** Evaluates, checks rank and right, records the intent, acts, records the outcome. */
async function perform(services: Services, run: Run, step: CompiledStep, context: ActionContext): Promise<Outcome> {
  const { word } = step;
  let args: Readonly<Record<string, unknown>>;
  try {
    const evaluated = step.args(run.scope);
    args = evaluated instanceof Promise ? await evaluated : evaluated;
  } catch (error) {
    if (error instanceof Refusal) return { end: "not_done", reason: error.message };
    throw error;
  }
  const refused = await refusal(step, args, run.event, run.scope.actor, context.platform, run.acting);
  if (refused !== undefined) {
    if (word.moderation === true) await record(services, run, step, args, "not_done", undefined, refused);
    return { end: "not_done", reason: refused };
  }
  if (word.moderation !== true) return orNotDone(() => word.run(args as never, context));
  const ref = services.newId();
  if (!(await record(services, run, step, args, "intent", ref)))
    return { end: "not_done", reason: sentences.notRecorded };
  let outcome: Outcome;
  try {
    outcome = await orNotDone(() => word.run(args as never, context));
  } catch (error) {
    await record(services, run, step, args, "failed", ref, messageOf(error));
    throw error;
  }
  const notDone = outcome.end === "not_done" ? outcome.reason : undefined;
  await record(services, run, step, args, notDone === undefined ? "done" : "not_done", ref, notDone);
  return outcome;
}

/** A platform's plain no is a refusal, told in its sentence; trouble is a failure. */
async function orNotDone(act: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return { end: "not_done", reason: error.message };
    const plainNo = ["missing_right", "refused", "not_found", "unsupported"];
    if (error instanceof PlatformError && plainNo.includes(error.kind))
      return { end: "not_done", reason: error.message };
    throw error;
  }
}

/** Writes a moderation row. @returns whether it is durable; only an intent that is not may stop anything. */
async function record(
  services: Services,
  run: Run,
  step: CompiledStep,
  args: Readonly<Record<string, unknown>>,
  outcome: string,
  ref: string | undefined,
  why?: string,
): Promise<boolean> {
  const { event } = run;
  const target = targetOf(step, args, event);
  const self = services.port(event.platform)?.self();
  const actor = run.acting === "person" ? event.user : { id: self?.id ?? "", name: self?.name ?? "the bot" };
  const details: Record<string, Json> = { rule: run.rule.name };
  for (const [name, value] of Object.entries(args)) {
    if (name === step.word.target || value === undefined) continue;
    details[name] = shown(value);
  }
  if (why !== undefined) details.why = why;
  try {
    await services.audit.write({
      kind: "moderation",
      platform: event.platform,
      ...(event.server === undefined ? {} : { serverId: event.server.id }),
      actor: { id: actor.id, name: actor.name },
      ...(target === undefined ? {} : { target: { id: target.id, name: target.name } }),
      action: step.word.name,
      outcome,
      details,
      ...(ref === undefined ? {} : { ref }),
    });
    return true;
  } catch (error) {
    services.log.error(
      { error: messageOf(error), action: step.word.name, outcome },
      "the audit log could not be written",
    );
    return false;
  }
}

/** An argument as the audit log keeps it: texts as plain text, people and roles by name. */
function shown(value: unknown): Json {
  if (Array.isArray(value) && value.every((node) => typeof node === "object" && node !== null && "type" in node))
    return plainText(value as RichText);
  if (typeof value === "object" && value !== null && "name" in value) return String(value.name);
  return (JSON.parse(JSON.stringify(value) ?? "null") as Json) ?? null;
}

async function settle(services: Services, run: Run, step: CompiledStep, outcome: Outcome): Promise<After> {
  switch (outcome.end) {
    case "done":
      if (step.saveAs !== undefined) save(run, step.saveAs, outcome);
      return "next";
    case "not_done":
      return notDone(services, run, step, outcome.reason);
    case "enter":
      return enter(run, step, outcome.block.block);
    case "suspend":
      await suspend(services, run, outcome.until);
      return "suspended";
    case "stop":
      if (outcome.event) run.event_state.stopped = true;
      return "end";
  }
}

function save(run: Run, name: string, outcome: Extract<Outcome, { end: "done" }>): void {
  const { values } = run.scope;
  const steps = (values.steps ?? {}) as Mutable;
  values.steps = { ...steps, [name]: outcome.value ?? null };
}

function enter(run: Run, step: CompiledStep, block: string): After {
  const sequence = step.blocks.get(block);
  if (sequence === undefined) return "next";
  run.frames.push({ block, sequence, index: 0 });
  return "entered";
}

/** A refusal without `else` tells the person in one sentence and ends the run. */
async function notDone(services: Services, run: Run, step: CompiledStep, reason: string): Promise<After> {
  if (step.blocks.has("@else")) {
    run.scope.values.reason = reason;
    return enter(run, step, "@else");
  }
  services.log.info({ rule: run.rule.name, line: step.line, action: step.word.name, reason }, "an action was not done");
  if (run.acting === "person") await tell(services, run, reason);
  return "end";
}

/** Answers the person; a platform that cannot be reached now is only logged. */
export async function tell(services: Services, run: Pick<Run, "event">, sentence: string): Promise<void> {
  const port = services.port(run.event.platform);
  if (port === undefined) return;
  try {
    await port.reply(run.event.origin, { text: richText(sentence), ephemeral: true });
  } catch (error) {
    services.log.warn({ error: messageOf(error) }, "a person could not be answered");
  }
}

async function failed(services: Services, run: Run, step: CompiledStep, error: unknown): Promise<After> {
  const message = messageOf(error);
  const { event, rule } = run;
  services.log.error(
    { rule: rule.name, line: step.line, action: step.word.name, platform: event.platform, error: message },
    "an action failed",
  );
  services.publishError({
    at: services.clock.now(),
    bot: "",
    platform: event.platform,
    rule: rule.name,
    line: step.line,
    message,
  });
  await services.audit
    .write({
      kind: "errors",
      platform: event.platform,
      ...(event.server === undefined ? {} : { serverId: event.server.id }),
      actor: { id: event.user.id, name: event.user.name },
      action: step.word.name,
      outcome: "failed",
      details: { rule: rule.name, ...(step.line === undefined ? {} : { line: step.line }), error: message },
    })
    .catch((trouble: unknown) =>
      services.log.error({ error: messageOf(trouble) }, "the audit log could not be written"),
    );
  run.scope.values.error = message;
  const handled = !run.inOnError && (step.blocks.has("@on_error") || rule.blocks.has("@on_error"));
  if (!handled && run.acting === "person") await tell(services, run, sentences.failed);
  return "failed";
}

/** Goes into the action's `on_error`, else the rule's; it never nests. @returns whether there is one. */
function enterOnError(run: Run, step: CompiledStep): boolean {
  if (run.inOnError) return false;
  const sequence = step.blocks.get("@on_error") ?? run.rule.blocks.get("@on_error");
  if (sequence === undefined) return false;
  run.inOnError = true;
  run.frames.push({ block: "@on_error", sequence, index: 0 });
  return true;
}

/** Stores the run as it stands after this step, with its rule, so that it goes on after a restart or a reload. */
async function suspend(services: Services, run: Run, until: number): Promise<void> {
  run.frames.at(-1)!.index++;
  const now = services.clock.now();
  const id = run.id ?? services.newId();
  await services.store.runs.suspend(
    {
      id,
      ruleId: run.rule.id,
      ruleHash: run.rule.hash(),
      platform: run.event.platform,
      state: storedState(run),
      createdAt: now,
    },
    run.rule.canonical as unknown as Json,
    { key: `run:${id}`, owner: "run", platform: run.event.platform, dueAt: until, payload: { id } },
  );
  run.id = id;
  services.wakeJobs();
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
