import { isObject, type Value, type Values } from "../../language/values.ts";
import type { CompiledStep } from "../../plan/program.ts";
import { loadFor } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Services } from "../services.ts";
import type { BranchItem, Run, RunningLoop } from "./run.ts";

/** Begins the round that a loop stands at: its variables are there, with what they are read for. */
export async function beginRound(services: Services, run: Run, loop: RunningLoop): Promise<void> {
  setLoopVariables(run.scope.values, loop);
  if (loop.as !== undefined) await loadFor(services, run, loop.as);
}

/** Goes from the end of one round to the begin of the next. @returns false where there is none. */
export async function nextRound(services: Services, run: Run): Promise<boolean> {
  const frame = run.frames.at(-1)!;
  if (frame.loop === undefined) return false;
  const { items, position } = frame.loop;
  const loop = { ...frame.loop, ...withRecord(run, frame.loop), position: position + 1 };
  run.frames[run.frames.length - 1] = { ...frame, index: 0, loop };
  if (loop.position >= items.length) return false;
  forget(run.scope.values, stepAbove(run)?.savedInside ?? []);
  await beginRound(services, run, loop);
  return true;
}

/** Takes the frame that is over off the stack; its variables go with it, and those of a block's caller are back. */
export async function leaveFrame(services: Services, run: Run): Promise<void> {
  const frame = run.frames.pop()!;
  const { values } = run.scope;
  if (frame.caller !== undefined) {
    values.options = frame.caller.options;
    values.steps = frame.caller.steps;
    // The run may have waited inside, and data changed.
    await loadFor(services, run, "options");
  }
  if (frame.loop === undefined) return;
  if (frame.loop.as !== undefined) delete values[frame.loop.as];
  delete values.forloop;
  const around = run.frames.findLast(({ loop }) => loop !== undefined)?.loop;
  if (around !== undefined) values.forloop = forloop(around);
}

/** The variables of the branch of a fork; the rest of the run's variables are shared as they are now. */
export function setItem(values: Mutable, as: string, item: Value): void {
  // What is read anew for people is written into the copy, not into the list.
  values[as] = isObject(item) ? { ...item } : item;
}

/** What a block is given along: what is read anew for people is written into the copy. */
export function copyOfOptions(options: Values): Mutable {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, isObject(value) ? { ...value } : value]),
  );
}

/** What one round or branch leaves behind: its item, and what was saved inside by the names that it got there. */
export function recordOf(run: Run, step: CompiledStep, { as, item = null }: BranchItem): Value {
  const saved = run.scope.values.steps;
  const record: Mutable = {};
  for (const name of step.savedInside) record[name] = (isObject(saved) ? saved[name] : undefined) ?? null;
  if (as !== undefined) record[as] = item;
  return record;
}

/** Forgets saved values: what an earlier round saved is none of the next one's business. */
export function forget(values: Mutable, names: readonly string[]): void {
  if (!isObject(values.steps) || names.length === 0) return;
  values.steps = Object.fromEntries(Object.entries(values.steps).filter(([name]) => !names.includes(name)));
}

function setLoopVariables(values: Mutable, loop: RunningLoop): void {
  if (loop.as !== undefined) setItem(values, loop.as, loop.items[loop.position]!);
  values.forloop = forloop(loop);
}

function forloop({ items, position }: RunningLoop): Value {
  const size = items.length;
  return { index: position + 1, size, first: position === 0, last: position === size - 1 };
}

function withRecord(run: Run, { items, as, position, records = [] }: RunningLoop): Pick<RunningLoop, "records"> {
  const step = stepAbove(run);
  if (step?.saveAs === undefined) return {};
  const item = items[position]!;
  return { records: [...records, recordOf(run, step, as === undefined ? { item } : { as, item })] };
}

/** The step whose block is on top of the stack. */
function stepAbove(run: Run): CompiledStep | undefined {
  const above = run.frames.at(-2);
  return above?.sequence[above.index];
}
