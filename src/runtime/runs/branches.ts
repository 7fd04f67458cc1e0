import type { Branch } from "../../contracts/word.ts";
import { isObject, type Value } from "../../language/values.ts";
import type { CompiledStep } from "../../plan/program.ts";
import { loadFor } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Services } from "../services.ts";
import { save } from "./frames.ts";
import { forget, recordOf, setItem } from "./loops.ts";
import type { BranchItem, Run } from "./run.ts";

/** How many branches of one run are worked on at once. */
const atOnce = 10;

/** Does branches that never wait, side by side, in memory. @returns what each leaves behind, in their order. */
export async function runBranches(
  services: Services,
  run: Run,
  step: CompiledStep,
  branches: readonly Branch[],
  execute: (branch: Run) => Promise<unknown>,
): Promise<readonly Value[]> {
  const records: Value[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < branches.length; at = next++) {
      const branch = branches[at]!;
      const child = branchRun(run, step, branch);
      if (child === undefined) continue;
      if (branch.as !== undefined) await loadFor(services, child, branch.as);
      await execute(child);
      records[at] = recordOf(child, step, branch);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, branches.length) }, work));
  return records;
}

/** The run that does one branch: with variables of its own, inside of the frames of the run that it is a branch of. */
export function branchRun(run: Run, step: CompiledStep, branch: Branch): Run | undefined {
  const { block } = branch.block;
  const sequence = step.blocks.get(block);
  if (sequence === undefined) return undefined;
  const values = copyOf(run.scope.values);
  forget(values, step.savedInside);
  if (branch.as !== undefined) setItem(values, branch.as, branch.item ?? null);
  return {
    ...run,
    id: undefined,
    overlap: "",
    branch: { ...(branch.as === undefined ? {} : { as: branch.as }), item: branch.item ?? null },
    scope: { ...run.scope, values },
    frames: [...run.frames.map((frame) => ({ ...frame })), { block, sequence, index: 0 }],
    base: run.frames.length,
    opening: [],
  };
}

/** What branches without an item have saved: their names are known behind them. */
function savedBy(branches: readonly BranchItem[], records: readonly Value[]): Mutable {
  const saved: Mutable = {};
  records.forEach((record, at) => {
    if (branches[at]!.as !== undefined || !isObject(record)) return;
    for (const [name, value] of Object.entries(record)) if (value !== null) saved[name] = value;
  });
  return saved;
}

/** Keeps what branches have saved. */
export function takeUp(run: Run, step: CompiledStep, branches: readonly BranchItem[], records: readonly Value[]): void {
  for (const [name, value] of Object.entries(savedBy(branches, records))) save(run, name, value ?? null);
  if (step.saveAs !== undefined) save(run, step.saveAs, records);
}

/** `now` and `today` stay what they are: worked out when read, by getters on the prototype. */
function copyOf(values: Mutable): Mutable {
  return Object.create(Object.getPrototypeOf(values), Object.getOwnPropertyDescriptors(values)) as Mutable;
}
