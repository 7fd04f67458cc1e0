import { warningAt } from "../../diagnostics/diagnostic.ts";
import { hasTags } from "../../language/template/scan.ts";
import type { Check } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";
import { platformsOfArgument } from "./where.ts";

/** Emoji that a platform of their rule does not have as reactions. */
export const reactions: Check = function* (context) {
  for (const argument of argumentsOfKind(context, "emoji")) {
    const { field, value, node, key } = argument;
    if (field.reaction !== true || typeof value !== "string" || hasTags(value)) continue;
    const all = platformsOfArgument(context, argument).flatMap((name) => context.words.platforms.get(name) ?? []);
    const without = all.filter((platform) => platform.reactions?.has(value) === false);
    const at = without.length === 0 ? undefined : context.origins.position(node, key);
    if (at === undefined) continue;
    const titles = without.map(({ title }) => title).join(" and ");
    // Platforms get new ones at times.
    yield warningAt(at, {
      code: "not-on-platform",
      message: `${value} is no reaction on ${titles}.`,
      hint: without.map(({ reactions: known }) => known!.instead).join("; "),
    });
  }
};
