import type { BotEvent, Json, RaisedEvent } from "../../contracts/event.ts";
import type { Job, StoredWait } from "../../contracts/store.ts";
import type { Wait } from "../../contracts/word.ts";
import { isObject, type Value } from "../../language/values.ts";
import type { CompiledRule, CompiledStep, RunScope, Sequence } from "../../plan/program.ts";
import type { Promised, TakenCooldown } from "../engine/cooldown.ts";
import type { RunData } from "../engine/data.ts";
import type { Acting } from "../engine/guard.ts";
import type { Mutable } from "../engine/values.ts";

/** Where a run stands inside one list of actions. `block` is the name of the list in the step (or rule) above. */
export interface Frame {
  readonly block: string;
  readonly sequence: Sequence;
  index: number;
  /** There where the list is done once for each item. */
  readonly loop?: RunningLoop;
  /** There where the list is a block that was called: what was there before it. */
  readonly caller?: { readonly options: Value; readonly steps: Value };
}

/** How far a loop is. */
export interface RunningLoop {
  readonly items: readonly Value[];
  readonly as?: string;
  readonly position: number;
  /** What each round that is over has saved, where the loop itself is saved. */
  readonly records?: readonly Value[];
}

/** What a branch is done for: the item under its name, where it has one. */
export interface BranchItem {
  readonly as?: string;
  readonly item?: Value;
}

/** What a stored branch leaves behind. */
export interface BranchResult {
  readonly record: Json;
  /** How many actions it has not used. */
  readonly left: number;
}

/** How many actions a run may still do, its branches together. */
export interface Budget {
  left: number;
}

/** One rule doing its actions for one event. */
export interface Run {
  readonly rule: CompiledRule;
  readonly event: BotEvent;
  readonly scope: RunScope & { readonly values: Mutable };
  readonly data: RunData;
  readonly frames: Frame[];
  /** How many of the frames belong to the run that this one is a branch of: it ends where they begin. */
  readonly base: number;
  /** What it is done for, where it is a branch. */
  readonly branch: BranchItem | undefined;
  readonly budget: Budget;
  readonly promised: Promised;
  /** Somebody asked for it (command, press) and is told when it is refused; rules act by themselves and stay silent. */
  readonly acting: Acting;
  /** Id of the stored row, once the run was suspended. */
  id: string | undefined;
  /** What runs of its rule that must not overlap have in common; "" where they may. */
  readonly overlap: string;
  /** Set from outside to end it before its next action. */
  readonly control: { cancelled: boolean };
  /** Where the outermost list comes from: the rule's `do` or `@else`, or a button's path. */
  readonly root: string;
  inOnError: boolean;
  /** Waits that the action under way has opened: their keys may be pressed before the run is stored. */
  readonly opening: string[];
  /** What its actions have caused so far, for rules to hear of when it ends or waits. */
  readonly raised: BotEvent[];
  readonly raise: (event: RaisedEvent) => void;
  /** What the event as a whole is told by its runs. */
  readonly event_state: EventState;
}

/** Shared by all runs of one event. */
export interface EventState {
  /** The message is gone, so the command in it does not run. */
  commandCancelled: boolean;
  /** `stop: event`: later rules and the command do not run. */
  stopped: boolean;
  /** A rule for what is said to the bot took it up, so a word in it that is no command is not answered besides. */
  taken: boolean;
}

export const newEventState = (): EventState => ({ commandCancelled: false, stopped: false, taken: false });

export type RunEnd = "ended" | "suspended" | "failed";

/** The stored form of a run: step path and typed variables. */
export interface StoredState {
  readonly root: string;
  readonly acting: Acting;
  readonly path: readonly Omit<Frame, "sequence">[];
  readonly base: number;
  /** How many actions it may still do. */
  readonly left: number;
  readonly event: Json;
  readonly variables: Json;
  /** The cooldown that it gives back, were it to end without having done anything. */
  readonly cooldown?: TakenCooldown;
  /** What the action on top waits for; without it, it is done. */
  readonly waiting?: Waiting;
  readonly branch?: BranchItem;
  /** The branches that it waits for. */
  readonly forked?: readonly BranchItem[];
}

