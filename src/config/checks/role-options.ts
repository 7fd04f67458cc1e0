import type { CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind, platformsOf } from "./walk.ts";

/** A role that people are asked for where there are none: whatever they write, it is not found. */
export const roleOptions: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const option of rule.command?.options ?? [])
      if (option.type === "role") yield* missing(context, rule, option.name, option);
  for (const { rule, value, node, key } of argumentsOfKind(context, "choice"))
    if (key === "type" && value === "role") yield* missing(context, rule, undefined, node);
};

function* missing(
  context: CheckContext,
  rule: CanonicalRule,
  option: string | undefined,
  node: object,
): Generator<Diagnostic> {
  const all = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
  const without = all.filter(({ roles }) => !roles);
  const at =
    without.length === 0 ? undefined : (context.origins.position(node, "type") ?? context.origins.position(node));
  if (at === undefined) return;
  const what = option === undefined ? "nobody can name one" : `"${option}" can never be given`;
  const message = `there are no roles on ${without.map(({ title }) => title).join(" and ")}, so ${what} there.`;
  const able = all.filter(({ roles }) => roles).map(({ name }) => name);
  const hint = `to leave it out there, write platforms: [${able.join(", ")}] in "${rule.name}"`;
  yield able.length === 0
    ? errorAt(at, { code: "not-on-platform", message })
    : warningAt(at, { code: "not-on-platform", message, hint });
}
