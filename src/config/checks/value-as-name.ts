import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { argumentsOf } from "./walk.ts";

const paths = /^(?:options|user|steps|message)\.\w+(?:\.\w+)*$/;
const roots: Readonly<Record<string, RegExp>> = {
  person: /^(?:user|member|author)$/,
  places: /^channel$/,
};

/** `warn: user` and `ban: options.member`: names of nobody, where a value was meant. */
export const valueAsName: Check = function* ({ config, origins, ...context }) {
  for (const rule of config.rules)
    for (const { field, value, node, key } of argumentsOf({ config, origins, ...context }, rule)) {
      if (field.kind !== "person" && field.kind !== "role" && field.kind !== "places") continue;
      for (const [index, name] of (Array.isArray(value) ? value : [value]).entries()) {
        if (typeof name !== "string" || !(paths.test(name) || roots[field.kind]?.test(name))) continue;
        const at = Array.isArray(value) ? origins.position(value, index) : origins.position(node, key);
        const meant = name === "member" || name === "author" ? "user" : name;
        const message = `"${name}" is taken for a name here; a value stands in two pairs of braces.`;
        if (at !== undefined)
          yield warningAt(at, { code: "looks-like-a-value", message, hint: `write "{{ ${meant} }}", with the quotes` });
      }
    }
};
