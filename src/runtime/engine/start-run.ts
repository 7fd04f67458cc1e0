import type { BotEvent } from "../../contracts/event.ts";
import type { Actor } from "../../contracts/permission.ts";
import type { Surroundings } from "../../contracts/word.ts";
import { type Env, instant } from "../../language/values.ts";
import type { CompiledRule, RunScope } from "../../plan/program.ts";
import { raiser } from "../runs/raise.ts";
import { type BranchItem, type EventState, type Frame, type Run, rootSequence } from "../runs/run.ts";
import type { Generation, Services } from "../services.ts";
import { eventActor } from "./actor.ts";
import type { Promised } from "./cooldown.ts";
import { holderOf, runData } from "./data.ts";
import type { Acting } from "./guard.ts";
import { nameResolver } from "./names.ts";
import { overlapKey } from "./overlap.ts";
import { surroundings } from "./surroundings.ts";
import { eventValues, type Mutable } from "./values.ts";

/** What the runs of one event share; made when the first rule needs it, so that ignored chatter costs nothing. */
export interface EventScope {
  readonly event: BotEvent;
  readonly actor: Actor;
  readonly here: Surroundings;
  readonly env: Env;
  readonly lowerText: string;
  readonly state: EventState;
}

/** What the event's message says, in small letters; empty where there is no message. */
export const lowerTextOf = (event: BotEvent): string => ("message" in event ? event.message.text.toLowerCase() : "");

export function eventScope(
  services: Services,
  generation: Generation,
  event: BotEvent,
  lowerText: string,
  state: EventState,
): EventScope {
  const { timezone, language } = generation.plan.config.bot;
  return {
    event,
    actor: eventActor(services, generation, event),
    here: surroundings(services, generation, event),
    env: { now: services.clock.now, random: services.random, timezone, locale: language },
    lowerText,
    state,
  };
}

/** A scope for one run: variables are its own, the actor is the event's. */
export function runScope(
  services: Services,
  generation: Generation,
  scope: EventScope,
  variables: Mutable = {},
): RunScope & { readonly values: Mutable } {
  const { bot } = generation.plan.config;
  const self = services.port(scope.event.platform)?.self();
  const values = eventValues(
    scope.event,
    { name: bot.name, self },
    { now: services.clock.now, timezone: bot.timezone },
  );
  for (const [name, value] of Object.entries(variables)) values[name] = value;
  return {
    event: scope.event,
    values,
    env: scope.env,
    actor: scope.actor,
    here: scope.here,
    lowerText: scope.lowerText,
    names: nameResolver(services, generation, scope.event),
    isOff: services.switches.isOff,
    say: (sentence) => services.say(sentence, scope.event.user),
  };
}

/** What a new run begins with, besides its rule. */
export interface Beginning {
  readonly acting: Acting;
  /** `do`, `@else`, or the path of a button. */
  readonly root: string;
  readonly frames?: Frame[];
  readonly id?: string;
  readonly base?: number;
  readonly branch?: BranchItem;
  /** How many actions it may still do. */
  readonly left?: number;
  readonly promised?: Promised;
}

/** How many actions one run does at most, with all its rounds and branches. */
export const mostActions = 10_000;

/** Makes a run ready: data that its texts read is there before its `if` is asked. */
export async function prepareRun(
  services: Services,
  generation: Generation,
  rule: CompiledRule,
  scope: EventScope,
  values: RunScope & { readonly values: Mutable },
  beginning: Beginning,
): Promise<Run> {
  const raised: BotEvent[] = [];
  const raise = raiser(services, scope.event, raised);
  const data = runData(services, generation, scope.event, raise);
  await data.load(rule.reads, values.values);
  await addStandings(services, rule.readsStandingOf, values.values, scope);
  const { root } = beginning;
  const frames = beginning.frames ?? [{ block: root, sequence: rootSequence(rule, root) ?? [], index: 0 }];
  return {
    rule,
    event: scope.event,
    scope: values,
    data,
    frames,
    base: beginning.base ?? 0,
    branch: beginning.branch,
    overlap: beginning.base ? "" : overlapKey(rule, scope.event),
    control: { cancelled: false },
    promised: beginning.promised ?? { cooldown: undefined },
    budget: { left: beginning.left ?? mostActions },
    acting: beginning.acting,
    id: beginning.id,
    root,
    // A stored run may wait inside an `on_error`, which must not nest after the wait either.
    inOnError: frames.some((frame) => frame.block === "@on_error"),
    opening: [],
    raised,
    raise,
    event_state: scope.state,
  };
}

/** Reads what the rule reads of one variable, which has just got its value. */
export async function loadFor(services: Services, run: Run, variable: string): Promise<void> {
  const { rule, scope } = run;
  const reads = rule.reads.filter(({ of }) => of[0] === variable);
  if (reads.length > 0) await run.data.load(reads, scope.values);
  const standings = rule.readsStandingOf.filter(([first]) => first === variable);
  if (standings.length > 0) await addStandings(services, standings, scope.values, scope);
}

/** People's roles and when they came; nobody knows them where the platform does not tell. */
async function addStandings(
  services: Services,
  paths: CompiledRule["readsStandingOf"],
  values: Mutable,
  scope: Pick<EventScope, "event" | "actor">,
): Promise<void> {
  for (const path of paths) {
    const person = holderOf(values, path);
    if (person === undefined) continue;
    const standing = await standingOf(services, scope, String(person.id));
    person.roles = (standing?.roles ?? []).map((role) => role.name);
    person.joined_at = standing?.joinedAt === undefined ? null : instant(standing.joinedAt);
  }
}

function standingOf(services: Services, { event, actor }: Pick<EventScope, "event" | "actor">, personId: string) {
  if (personId === event.user.id) return actor.standing();
  return event.server && services.port(event.platform)?.standing(event.server.id, personId);
}
