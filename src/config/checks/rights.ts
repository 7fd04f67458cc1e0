import type { Right } from "../../contracts/right.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { argumentsOfKind, platformsOf, whoListsOf } from "./walk.ts";

/** A right that none of the platforms in question has lets nobody in; likewise a role where there are no roles. */
export const platformRights: Check = function* (context) {
  const { config, words, origins } = context;
  for (const { rule, value, node, key } of argumentsOfKind(context, "right")) {
    const platforms = platformsOf(context, rule).flatMap((name) => words.platforms.get(name) ?? []);
    if (platforms.some(({ rights }) => rights.has(value as Right))) continue;
    const at = typeof value === "string" ? origins.position(node, key) : undefined;
    const message = `"${value}" does not exist on ${platforms.map(({ title }) => title).join(", ")}, so the bot never has it.`;
    if (at !== undefined) yield errorAt(at, { code: "not-on-platform", message });
  }
  for (const { list, rule } of whoListsOf(context)) {
    const names = rule === undefined ? Object.keys(config.platforms) : platformsOf(context, rule);
    const platforms = names.flatMap((name) => words.platforms.get(name) ?? []);
    const titles = platforms.map((platform) => platform.title).join(", ");
    for (const who of list) {
      if ("can" in who && !platforms.some((platform) => platform.rights.has(who.can))) {
        const at = origins.position(who, "can");
        const message = `"${who.can}" does not exist on ${titles}, so it lets nobody in.`;
        if (at !== undefined) yield errorAt(at, { code: "not-on-platform", message });
      }
      if ("role" in who && !platforms.some((platform) => platform.roles)) {
        const at = origins.position(who, "role");
        const message = `there are no roles on ${titles}, so this lets nobody in.`;
        const hint = "name people with user:, or a right with can:";
        if (at !== undefined) yield errorAt(at, { code: "not-on-platform", message, hint });
      }
    }
  }
};
