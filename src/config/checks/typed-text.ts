import type { CanonicalArguments, CanonicalRule } from "../../contracts/canonical.ts";
import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { actionsOf, argumentsOfKind, testsOf, wordOf } from "./walk.ts";

const expressions = /\{\{([^{}]*)\}\}/g;

/** What people type, put into an address as it is, can lead elsewhere. */
export const unescapedUrl: Check = function* (context) {
  for (const { rule, field, value, node, key } of argumentsOfKind(context, "plain")) {
    if (field.format !== "url" && field.format !== "fixed_host") continue;
    if (typeof value !== "string") continue;
    for (const { 0: tag, 1: expression, index } of value.matchAll(expressions)) {
      const typed = /\|\s*url_encode\b/.test(expression!) ? undefined : typedBySomebody(context, rule, expression!);
      const at = typed === undefined ? undefined : context.origins.inText(node, key, index, tag.length);
      if (at === undefined) continue;
      const encoded = `{{ ${expression!.trim()} | url_encode }}`;
      const begins = /^https?:\/\/[^/?#]+[/?#]/.test(value.slice(0, index));
      const message = `"${typed}" is what somebody typed, and could ${begins ? "change the address" : "lead to any page"}.`;
      const hint = begins
        ? `write ${encoded}${field.format === "fixed_host" ? ", or put it under query:" : ""}`
        : `write the beginning of the address as it is, such as https://example.org/${encoded}`;
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
          const typed = typedBySomebody(context, rule, expression!);
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

/** The first free text in an expression: names, messages, and options and answers that are neither numbers nor choices. */
function typedBySomebody(context: CheckContext, rule: CanonicalRule, expression: string): string | undefined {
  for (const [path, root, name] of expression.matchAll(/\b(options|message|user|steps)\.(\w+)(?:\.\w+)*/g)) {
    if (/\.(id|created_at|joined_at)$/.test(path)) continue;
    const option = rule.command?.options.find((one) => one.name === name);
    if (root === "options" && rule.command !== undefined && option?.type !== "text" && !path.endsWith(".name"))
      continue;
    if (root === "message" && name !== "text") continue;
    if (root === "user" && name !== "name" && name !== "nickname") continue;
    if (root === "steps" && !isFreeAnswer(context, rule, path)) continue;
    return path;
  }
  return undefined;
}

/** Whether what is saved is what somebody was asked for and wrote in their own words. */
function isFreeAnswer(context: CheckContext, rule: CanonicalRule, path: string): boolean {
  const [, name, part] = path.split(".");
  return actionsOf(context, rule).some((action) => {
    const word = action.save_as === name ? wordOf(context, action) : undefined;
    if (word?.answered === undefined) return false;
    const { args } = action;
    // A form has several answers, each under a name.
    const fields = word.fields.fields?.kind === "map" ? (args.fields as CanonicalArguments) : undefined;
    const asked = fields === undefined ? args : fields[part ?? ""];
    if (typeof asked !== "object" || asked === null || !("type" in word.fields || fields !== undefined)) return false;
    const { type, choices } = asked as CanonicalArguments;
    return choices === undefined && (type === undefined || type === "text");
  });
}
