import type { Json } from "../../contracts/event.ts";
import type { SuspendedRun } from "../../contracts/store.ts";
import type { Branch, Wait } from "../../contracts/word.ts";
import type { CompiledStep } from "../../plan/program.ts";
import type { Services } from "../services.ts";
import { branchRun } from "./branches.ts";
import { recordOf } from "./loops.ts";
import { type BranchResult, type Run, storedState, storedWait, wakeOf } from "./run.ts";

/** The largest state that a stored run may have, in characters of JSON. */
const largestState = 1_000_000;

/** The stored form of a run that goes on behind the step that it is at. */
export function stateBehind(run: Run): Json {
  const frame = run.frames.at(-1)!;
  frame.index++;
  const state = storedState(run);
  frame.index--;
  return state;
}

/**
 * Stores the run with its rule, so that it goes on after a restart or a reload: after this step, or in it where an answer
 * decides how the step ends. @returns false when it was cancelled meanwhile.
 */
export async function suspend(services: Services, run: Run, until: number, wait?: Wait): Promise<boolean> {
  if (run.base > 0 && run.id === undefined) throw new Error("waiting inside of what is done side by side");
  const waiting = wait && { id: wait.id, until, state: wait.state };
  const row = rowOf(services, run, waiting === undefined ? stateBehind(run) : storedState(run, { waiting }));
  const stored = wait && storedWait(wait, row.id, services.clock.now());
  const isThere = await services.store.runs.suspend(row, ruleOf(run), wakeOf(row.platform, row.id, until), {
    again: run.id !== undefined,
    ...(stored === undefined ? {} : { wait: stored }),
  });
  run.id = row.id;
  if (!isThere) return false;
  if (stored !== undefined) services.waits.put(stored);
  services.wakeJobs();
  return stillWanted(services, run);
}

/** Whether nobody has cancelled the run while it was being stored; else it goes again. */
async function stillWanted(services: Services, run: Run): Promise<boolean> {
  if (!run.control.cancelled) return true;
  await services.store.runs.finish(run.id!, { at: services.clock.now() });
  return false;
}

/** Stores a run that has not begun, behind those that it must not overlap with. */
export async function queueRun(services: Services, run: Run): Promise<void> {
  await services.store.runs.queue(rowOf(services, run), ruleOf(run));
}

/**
 * Stores the run, which waits at this step, and a run for each branch, which begin at once.
 * @returns false when it was cancelled meanwhile.
 */
export async function storeBranches(
  services: Services,
  run: Run,
  step: CompiledStep,
  branches: readonly Branch[],
): Promise<boolean> {
  const now = services.clock.now();
  // What is left is shared out: no number of branches makes a run longer.
  const share = Math.floor(run.budget.left / (branches.length + 1));
  run.budget.left = share;
  const forked = branches.map(({ as, item = null }) => (as === undefined ? { item } : { as, item }));
  const row = rowOf(services, run, storedState(run, { forked }));
  const children = branches.flatMap((branch, place) => {
    const child = branchRun(run, step, branch);
    if (child === undefined) return [];
    const stored = rowOf(services, { ...child, budget: { left: share } }, undefined);
    return [{ run: { ...stored, parent: { id: row.id, place } }, wake: wakeOf(stored.platform, stored.id, now) }];
  });
  const isThere = await services.store.runs.fork(row, ruleOf(run), children, run.id !== undefined);
  run.id = row.id;
  services.wakeJobs();
  return isThere && (await stillWanted(services, run));
}

/** Ends a stored run; a branch leaves behind what it has saved. */
export async function finishRun(services: Services, run: Run): Promise<void> {
  await services.store.runs.finish(run.id!, { at: services.clock.now(), ...resultOf(run) });
  // Another run may go on or begin now.
  if (run.branch !== undefined || run.overlap !== "") services.wakeJobs();
}

function resultOf(run: Run): { readonly result?: Json } {
  const above = run.frames[run.base - 1];
  const step = above?.sequence[above.index];
  if (run.branch === undefined || step === undefined) return {};
  const record = JSON.parse(JSON.stringify(recordOf(run, step, run.branch))) as Json;
  const result: BranchResult = { record, left: Math.max(0, run.budget.left) };
  return { result: result as unknown as Json };
}

/** The row of a run that is stored. */
export function rowOf(services: Services, run: Run, state: Json = storedState(run)): SuspendedRun {
  return {
    id: run.id ?? services.newId(),
    ruleId: run.rule.id,
    ruleHash: run.rule.hash(),
    platform: run.event.platform,
    state: small(state),
    createdAt: services.clock.now(),
    overlap: run.overlap,
  };
}

/** The same state. @throws Error where it is larger than any that is stored. */
export function small(state: Json): Json {
  if (JSON.stringify(state).length > largestState)
    throw new Error("what this run remembers is too large to be kept while it waits");
  return state;
}

/** The rule that is kept with a stored run. */
export function ruleOf(run: Run): Json {
  return run.rule.canonical as unknown as Json;
}
