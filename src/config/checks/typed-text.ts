import type { CanonicalRule } from "../../contracts/canonical.ts";
import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { argumentsOf, testsOf } from "./walk.ts";

const expressions = /\{\{([^{}]*)\}\}/g;

/** What people type, put into an address as it is, can lead to another page of that server. */
export const unescapedUrl: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const { field, value, node, key } of argumentsOf(context, rule)) {
      if (field.kind !== "plain" || field.format !== "fixed_host" || typeof value !== "string") continue;
      for (const { 0: tag, 1: expression, index } of value.matchAll(expressions)) {
        const typed = /\|\s*url_encode\b/.test(expression!) ? undefined : typedBySomebody(rule, expression!);
        const at = typed === undefined ? undefined : context.origins.inText(node, key, index, tag.length);
        if (at === undefined) continue;
        const message = `"${typed}" is what somebody typed, and could change the address.`;
        const hint = `write {{ ${expression!.trim()} | url_encode }}, or put it under query:`;
        yield warningAt(at, { code: "unescaped-url", message, hint });
      }
    }
};

/** What people type, taken for a pattern. */
export const typedPattern: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const { test, args } of testsOf(context, rule)) {
      const { matches } = args;
      if (test !== "text" || !Array.isArray(matches)) continue;
      for (const [key, value] of (matches as readonly unknown[]).entries()) {
        if (typeof value !== "string") continue;
        for (const { 0: tag, 1: expression, index } of value.matchAll(expressions)) {
          const typed = typedBySomebody(rule, expression!);
          const at = typed === undefined ? undefined : context.origins.inText(matches, key, index, tag.length);
          const message = `"${typed}" is what somebody typed, and is taken for a pattern here.`;
          if (at !== undefined)
            yield warningAt(at, {
              code: "typed-pattern",
              message,
              hint: "write contains: or equals: in place of matches:",
            });
        }
      }
    }
};

/** The first free text in an expression: names, messages, and options that are neither numbers nor choices. */
function typedBySomebody(rule: CanonicalRule, expression: string): string | undefined {
  for (const [path, root, name] of expression.matchAll(/\b(options|message|user|steps)\.(\w+)(?:\.\w+)*/g)) {
    if (/\.(id|created_at|joined_at)$/.test(path)) continue;
    const option = rule.command?.options.find((one) => one.name === name);
    if (root === "options" && rule.command !== undefined && option?.type !== "text" && !path.endsWith(".name"))
      continue;
    if (root === "message" && name !== "text") continue;
    if (root === "user" && name !== "name" && name !== "nickname") continue;
    return path;
  }
  return undefined;
}
