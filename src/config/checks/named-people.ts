import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { nameOn } from "./usernames.ts";
import { argumentsOfKind, platformsOf } from "./walk.ts";

/** Somebody who is named where people are found by their ids: only whom the bot has heard has a name there. */
export const namedPeople: Check = function* (context) {
  for (const { rule, value, node, key } of argumentsOfKind(context, "person")) {
    if (typeof value !== "string") continue;
    const platforms = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
    if (platforms.every(({ findsPeople }) => findsPeople)) continue;
    const here = platforms.flatMap((platform) => {
      const name = nameOn(context, value, platform);
      return name === undefined ? [] : [{ platform, name }];
    });
    const unsure = here.filter(({ platform, name }) => !platform.findsPeople && !platform.idPattern.test(name));
    const at = unsure.length === 0 ? undefined : context.origins.position(node, key);
    if (at === undefined) continue;
    const titles = unsure.map(({ platform }) => platform.title).join(" and ");
    const message = `on ${titles} people are found by their id; as "${unsure[0]!.name}" only somebody whom the bot has heard, and usernames change hands.`;
    const each = here.map(({ platform, name }) => `${platform.name}: ${platform.findsPeople ? name : '"123456789"'}`);
    const hint =
      here.length === unsure.length
        ? `write the person's id on ${titles}, a number in quotes`
        : `say who it is on each platform: names: { ${value.replace(/^@/, "")}: { ${each.join(", ")} } }`;
    yield warningAt(at, { code: "not-on-platform", message, hint });
  }
};
