import type { CanonicalAction, CanonicalRule } from "../../contracts/canonical.ts";
import type { CheckContext } from "./check.ts";
import { wordOf } from "./walk.ts";

/**
 * How a list of actions leaves the event that it is done for: kept from later rules, or not, or it leads behind itself and
 * what stands there decides.
 */
type End = "kept" | "passed on" | "goes on";

/** No file is nested deeper than people write. */
const deepest = 20;

/** Whether a rule keeps its events from all later rules by `stop: event`, on every way through it that can be done. */
export function keepsEvents(context: CheckContext, rule: CanonicalRule): boolean {
  return ofList(context, rule, rule.do, 0) === "kept";
}

function ofList(context: CheckContext, rule: CanonicalRule, list: readonly CanonicalAction[], depth: number): End {
  for (const action of list) {
    const end = ofAction(context, rule, action, depth);
    if (end !== "goes on") return end;
  }
  return "goes on";
}

function ofAction(context: CheckContext, rule: CanonicalRule, action: CanonicalAction, depth: number): End {
  const word = wordOf(context, action);
  // While a run waits, later rules hear of the event.
  if (word === undefined || depth > deepest || word.waits === true || word.answered !== undefined) return "passed on";
  const ends = word.ways?.(action.args, rule.blocks ?? {}).map((way) => ofList(context, rule, way, depth + 1)) ?? [];
  if (word.stops === true) ends.push(action.args.what === "event" ? "kept" : "passed on");
  else if (word.ways === undefined) ends.push(word.decides === true ? "passed on" : "goes on");
  if (action.else !== undefined) ends.push(ofList(context, rule, action.else, depth + 1));
  else if (action.if !== undefined || word.skips?.(action.args) === true) ends.push("goes on");
  return ends.includes("passed on") ? "passed on" : ends.includes("goes on") ? "goes on" : "kept";
}
