import type { CanonicalAction, CanonicalArguments } from "../../contracts/canonical.ts";
import { type Diagnostic, warningAt } from "../../diagnostics/diagnostic.ts";
import { flowOf, type RuleFlow } from "../flow.ts";
import type { Check, CheckContext } from "./check.ts";
import { listsOf, wordOf } from "./walk.ts";

/** What stands behind an unconditional `stop`, and branches behind one that always fits, never happen. */
export const unreachable: Check = function* (context) {
  for (const rule of context.config.rules) {
    const flow = flowOf(rule, context.words.actions);
    for (const list of listsOf(context, rule)) {
      yield* behindEnd(context, flow, list);
      for (const action of list) {
        if (action.action === "choose") yield* branches(context, action);
        yield* idleElse(context, action);
      }
    }
  }
};

function* behindEnd(context: CheckContext, flow: RuleFlow, list: readonly CanonicalAction[]): Generator<Diagnostic> {
  const end = list.findIndex((action) => flow.action(action).ends);
  const next = end === -1 ? undefined : list[end + 1];
  const at = next && context.origins.position(next);
  if (at === undefined) return;
  const before = list[end]!.action;
  const why =
    before === "stop"
      ? '"stop" before it always ends the run'
      : `every way through the "${before}" before it ends with "stop"`;
  yield warningAt(at, { code: "unreachable", message: `"${next!.action}" never happens, because ${why}.` });
}

/** An `else` behind what is always done. */
function* idleElse(context: CheckContext, action: CanonicalAction): Generator<Diagnostic> {
  if (action.else === undefined || action.else.length === 0 || action.if !== undefined) return;
  const fits = action.action === "choose" && branchesOf(action.args).some((branch) => branch.if === undefined);
  // A value that is only known then may be one that the action cannot take.
  const maybeRefused = JSON.stringify(action.args).includes('"$":');
  if (!fits && (maybeRefused || wordOf(context, action)?.outcomes.not_done !== undefined)) return;
  const at = context.origins.position(action, "else", "key") ?? context.origins.position(action.else);
  const why = fits ? "a branch without if always fits" : `"${action.action}" has nothing that could be refused`;
  const message = `this else never happens, because ${why}.`;
  if (at !== undefined) yield warningAt(at, { code: "unreachable", message });
}

function branchesOf({ choose }: CanonicalArguments): readonly CanonicalArguments[] {
  return Array.isArray(choose) ? (choose as readonly CanonicalArguments[]) : [];
}

function* branches(context: CheckContext, { args }: CanonicalAction): Generator<Diagnostic> {
  const all = branchesOf(args);
  const always = all.findIndex((branch) => branch.if === undefined);
  const next = always === -1 ? undefined : all[always + 1];
  const at = next && context.origins.position(next);
  if (at === undefined) return;
  const message = "this branch never happens, because the one before it has no if and always fits.";
  yield warningAt(at, { code: "unreachable", message, hint: "move the branch without if to the end" });
}
