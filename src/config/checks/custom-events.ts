import { warningAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { actionsOfWord } from "./walk.ts";

/** An event that only one side names, `emit` or `custom_event`, does nothing: most likely a name is misspelt. */
export const customEvents: Check = function* (context) {
  const { rules } = context.config;
  const heard = rules.flatMap((rule) => rule.when.filter(({ trigger }) => trigger === "custom_event"));
  const emitted = actionsOfWord(context, "emit").map(({ action }) => action);
  const heardNames = heard.map(({ args }) => String(args.name));
  const emittedNames = emitted.map(({ args }) => String(args.event));
  const meant = new Set<string>();
  for (const [index, { args }] of emitted.entries()) {
    const name = emittedNames[index]!;
    if (name.includes("{{") || heardNames.includes(name)) continue;
    const at = context.origins.position(args, "event");
    const near = suggest(name, heardNames);
    if (near !== undefined) meant.add(near);
    const offer = near === undefined ? "" : ` Did you mean "${near}"?`;
    const message = `no rule listens for "${name}", so nothing comes of it.${offer}`;
    if (at !== undefined) yield warningAt(at, { code: "unheard-event", message });
  }
  // A name that is made up while the bot runs may be any.
  if (emittedNames.some((name) => name.includes("{{"))) return;
  for (const [index, { args }] of heard.entries()) {
    const name = heardNames[index]!;
    // The other side of a misspelt name is told already.
    if (emittedNames.includes(name) || meant.has(name)) continue;
    const at = context.origins.position(args, "name");
    const message = `nothing in this file emits "${name}", so it never happens.`;
    if (at !== undefined) yield warningAt(at, { code: "unheard-event", message, hint: `write - emit: ${name}` });
  }
};
