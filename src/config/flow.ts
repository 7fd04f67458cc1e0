import type { CanonicalAction, CanonicalRule } from "../contracts/canonical.ts";
import type { ActionDefinition } from "../contracts/word.ts";

/** What is certain behind actions, whatever their conditions come out as. */
export interface Flow {
  /** Nothing behind them is ever done. */
  readonly ends: boolean;
  /** Names that `save_as` has kept on every way that leads behind them. */
  readonly saves: ReadonlySet<string>;
}

export interface RuleFlow {
  action(action: CanonicalAction): Flow;
  list(list: readonly CanonicalAction[]): Flow;
}

const nothing: Flow = { ends: false, saves: new Set() };
const end: Flow = { ends: true, saves: new Set() };

/** Tells what is certain in a rule. Each list is looked at once. */
export function flowOf(rule: CanonicalRule, words: ReadonlyMap<string, ActionDefinition>): RuleFlow {
  const known = new Map<readonly CanonicalAction[], Flow>();
  const list = (actions: readonly CanonicalAction[]): Flow => {
    const before = known.get(actions);
    if (before !== undefined) return before;
    // A block that calls itself is told by the check of blocks.
    known.set(actions, nothing);
    const flow = inOrder(actions);
    known.set(actions, flow);
    return flow;
  };
  const inOrder = (actions: readonly CanonicalAction[]): Flow => {
    const saves = new Set<string>();
    for (const each of actions) {
      const flow = action(each);
      if (flow.ends) return end;
      for (const name of flow.saves) saves.add(name);
    }
    return saves.size === 0 ? nothing : { ends: false, saves };
  };
  const action = (one: CanonicalAction): Flow => {
    const ways = [whenDone(one)];
    // Without `else` a refusal ends the run, and a false `if` passes the action over.
    if (one.else !== undefined) ways.push(list(one.else));
    else if (one.if !== undefined || words.get(one.action)?.skips?.(one.args) === true) ways.push(nothing);
    return oneOf(ways);
  };
  const whenDone = ({ action: name, args, save_as }: CanonicalAction): Flow => {
    const word = words.get(name);
    if (word?.stops === true) return end;
    const inside = word?.ways === undefined ? nothing : oneOf(word.ways(args, rule.blocks ?? {}).map(list));
    if (inside.ends) return end;
    if (save_as === undefined && (inside.saves.size === 0 || word?.rounds === true)) return nothing;
    // What is saved in a block of its own is no name of this rule.
    const saves = new Set(word?.rounds === true ? [] : inside.saves);
    if (save_as !== undefined) saves.add(save_as);
    return { ends: false, saves };
  };
  return { action, list };
}

/** What is certain where exactly one of several happens. */
function oneOf(ways: readonly Flow[]): Flow {
  if (ways.length === 1) return ways[0]!;
  const open = ways.filter((way) => !way.ends);
  const [first, ...others] = open;
  if (first === undefined) return end;
  if (open.some((way) => way.saves.size === 0)) return nothing;
  return { ends: false, saves: new Set([...first.saves].filter((name) => others.every((way) => way.saves.has(name)))) };
}
