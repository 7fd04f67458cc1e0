import type { CanonicalRule } from "../../contracts/canonical.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { platformsOf } from "./walk.ts";

/** What platforms allow of commands: how many, how many options, how long a description. */
export const commandLimits: Check = function* (context) {
  const counts = new Map<string, number>();
  for (const rule of context.config.rules) {
    if (rule.command === undefined) continue;
    for (const name of platformsOf(context, rule)) {
      const platform = context.words.platforms.get(name);
      if (platform === undefined) continue;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      if (count === platform.limits.commands + 1) yield* tooMany(context, rule, platform);
      yield* tooLong(context, rule, platform);
    }
  }
};

function* tooMany(context: CheckContext, rule: CanonicalRule, platform: PlatformDefinition): Generator<Diagnostic> {
  const at = context.origins.position(rule, undefined, "key");
  const message = `${platform.title} takes at most ${platform.limits.commands} commands, and this is one more.`;
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
}
