import type { Loop } from "../../contracts/word.ts";
import type { Value, Values } from "../../language/values.ts";
import { blockPath, type CompiledStep } from "../../plan/program.ts";
import { loadFor } from "../engine/start-run.ts";
import type { Mutable } from "../engine/values.ts";
import type { Services } from "../services.ts";
import { beginRound, copyOfOptions, forget, leaveFrame } from "./loops.ts";
import type { Run } from "./run.ts";

/** What a run may still do about an error, whatever it has done before. */
const actionsOnError = 100;

/** Keeps a value under the name that `save_as` gives it. */
export function save(run: Run, name: string, value: Value): void {
  const { values } = run.scope;
  const steps = (values.steps ?? {}) as Mutable;
  values.steps = { ...steps, [name]: value };
}

/** Goes into one of the blocks of a step, or past it where there is nothing in it to do. */
export async function enter(
  services: Services,
  run: Run,
  step: CompiledStep,
  block: string,
  loop?: Loop,
): Promise<"entered" | "next"> {
  const sequence = step.blocks.get(block);
  if (sequence === undefined) return "next";
  if (loop === undefined) {
    run.frames.push({ block, sequence, index: 0 });
    return "entered";
  }
  if (loop.items.length === 0) {
    if (step.saveAs !== undefined) save(run, step.saveAs, []);
    return "next";
  }
  const running = { ...loop, position: 0 };
  run.frames.push({ block, sequence, index: 0, loop: running });
  forget(run.scope.values, step.savedInside);
  await beginRound(services, run, running);
  return "entered";
}

/** Goes through a block: it sees its own options and what it saves itself. */
export async function enterBlock(services: Services, run: Run, name: string, options: Values): Promise<"entered"> {
  const block = blockPath(name);
  const sequence = run.rule.blocks.get(block);
  if (sequence === undefined) throw new Error(`there is no block "${name}"`);
  const { values } = run.scope;
  run.frames.push({
    block,
    sequence,
    index: 0,
    caller: { options: values.options ?? null, steps: values.steps ?? null },
  });
  values.options = copyOfOptions(options);
  values.steps = {};
  await loadFor(services, run, "options");
  return "entered";
}

/** Goes into the action's `on_error`, else the rule's; it never nests. @returns whether there is one. */
export function enterOnError(run: Run, step: CompiledStep): boolean {
  if (run.inOnError) return false;
  const sequence = step.blocks.get("@on_error") ?? run.rule.blocks.get("@on_error");
  if (sequence === undefined) return false;
  run.inOnError = true;
  run.budget.left = Math.max(run.budget.left, actionsOnError);
  run.frames.push({ block: "@on_error", sequence, index: 0 });
  return true;
}

/** Goes on behind the step whose block is over. @returns the block's name. */
export async function leave(services: Services, run: Run): Promise<string> {
  const { block, loop, caller } = run.frames.at(-1)!;
  const saved = run.scope.values.steps ?? {};
  await leaveFrame(services, run);
  if (run.frames.length > run.base) {
    const above = run.frames.at(-1)!;
    const saveAs = above.sequence[above.index]?.saveAs;
    if (saveAs !== undefined && loop !== undefined) save(run, saveAs, loop.records ?? []);
    if (saveAs !== undefined && caller !== undefined) save(run, saveAs, saved);
    above.index++;
  }
  return block;
}
