import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { parseName } from "../../language/name.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind, whoListsOf } from "./walk.ts";

/** Platforms that are named must be declared: in `platforms:` of a rule, in `names:`, in `discord:news`. */
export const declaredPlatforms: Check = function* (context) {
  const { config } = context;
  for (const rule of config.rules) {
    for (const [index, name] of rule.platforms.entries()) yield* undeclared(context, name, rule.platforms, index);
    const spellings = rule.command?.names ?? {};
    for (const name of Object.keys(spellings)) yield* undeclared(context, name, spellings, name, "key");
  }
  for (const { value } of argumentsOfKind(context, "places"))
    if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* prefixed(context, item, value, index);
  for (const { value, node, key } of argumentsOfKind(context, "platform_name"))
    yield* undeclared(context, String(value), node, key);
  for (const kind of ["role", "person"] as const)
    for (const { value, node, key } of argumentsOfKind(context, kind)) yield* prefixed(context, value, node, key);
  for (const platforms of Object.values(config.names)) {
    for (const name of Object.keys(platforms)) {
      // A platform that is switched off for a while need not be taken out of every name.
      for (const one of undeclared(context, name, platforms, name, "key")) {
        yield one.code === "undeclared-platform" ? { ...one, severity: "warning" } : one;
      }
    }
  }
  for (const { list } of whoListsOf(context)) {
    for (const who of list) {
      if ("role" in who) yield* prefixed(context, who.role, who, "role");
      if ("user" in who) yield* prefixed(context, who.user, who, "user");
    }
  }
};

function* prefixed(context: CheckContext, value: unknown, node: object, key: string | number): Generator<Diagnostic> {
  if (typeof value !== "string") return;
  const parsed = parseName(value, [...context.words.platforms.keys()]);
  if (parsed.ok && parsed.value.platform !== undefined) yield* undeclared(context, parsed.value.platform, node, key);
}

function* undeclared(
  context: CheckContext,
  name: string,
  node: object,
  key: string | number,
  of: "key" | "value" = "value",
): Generator<Diagnostic> {
  const declared = Object.keys(context.config.platforms);
  if (declared.includes(name)) return;
  const at = context.origins.position(node, key, of);
  if (at === undefined) return;
  const known = context.words.platforms.has(name);
  const near = known ? undefined : suggest(name, [...context.words.platforms.keys()]);
  const message = known
    ? `this bot is not on ${context.words.platforms.get(name)!.title}: "${name}" is not under platforms.`
    : `there is no platform "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  const hint = known ? { hint: `it is on ${declared.join(", ")}` } : {};
  yield errorAt(at, { code: known ? "undeclared-platform" : "unknown-platform", message, ...hint });
}
