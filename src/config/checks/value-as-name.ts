import type { CanonicalRule } from "../../contracts/canonical.ts";
import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { actionsOf, argumentsOf, argumentsOfKind } from "./walk.ts";

/** For whom a name was written, these are hardly names: whatever stands behind the dot. */
const paths = /^(?:options|data|user|steps|message)\.\w+(?:\.\w+)*$/;
const roots: Readonly<Record<string, RegExp>> = {
  person: /^(?:user|member|author)$/,
  places: /^channel$/,
};

/** `warn: user`, `ban: options.member` and `for_each: data.games`: names and texts, where a value was meant. */
export const valueAsName: Check = function* (context) {
  const { origins } = context;
  const knownIn = new Map<CanonicalRule, ReadonlySet<string>>();
  for (const kind of ["person", "role", "places", "value"] as const) {
    const taken = kind === "value" ? "text" : "name";
    for (const { rule, value, node, key } of argumentsOfKind(context, kind)) {
      for (const [index, name] of (Array.isArray(value) ? value : [value]).entries()) {
        if (typeof name !== "string" || !/^[a-z_]\w*(?:\.\w+)*$/i.test(name)) continue;
        const [first, second] = name.split(".");
        const known = knownIn.get(rule) ?? valuesOf(context, rule);
        knownIn.set(rule, known);
        const isValue =
          taken === "name"
            ? paths.test(name) || roots[kind]?.test(name) === true || known.has(first!)
            : second !== undefined && (known.has(first!) || known.has(`${first}.${second}`));
        if (!isValue) continue;
        const at = Array.isArray(value) ? origins.position(value, index) : origins.position(node, key);
        const meant = name === "member" || name === "author" ? "user" : name;
        const message = `"${name}" is taken for a ${taken} here; a value stands in two pairs of braces.`;
        if (at !== undefined)
          yield warningAt(at, { code: "looks-like-a-value", message, hint: `write "{{ ${meant} }}", with the quotes` });
      }
    }
  }
};

/** The values that a rule can name for certain: what is declared, what is kept, and what its loops go through. */
function valuesOf(context: CheckContext, rule: CanonicalRule): ReadonlySet<string> {
  const known = new Set(["user.name", "user.id", "user.mention", "message.text"]);
  for (const name of Object.keys(context.config.data)) known.add(`data.${name}`);
  for (const { name } of rule.command?.options ?? []) known.add(`options.${name}`);
  for (const { save_as } of actionsOf(context, rule)) if (save_as !== undefined) known.add(`steps.${save_as}`);
  for (const { key, value } of argumentsOf(context, rule))
    if (key === "as" && typeof value === "string") known.add(value);
  return known;
}
