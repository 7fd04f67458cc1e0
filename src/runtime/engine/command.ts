import type { CommandCall, Json } from "../../contracts/event.ts";
import { PlatformError } from "../../contracts/platform.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { duration } from "../../language/values.ts";
import { type CompiledRule, Refusal, type RunScope } from "../../plan/program.ts";
import { platformSaid, type Sentence, say } from "../../sentences/sentence.ts";
import { inEnglish } from "../../sentences/speaker.ts";
import { answer, tell, writeQuietly } from "../runs/answer.ts";
import { guarded, runRule } from "../runs/begin.ts";
import type { Generation, Services } from "../services.ts";
import { accountKey } from "./account.ts";
import type { Denials } from "./denials.ts";
import { countUse } from "./limits.ts";
import { optionLookup } from "./option-lookup.ts";
import { readOptions } from "./options.ts";
import { deny, entryOf, spelledCommand, whyDenied } from "./refusals.ts";
import { type EventScope, runScope } from "./start-run.ts";
import type { Mutable } from "./values.ts";

/** How many unknown commands of one person are answered in a minute: slips of the hand are, a flood is not. */
const answeredSlips = 5;

/** A command by name: permission, then limit, then options, then its actions. */
export async function handleCall(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  call: CommandCall,
): Promise<void> {
  const rule = commandOf(generation, scope.event.platform, call);
  if (rule !== undefined) await runCommand(services, generation, refused, scope, rule, call);
  else if (call.addressed && !scope.state.taken) await answerUnknown(services, generation, scope, call.name);
}

/** Whether a call names a command of the file. */
export function isKnown(generation: Generation, platform: string, call: CommandCall): boolean {
  return commandOf(generation, platform, call) !== undefined;
}

function commandOf({ plan }: Generation, platform: string, { name }: CommandCall): CompiledRule | undefined {
  const table = plan.commands.get(platform);
  return table?.get(name) ?? table?.get(name.toLowerCase());
}

async function answerUnknown(services: Services, generation: Generation, { event }: EventScope, name: string) {
  const { commands, spelled } = generation.plan;
  const key = `unknown:${accountKey(services, event.platform)}:${event.user.id}`;
  const use = await services.counters.use(key, answeredSlips, { kind: "rolling", ms: 60_000 });
  if (!use.allowed) return;
  const near = suggest(name.toLowerCase(), commands.get(event.platform)?.keys() ?? []);
  const said = (command: string) => spelled(event.platform, command);
  await tell(
    services,
    event,
    say("unknown_command", {
      command: said(name),
      near: near === undefined ? undefined : said(near),
      help: said("help"),
    }),
  );
}

/** Runs a command that was found; a button with `run:` comes in here too, without options. */
export async function runCommand(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  rule: CompiledRule,
  call: CommandCall,
): Promise<void> {
  const { event } = scope;
  if (services.switches.isOff(rule))
    return tell(services, event, say("switched_off", { command: spelledCommand(generation.plan, rule, scope) }));
  if (rule.canonical.mode === "shadow") return runShadow(services, generation, scope, rule, call);
  await guarded(services, generation, rule, event, "person", async () => {
    const denied = await whyDenied(generation.plan, rule, scope);
    if (denied !== undefined) {
      await deny(services, refused, scope, { name: rule.name, sentence: denied });
      return;
    }
    if (!(await withinLimit(services, generation, refused, scope, rule))) return;
    const values = runScope(services, generation, scope);
    const problem = await takeOptions(services, generation, scope, rule, call, values);
    if (problem !== undefined) {
      await tell(services, event, problem);
      return;
    }
    // The row of a command in use is durable before the command's first action.
    const details = { options: plainOptions(values.values.options as Json) };
    await writeQuietly(services, entryOf(event, rule.name, "commands", "", details));
    await runRule(services, generation, rule, scope, values, "person");
  });
}

/** A command that is only tried out: who may not use it, or uses it wrongly, hears nothing of it either. */
async function runShadow(
  services: Services,
  generation: Generation,
  scope: EventScope,
  rule: CompiledRule,
  call: CommandCall,
): Promise<void> {
  await guarded(services, generation, rule, scope.event, "bot", async () => {
    const values = runScope(services, generation, scope);
    const problem =
      (await whyDenied(generation.plan, rule, scope)) ??
      (await takeOptions(services, generation, scope, rule, call, values));
    if (problem === undefined) await runRule(services, generation, rule, scope, values, "bot");
    else
      services.log.info(
        { rule: rule.name, problem: inEnglish(problem) },
        "in shadow mode: the command would be refused",
      );
  });
}

async function withinLimit(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  rule: CompiledRule,
): Promise<boolean> {
  const limit = rule.command?.limit;
  if (limit === undefined) return true;
  if (limit.exempt !== undefined && (await limit.exempt.matches(scope.actor)) === true) return true;
  const { event } = scope;
  const used = countUse(services, limit, event, generation.plan.config.bot.timezone);
  const counted = used instanceof Promise ? await used : used;
  if (counted.allowed) return true;
  const entry = entryOf(event, rule.name, "rate_limited", "refused");
  const key = `limited:${limit.name}:${event.platform}:${event.server?.id ?? ""}:${event.user.id}`;
  if (refused.first(key, entry, counted.retryAt)) await writeQuietly(services, entry);
  if (!counted.firstRefusal) return false;
  const ms = Math.max(1000, counted.retryAt - services.clock.now());
  const said = limit.whenLimited?.({ retry_after: duration(ms) }, scope.env);
  if (said === undefined) await tell(services, event, say("limited", { retry_after: duration(ms) }));
  else await answer(services, event, said);
  return false;
}

/** Reads the options into the variables. @returns a sentence for the person when they cannot be used. */
async function takeOptions(
  services: Services,
  generation: Generation,
  scope: EventScope,
  rule: CompiledRule,
  call: CommandCall,
  { values, names, env }: RunScope & { readonly values: Mutable },
): Promise<Sentence | undefined> {
  const { event } = scope;
  const { options } = rule.command!;
  const command = spelledCommand(generation.plan, rule, scope);
  if (changedForm(rule, call)) return say("just_changed", { command });
  if (options.length === 0 && call.input.kind === "options") {
    values.options = {};
    return undefined;
  }
  try {
    const message = event.kind === "message" ? event.message : undefined;
    values.options = await readOptions(command, options, call, message, optionLookup(services, { event, names, env }));
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    if (error instanceof PlatformError) return platformSaid(error);
    throw error;
  }
}

/** A form of the platform's own that was filled in before the command changed. */
function changedForm(rule: CompiledRule, { input }: CommandCall): boolean {
  if (input.kind !== "options") return false;
  const declared = rule.command!.options;
  const given = input.options;
  return (
    Object.keys(given).some((name) => !declared.some((option) => option.name === name)) ||
    declared.some((option) => option.required && !Object.hasOwn(given, option.name))
  );
}

/** People and roles by name, so that the log reads well and holds little. */
function plainOptions(options: Json): Json {
  const plain: { [name: string]: Json } = {};
  for (const [name, value] of Object.entries(options as { readonly [name: string]: Json }))
    plain[name] = typeof value === "object" && value !== null && "name" in value ? (value.name as Json) : value;
  return plain;
}
