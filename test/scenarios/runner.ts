import { readFileSync } from "node:fs";
import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { BotEvent, RawOption } from "../../src/contracts/event.ts";
import type { Capability, Right } from "../../src/contracts/right.ts";
import type { DataOwner } from "../../src/contracts/store.ts";
import { parseDuration } from "../../src/language/duration.ts";
import { open } from "../../src/stores/sqlite/index.ts";
import { type ConsoleBot, startConsoleBot } from "../support/console-bot.ts";
import { type FakeClock, fakeClock } from "../support/fake-clock.ts";
import { around, newWorld, type PersonGiven, type World, withFailingAudit } from "./world.ts";

/**
 * One scenario: a bot, people, and what happens. `- ada: hello` types; `press`, `pick`, `join`, `after`, `away` (the bot is off for
 * a while), `restart`, `reload`, `redeliver` and `as` (see `Special`) happen; `given` changes what works. Everything that
 * the bot then does must be spoken of by `bot:` (contains), or `bot_silent: yes`. `expect` looks into the storage.
 */
export interface Scenario {
  readonly name: string;
  readonly bot: string;
  /** Files beside bot.yaml, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly people: Readonly<Record<string, PersonGiven>>;
  /** What the platform cannot do here, other than the console. */
  readonly without: readonly Capability[];
  readonly steps: readonly { readonly line: number; readonly step: Readonly<Record<string, unknown>> }[];
}

