import type { CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind, type FoundArgument, platformsOf } from "./walk.ts";
import { platformsOfArgument } from "./where.ts";

/** A button that runs a command must name one of this file, which is where the button is. */
export const commandNames: Check = function* (context) {
  const { config, origins } = context;
  const commands = new Map(
    config.rules.filter(({ command }) => command !== undefined).map((rule) => [rule.name, rule]),
  );
  for (const argument of argumentsOfKind(context, "command_name")) {
    const { value, node, key } = argument;
    if (typeof value !== "string") continue;
    const command = commands.get(value);
    if (command !== undefined) yield* elsewhere(context, argument, command);
    if (command !== undefined || value === "help") continue;
    const at = origins.position(node, key);
    const near = suggest(value, [...commands.keys()]);
    const message = `there is no command "${value}" in this file.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
    if (at !== undefined) yield errorAt(at, { code: "unknown-command", message });
  }
};

/** A press where the command is not is answered as one on a button that is too old. */
function* elsewhere(context: CheckContext, argument: FoundArgument, command: CanonicalRule): Generator<Diagnostic> {
  const there = platformsOfArgument(context, argument);
  const known = platformsOf(context, command);
  const without = there.filter((name) => !known.includes(name));
  const at = without.length === 0 ? undefined : context.origins.position(argument.node, argument.key);
  if (at === undefined) return;
  const titles = without.map((name) => context.words.platforms.get(name)?.title ?? name).join(" and ");
  const text = {
    code: "not-on-platform",
    message: `the command "${command.name}" is not on ${titles}, so that this button does nothing there.`,
    hint: `add ${without.join(", ")} to platforms: of "${command.name}", or leave the button out there`,
  } as const;
  yield without.length === there.length ? errorAt(at, text) : warningAt(at, text);
}