export interface Waiting {
  readonly id: string;
  /** When the time is over, in milliseconds since the epoch. */
  readonly until: number;
  /** What the word remembers. */
  readonly state: Json;
}

/** Names among the variables that are made anew when a run goes on: they are facts of the moment or read again. */
const fresh = new Set(["now", "today", "data", "bot"]);

export function storedState(run: Run, held: Pick<StoredState, "waiting" | "forked"> = {}): Json {
  const state: StoredState = {
    root: run.root,
    acting: run.acting,
    path: run.frames.map(({ sequence: _compiled, ...kept }) => kept),
    base: run.base,
    left: run.budget.left,
    event: eventJson(run.event),
    variables: variablesJson(run.scope.values),
    ...(run.promised.cooldown === undefined ? {} : { cooldown: run.promised.cooldown }),
    ...held,
    ...(run.branch === undefined ? {} : { branch: run.branch }),
  };
  return state as unknown as Json;
}

/** The event without what the platform said of the person then: permission is asked again. */
export function eventJson(event: BotEvent): Json {
  const { standing: _then, ...kept } = event;
  return JSON.parse(JSON.stringify(kept)) as Json;
}

/** Options and saved values; what `data` people carried is read again. */
export function variablesJson(values: Mutable): Json {
  const kept: Mutable = {};
  for (const key of Object.keys(values)) if (!fresh.has(key)) kept[key] = values[key];
  kept.user = withoutData(values.user);
  const { options } = values;
  if (isObject(options))
    kept.options = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, withoutData(value)]));
  return JSON.parse(JSON.stringify(kept)) as Json;
}

function withoutData(value: Value | undefined): Value {
  if (!isObject(value)) return value ?? null;
  const { data: _readAgain, ...rest } = value;
  return rest;
}

/** The event of a stored run. It was written by `eventJson`, so only its kind is looked at. */
export function eventFromJson(json: Json): BotEvent {
  return json as unknown as BotEvent;
}

/** The list that a stored root names: the rule's own, or one behind a button. */
export function rootSequence(rule: CompiledRule, root: string): Sequence | undefined {
  return rule.blocks.get(root) ?? rule.buttons.get(root)?.do;
}

/** Rebuilds the frames of a stored path; undefined when the rule does not have such a path. */
export function framesOf(rule: CompiledRule, state: StoredState): Frame[] | undefined {
  const frames: Frame[] = [];
  let step: CompiledStep | undefined;
  for (const kept of state.path) {
    const { block, index } = kept;
    const sequence: Sequence | undefined =
      frames.length === 0 ? rootSequence(rule, state.root) : (step?.blocks.get(block) ?? rule.blocks.get(block));
    if (sequence === undefined) return undefined;
    frames.push({ ...kept, sequence });
    step = sequence[index];
  }
  return frames;
}

/** The step that a run stands at. */
export function topStep({ frames }: Pick<Run, "frames">): CompiledStep | undefined {
  const frame = frames.at(-1);
  return frame?.sequence[frame.index];
}

/** What is stored of a wait. */
export function storedWait({ id, message }: Pick<Wait, "id" | "message">, runId: string, askedAt: number): StoredWait {
  return {
    id,
    runId,
    platform: message?.platform ?? "",
    channelId: message?.channelId ?? "",
    personId: message?.personId ?? "",
    questionId: message?.questionId ?? "",
    askedAt,
  };
}

/** The job that takes a stored run up. */
export function wakeOf(platform: string, runId: string, dueAt: number): Omit<Job, "attempts"> {
  return { key: `run:${runId}`, owner: "run", platform, dueAt, payload: { id: runId } };
}
