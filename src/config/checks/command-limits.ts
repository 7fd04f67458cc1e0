import type { CanonicalCommand, CanonicalRule } from "../../contracts/canonical.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { platformsOf } from "./walk.ts";

/** What platforms allow of commands: how many, how many options, how much text. */
export const commandLimits: Check = function* (context) {
  const counts = new Map<string, number>();
  const commands = context.config.rules.filter(({ command, enabled }) => command !== undefined && enabled);
  const hasOwnHelp = commands.some(({ name }) => name === "help");
  for (const rule of commands) {
    for (const name of platformsOf(context, rule)) {
      const platform = context.words.platforms.get(name);
      if (platform === undefined) continue;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const most = platform.limits.commands - (hasOwnHelp ? 0 : 1);
      if (count === most + 1) yield* tooMany(context, rule, platform, hasOwnHelp);
      yield* tooLong(context, rule, platform);
    }
  }
};

function* tooMany(
  context: CheckContext,
  rule: CanonicalRule,
  { title, limits }: PlatformDefinition,
  hasOwnHelp: boolean,
): Generator<Diagnostic> {
  const at = context.origins.position(rule, undefined, "key");
  const help = hasOwnHelp ? "" : ", of which help is one";
  const message = `${title} takes at most ${limits.commands} commands${help}, and this is one more.`;
  const hint = "limit some to other platforms with platforms:";
  if (at !== undefined) yield errorAt(at, { code: "too-many-commands", message, hint });
}

function* tooLong(context: CheckContext, rule: CanonicalRule, platform: PlatformDefinition): Generator<Diagnostic> {
  const command = rule.command!;
  const { limits, title } = platform;
  for (const node of [command, ...command.options]) {
    const length = node.description.length;
    if (length <= limits.descriptionLength) continue;
    const at = context.origins.position(node, "description");
    if (at === undefined) continue;
    const message = `${title} shows at most ${limits.descriptionLength} characters here, and these are ${length}.`;
    yield errorAt(at, { code: "too-long", message });
  }
  const extra = command.options[limits.options];
  const at = extra && context.origins.position(extra, undefined, "key");
  const message = `${title} takes at most ${limits.options} options for a command, and this is one more.`;
  if (at !== undefined) yield errorAt(at, { code: "too-many-options", message });
  yield* tooMuch(context, rule, platform, lengthOf(rule.name, command));
}

function* tooMuch(
  { origins }: CheckContext,
  rule: CanonicalRule,
  { title, limits: { commandLength } }: PlatformDefinition,
  length: number,
): Generator<Diagnostic> {
  if (commandLength === undefined || length <= commandLength) return;
  const at = origins.position(rule, undefined, "key");
  const message = `${title} takes at most ${commandLength} characters of a command, its options and their choices together, and these are ${length}.`;
  if (at !== undefined) yield errorAt(at, { code: "too-long", message, hint: "shorten choices, or leave some out" });
}

/** What is registered of a command, in characters; a choice is both shown and sent. */
function lengthOf(name: string, { description, options }: CanonicalCommand): number {
  return options.reduce(
    (sum, option) => sum + option.name.length + option.description.length + 2 * choicesOf(option).join("").length,
    name.length + description.length,
  );
}

/** What is picked from a list of choices is written, not picked, where it may be several. */
const choicesOf = ({ type, choices = [] }: CanonicalCommand["options"][number]) => (type === "list" ? [] : choices);