/** Reads a file of scenarios: YAML documents, one after the other, each with a name. */
export function readScenarios(file: string): Scenario[] {
  const text = readFileSync(file, "utf8");
  const scenarios: Scenario[] = [];
  const parts = text.split(/^---\n/m);
  let before = 0;
  for (const part of parts) {
    const lines = new LineCounter();
    const document = parseDocument(part, { lineCounter: lines, schema: "yaml-1.1" });
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]!.message}`);
    const firstLine = before;
    before += part.split("\n").length;
    if (!isMap(document.contents)) continue;
    const steps = (document.contents as YAMLMap).get("steps", true);
    if (!isSeq(steps)) throw new Error(`${file}: a scenario without steps`);
    const whole = document.toJS() as Omit<Scenario, "steps"> & { steps: Readonly<Record<string, unknown>>[] };
    scenarios.push({
      name: whole.name,
      bot: withHead(whole.bot),
      files: whole.files ?? {},
      people: whole.people ?? {},
      without: whole.without ?? [],
      steps: steps.items.map((item, index) => ({
        line: firstLine + lines.linePos((item as { range: [number] }).range[0]).line,
        step: whole.steps[index]!,
      })),
    });
  }
  return scenarios;
}

/** What every file begins with, unless the scenario writes it itself. */
function withHead(bot: string): string {
  return bot.includes("version:") ? bot : `version: 1\nbot: { name: Harbour }\nplatforms: { console: {} }\n${bot}`;
}

interface Stage {
  bot: ConsoleBot;
  readonly world: World;
  readonly clock: FakeClock;
  yaml: string;
  typist: string | undefined;
  readonly seated: Set<string>;
  /** What the bot did that no step has spoken of yet. */
  pending: string[];
  auditSeen: number;
  readonly transcript: string[];
  restarted: boolean;
  /** Events that did not come from the console. */
  handed: number;
}

/** Runs a scenario. @throws an error that shows what happened up to the step that does not hold. */
export async function runScenario(file: string, scenario: Scenario): Promise<void> {
  const clock = fakeClock();
  const world = newWorld(scenario.people);
  const store = withFailingAudit(await open({ kind: "sqlite", path: ":memory:" }, clock.now), world);
  const start = (yaml: string) =>
    startConsoleBot(yaml, {
      clock,
      store,
      around: around(world),
      person: { name: "captain", roles: [], owner: false },
      without: scenario.without,
      files: scenario.files,
    });
  const stage: Stage = {
    bot: await start(scenario.bot),
    world,
    clock,
    yaml: scenario.bot,
    typist: undefined,
    seated: new Set(),
    pending: [],
    auditSeen: 0,
    transcript: [],
    restarted: false,
    handed: 0,
  };
  const restart = async (awayMs = 0): Promise<void> => {
    await stage.bot.halt();
    await clock.advance(awayMs);
    stage.bot = await start(stage.yaml);
    stage.typist = undefined;
    stage.seated.clear();
    stage.restarted = true;
    await clock.advance(0);
  };
  try {
    for (const { line, step } of scenario.steps) {
      try {
        await doStep(stage, step, restart);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`${file}:${line}: ${why}\n\n${stage.transcript.join("\n")}`);
      }
    }
    nothingLeft(stage);
  } finally {
    await stage.bot.halt();
    await store.close();
  }
}

const actingSteps = new Set([
  "after",
  "away",
  "press",
  "pick",
  "as",
  "join",
  "reload",
  "reload_refused",
  "restart",
  "redeliver",
]);
const checkingSteps = new Set(["bot", "bot_silent", "expect", "given"]);

async function doStep(
  stage: Stage,
  step: Readonly<Record<string, unknown>>,
  restart: (awayMs?: number) => Promise<void>,
) {
  const [key] = Object.keys(step);
  const kind = "press" in step ? "press" : "pick" in step ? "pick" : key!;
  if (!checkingSteps.has(kind)) nothingLeft(stage);
  switch (kind) {
    case "bot":
      for (const part of asList(step.bot)) said(stage, part);
      return;
    case "bot_silent":
      return nothingLeft(stage);
    case "expect":
      return expectations(stage, step.expect as Expectations);
    case "given":
      return givenNow(stage.world, step.given as Given);
    case "after":
      stage.transcript.push(`  -- ${step.after} later`);
      await stage.clock.advance(milliseconds(step.after));
      break;
    case "away":
      stage.transcript.push(`  -- off for ${step.away}`);
      await restart(milliseconds(step.away));
      break;
    case "press":
      await press(stage, String(step.as ?? stage.typist), String(step.press));
      break;
    case "pick":
      await pick(stage, String(step.as ?? stage.typist), asList(step.pick));
      break;
    case "join":
      await type(stage, "captain", `/join ${step.join}`);
      break;
    case "as":
      await special(stage, step as unknown as Special);
      break;
    case "redeliver":
      await stage.world.sink!.handle(stage.world.lastEvent!);
      break;
    case "reload": {
      stage.yaml = withHead(String(step.reload));
      const report = await stage.bot.reload(stage.yaml);
      if (!report.ok) throw new Error(`the reload was refused: ${JSON.stringify(report.problems, null, 2)}`);
      stage.transcript.push("  -- reloaded");
      break;
    }
    case "reload_refused": {
      const report = await stage.bot.reload(withHead(String(step.reload_refused)));
      if (report.ok) throw new Error("the reload was not refused");
      break;
    }
    case "restart":
      stage.transcript.push("  -- restarted");
      await restart();
      break;
    default:
      await type(stage, key!, String(step[key!]));
  }
  collect(stage);
}

function milliseconds(written: unknown): number {
  const length = parseDuration(String(written));
  if (!length.ok) throw new Error(`"${written}" is not a duration`);
  return length.value;
}

/** What the console tells of what the steps themselves did. */
const ofTheConsole =
  /^\((you type as|somebody (gives|takes) |.* (joins|leaves)\)$|.* (leaves|comes into|begins the thread) #)/;
async function press(stage: Stage, person: string, label: string): Promise<void> {
  const known = stage.world.buttons.get(label);
  if (!stage.restarted || known === undefined) return type(stage, person, `/press ${label}`);
  stage.transcript.push(`  ${person} presses ${label}`);
  await handed(stage, person, { kind: "button", button: known.key, messageId: known.messageId });
}

/** Picks in the newest menu. */
async function pick(stage: Stage, person: string, labels: readonly string[]): Promise<void> {
  const { menu, messageId } = stage.world.menu!;
  const picked = labels.map((label) => {
    const choice = menu.choices.find((one) => one.label === label);
    if (choice === undefined) throw new Error(`the menu has no "${label}"`);
    return choice.value;
  });
  stage.transcript.push(`  ${person} picks ${labels.join(", ")}`);
  await handed(stage, person, { kind: "menu", menu: menu.key, picked, messageId });
}

/** An event as the console would make it. */
async function handed(
  stage: Stage,
  person: string,
  what:
    | { readonly kind: "button"; readonly button: string; readonly messageId: string }
    | { readonly kind: "menu"; readonly menu: string; readonly picked: readonly string[]; readonly messageId: string },
): Promise<void> {
  stage.handed++;
  const event: BotEvent = {
    key: `handed:${stage.handed}`,
    platform: "console",
    at: stage.clock.now(),
    server: { id: "console", name: "console" },
    channel: { id: "general", name: "general", direct: false },
    user: { platform: "console", id: person, name: person, username: person, isBot: false },
    origin: { channel: "general", person },
    ...what,
  };
  stage.world.lastEvent = event;
  await stage.world.sink!.handle(event);
}

/** Everything that the console shows, without its own words about who types. */
function collect(stage: Stage): void {
  const lines = stage.bot.shown().filter((line) => !ofTheConsole.test(line));
  stage.pending.push(...lines);
  stage.transcript.push(...lines.map((line) => `  bot: ${line}`));
}

async function type(stage: Stage, person: string, line: string): Promise<void> {
  if (actingSteps.has(person) || person === "undefined")
    throw new Error(`who types? "${person}" is a word of scenarios`);
  if (stage.typist !== person) {
    const roles = stage.seated.has(person) ? [] : (stage.world.people[person]?.roles ?? []);
    await stage.bot.type(`/as ${person} ${roles.join(", ")}`);
    stage.seated.add(person);
    stage.typist = person;
    stage.bot.shown();
  }
  stage.transcript.push(`  ${person}: ${line}`);
  await stage.bot.type(line);
}

/** `{ as: ada, types: …, is_bot, private, replying_to }`, or `{ as: ada, slash: give, options: { amount: 20 } }`. */
interface Special {
  readonly as: string;
  readonly types?: string;
  readonly is_bot?: boolean;
  readonly private?: boolean;
  readonly replying_to?: string;
  readonly called?: string;
  readonly slash?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

async function special(stage: Stage, step: Special): Promise<void> {
  stage.world.transform = (event) => {
    const user = {
      ...event.user,
      ...(step.is_bot === true ? { isBot: true } : {}),
      ...(step.called === undefined ? {} : { name: step.called }),
    };
    const { server: _server, ...elsewhere } = event;
    const place =
      step.private === true
        ? { ...elsewhere, channel: { id: `dm:${event.user.id}`, name: "dm", direct: true } }
        : event;
    if (step.slash !== undefined) {
      const options = Object.fromEntries(Object.entries(step.options ?? {}).map(([name, value]) => [name, raw(value)]));
      return {
        ...place,
        user,
        kind: "command",
        call: { name: step.slash, addressed: true, input: { kind: "options", options } },
      };
    }
    if (event.kind !== "message" || place.kind !== "message") return { ...event, user };
    if (step.replying_to === undefined) return { ...place, user };
    const author = { platform: "console", id: step.replying_to, name: step.replying_to, isBot: false };
    return { ...place, user, message: { ...place.message, repliedTo: { messageId: "earlier", author } } };
  };
  await type(stage, step.as, step.types ?? `/${step.slash}`);
}

function raw(value: string | number | boolean): RawOption {
  if (typeof value === "number") return { kind: "number", number: value };
  return typeof value === "boolean" ? { kind: "boolean", boolean: value } : { kind: "text", text: value };
}

interface Given {
  readonly failing?: readonly string[];
  readonly failure?: World["failure"];
  readonly bot_rights?: readonly Right[];
  readonly missing_roles?: readonly string[];
  readonly forms_need_press?: boolean;
}

function givenNow(world: World, given: Given): void {
  world.failing = new Set(given.failing ?? []);
  world.failure = given.failure ?? "unavailable";
  world.botRights = given.bot_rights;
  world.missingRoles = given.missing_roles ?? [];
  world.formsNeedPress = given.forms_need_press ?? false;
}

function said(stage: Stage, part: string): void {
  const at = stage.pending.findIndex((line) => line.includes(part));
  if (at === -1) throw new Error(`nothing that the bot said contains ${JSON.stringify(part)}`);
  stage.pending.splice(at, 1);
}

function nothingLeft(stage: Stage): void {
  if (stage.pending.length === 0) return;
  const [line] = stage.pending;
  throw new Error(`the bot did more than the steps say: ${JSON.stringify(line)}`);
}

interface Expectations {
  readonly audit?: readonly Readonly<Record<string, unknown>>[];
  readonly data?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly log?: readonly string[];
  readonly warnings?: Readonly<Record<string, number>>;
  readonly waiting?: number;
}

async function expectations(stage: Stage, { audit, data, log, warnings, waiting }: Expectations): Promise<void> {
  if (audit !== undefined) {
    const rows = (await stage.bot.audit()) as readonly object[];
    const fresh = rows.slice(stage.auditSeen);
    stage.auditSeen = rows.length;
    const matches = fresh.length === audit.length && audit.every((wanted, index) => contains(fresh[index], wanted));
    if (!matches)
      throw new Error(`the audit log holds other rows:\n${fresh.map((row) => JSON.stringify(row)).join("\n")}`);
  }
  for (const [owner, values] of Object.entries(data ?? {}))
    for (const [name, value] of Object.entries(values)) {
      const [stored] = await stage.bot.store.data.read([{ name, owner: dataOwner(stage, owner, name) }]);
      const [is, wanted] = [JSON.stringify(stored ?? null), JSON.stringify(value)];
      if (is !== wanted) throw new Error(`${owner}'s ${name} is ${is}, not ${wanted}`);
    }
  for (const part of log ?? []) {
    const found = stage.bot.log.some(({ message, fields }) => `${message} ${JSON.stringify(fields)}`.includes(part));
    if (!found)
      throw new Error(`the log does not say ${JSON.stringify(part)}:\n${JSON.stringify(stage.bot.log, null, 1)}`);
  }
  for (const [person, count] of Object.entries(warnings ?? {})) {
    const list = await stage.bot.store.warnings.list("console", "console", person);
    if (list.length !== count) throw new Error(`${person} has ${list.length} warnings, not ${count}`);
  }
  if (waiting !== undefined) {
    const count = await stage.bot.store.runs.count();
    if (count !== waiting) throw new Error(`${count} runs wait, not ${waiting}`);
  }
}

function contains(actual: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return actual === wanted;
  if (typeof actual !== "object" || actual === null) return false;
  return Object.entries(wanted).every(([key, value]) => contains((actual as Record<string, unknown>)[key], value));
}

function dataOwner(stage: Stage, owner: string, name: string): DataOwner {
  const base = { platform: "console", server: "console", subject: "" };
  if (owner === "server") return { scope: "server", ...base };
  if (owner === "channel") return { scope: "channel", ...base, subject: "general" };
  if (owner === "everybody") return { scope: "bot", platform: "", server: "", subject: "" };
  const scope = new RegExp(`${name}:.*scope: (\\w+)`).exec(stage.yaml)?.[1] ?? "member";
  if (scope === "user") return { scope: "user", ...base, server: "", subject: owner };
  return { scope: "member", ...base, subject: owner };
}

function asList(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}
