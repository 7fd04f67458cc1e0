import type { CommandCall, Json } from "../../contracts/event.ts";
import { rights } from "../../contracts/right.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { richText } from "../../language/rich-text.ts";
import { duration } from "../../language/values.ts";
import { type CompiledRule, Refusal } from "../../plan/program.ts";
import { holdsRight } from "../../plan/who.ts";
import { execute, messageOf, tell } from "../runs/interpreter.ts";
import type { Generation, Services } from "../services.ts";
import type { Denials } from "./denials.ts";
import { countUse } from "./limits.ts";
import { findPerson } from "./names.ts";
import { type OptionLookup, readOptions } from "./options.ts";
import { sentences } from "./sentences.ts";
import { type EventScope, prepareRun, runScope } from "./start-run.ts";

/** A command by name: permission, then limit, then options, then its actions. */
export async function handleCall(
  services: Services,
  generation: Generation,
  refused: Denials,
  scope: EventScope,
  call: CommandCall,
): Promise<void> {
  const { event } = scope;
  const table = generation.plan.commands.get(event.platform);
  const rule = table?.get(call.name) ?? table?.get(call.name.toLowerCase());
  if (rule === undefined) {
    if (!call.addressed || table === undefined) return;
    const near = suggest(call.name.toLowerCase(), [...table.keys()]);
    if (refused.first(`unknown:${event.platform}:${event.user.id}`, entryOf(event, call.name, "commands", "unknown")))
      await tell(services, { event }, sentences.unknownCommand(call.name, near));
    return;
  }
  await runCommand(services, generation, refused, scope, rule, call);
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
  const name = rule.name;
  const denied = await whyDenied(rule, scope);
  if (denied !== undefined) {
    await refuse(services, refused, scope, name, "denied", denied);
    return;
  }
  if (!(await withinLimit(services, generation, refused, scope, rule))) return;

  const values = runScope(services, generation, scope);
  try {
    values.values.options = await readOptions(
      call.name,
      rule.command!.options,
      call,
      event.kind === "message" ? event.message : undefined,
      optionLookup(services, scope, values.names),
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await tell(services, scope, changedForm(rule, call) ? sentences.justChanged(name) : error.message);
    return;
  }
  const [run] = await Promise.all([
    prepareRun(services, generation, rule, scope, values, { acting: "person", root: "do" }),
    recordCommand(services, scope, name, values.values.options as Json),
  ]);
  if (rule.if !== undefined && (await rule.if(values)) !== true) {
    const otherwise = rule.blocks.get("@else");
    if (otherwise === undefined) return;
    run.frames[0] = { block: "@else", sequence: otherwise, index: 0 };
  }
  await execute(services, generation, run);
}

/** Why a person may not use a command: deny beats allow, and what cannot be checked is denied. */
export async function whyDenied(rule: CompiledRule, { actor }: EventScope): Promise<string | undefined> {
  const command = rule.command!;
  if (command.deny !== undefined && (await command.deny.matches(actor)) !== false)
    return sentences.notAllowed(rule.name);
  if (command.allow !== undefined)
    return (await command.allow.matches(actor)) === true ? undefined : sentences.notAllowed(rule.name);
  if (rule.rights.length === 0) return undefined;
  const standing = await actor.standing();
  const lacking = rule.rights.find((right) => holdsRight(standing, right) !== true);
  return lacking === undefined ? undefined : sentences.rightNeeded(rule.name, rights[lacking]);
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
  const used = countUse(services, limit, scope.event, generation.plan.config.bot.timezone);
  const answer = used instanceof Promise ? await used : used;
  if (answer.allowed) return true;
  const entry = entryOf(scope.event, rule.name, "rate_limited", "refused");
  // The counter knows which refusal is the first of its window; the rest are only counted.
  const first = refused.first(`limited:${limit.name}:${scope.event.platform}:${scope.event.user.id}`, entry);
  if (!first) return false;
  await writeQuietly(services, entry);
  if (!answer.firstRefusal) return false;
  const ms = Math.max(1000, answer.retryAt - services.clock.now());
  const { locale } = scope.env;
  const said = limit.whenLimited?.({ retry_after: duration(ms) }, scope.env);
  if (said === undefined) await tell(services, scope, sentences.limited(ms, locale));
  else await answerRich(services, scope, said);
  return false;
}

async function answerRich(services: Services, { event }: EventScope, text: ReturnType<typeof richText>): Promise<void> {
  try {
    await services.port(event.platform)?.reply(event.origin, { text, ephemeral: true });
  } catch (error) {
    services.log.warn({ error: messageOf(error) }, "a person could not be answered");
  }
}

/** One answer and one counted row a window, however often somebody tries. */
export async function refuse(
  services: Services,
  refused: Denials,
  scope: EventScope,
  name: string,
  kind: "denied",
  sentence: string,
): Promise<void> {
  const { event } = scope;
  const entry = entryOf(event, name, kind, "refused");
  if (!refused.first(`${kind}:${name}:${event.platform}:${event.user.id}`, entry)) return;
  await writeQuietly(services, entry);
  await tell(services, scope, sentence);
}

function entryOf(
  event: EventScope["event"],
  action: string,
  kind: "denied" | "rate_limited" | "commands",
  outcome: string,
) {
  return {
    kind,
    platform: event.platform,
    ...(event.server === undefined ? {} : { serverId: event.server.id }),
    actor: { id: event.user.id, name: event.user.name },
    action,
    outcome,
  } as const;
}

/** The row of a command in use; it is durable before the command's first action. */
async function recordCommand(services: Services, { event }: EventScope, name: string, options: Json): Promise<void> {
  await writeQuietly(services, {
    ...entryOf(event, name, "commands", ""),
    details: { options: plainOptions(options) },
  });
}

/** People and roles by name, so that the log reads well and holds little. */
function plainOptions(options: Json): Json {
  if (typeof options !== "object" || options === null || Array.isArray(options)) return {};
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      const named = typeof value === "object" && value !== null && "name" in value ? (value.name as Json) : value;
      return [name, named];
    }),
  );
}

async function writeQuietly(services: Services, entry: Parameters<Services["audit"]["write"]>[0]): Promise<void> {
  try {
    await services.audit.write(entry);
  } catch (error) {
    services.log.error({ error: messageOf(error) }, "the audit log could not be written");
  }
}

/** A slash command that was filled in by its old form: it has options that the file no longer has. */
function changedForm(rule: CompiledRule, call: CommandCall): boolean {
  if (call.input.kind !== "options") return false;
  const declared = rule.command!.options;
  const given = call.input.options;
  return (
    Object.keys(given).some((name) => !declared.some((option) => option.name === name)) ||
    declared.some((option) => option.required && !Object.hasOwn(given, option.name))
  );
}

function optionLookup(
  services: Services,
  { event }: EventScope,
  names: ReturnType<typeof runScope>["names"],
): OptionLookup {
  return {
    async person(name) {
      const port = services.port(event.platform);
      return port === undefined ? undefined : findPerson(services, port, event.server?.id, name);
    },
    role: (name) => names.role(name.replace(/^@/, "")),
    channel: async (name) => (await names.place(undefined, name.replace(/^#/, ""))).channel,
  };
}
