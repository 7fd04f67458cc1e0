import type { PlatformDefinition } from "../../contracts/platform.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { parsePersonName } from "../../language/name.ts";
import type { Check, CheckContext } from "./check.ts";
import { platformsOf, whoListsOf } from "./walk.ts";

/** A username where usernames change hands: it names nobody there, and `deny` keeps everybody out. */
export const usernames: Check = function* (context) {
  const { config, words, origins } = context;
  for (const { list, rule, denies } of whoListsOf(context)) {
    const names = rule === undefined ? Object.keys(config.platforms) : platformsOf(context, rule);
    const platforms = names.flatMap((name) => words.platforms.get(name) ?? []);
    for (const who of list) {
      if (!("user" in who)) continue;
      const here = platforms.filter((platform) => nameOn(context, who.user, platform) !== undefined);
      const nobody = here.filter((platform) => !identifies(platform, nameOn(context, who.user, platform)!));
      const at = nobody.length === 0 ? undefined : origins.position(who, "user");
      // Where others of the platforms know the name, an allow only lets in fewer.
      if (at === undefined || (nobody.length < here.length && denies !== true)) continue;
      const titles = nobody.map(({ title }) => title).join(" and ");
      const comes = denies === true ? "everybody is kept out there" : "this lets nobody in";
      const message = `on ${titles} usernames change hands, so "${who.user}" names nobody for sure and ${comes}.`;
      const others = here.filter((platform) => !nobody.includes(platform)).map(({ name }) => `${name}:${who.user}`);
      const hint =
        others.length > 0
          ? `write "${others.join('", "')}", or the person's id on ${titles}`
          : `write the person's id on ${titles}; under names: it can have a name`;
      const told = { code: "not-on-platform", message, hint } as const;
      yield others.length > 0 ? warningAt(at, told) : errorAt(at, told);
    }
  }
};

/** What a person who is named in the file is called on a platform; undefined where the name is not for it. */
export function nameOn(
  { config, words }: Pick<CheckContext, "config" | "words">,
  written: string,
  platform: PlatformDefinition,
): string | undefined {
  const parsed = parsePersonName(written, [...words.platforms.keys()]);
  if (!parsed.ok || (parsed.value.platform ?? platform.name) !== platform.name) return undefined;
  const { name } = parsed.value;
  const alias = Object.hasOwn(config.names, name) ? config.names[name] : undefined;
  return alias === undefined ? name : alias[platform.name];
}

/** Whether a name of that spelling stands for one person for good. */
export function identifies(platform: PlatformDefinition, name: string): boolean {
  return platform.usernamesIdentify || platform.idPattern.test(name);
}
