import type { CanonicalCondition, CanonicalRule } from "../../contracts/canonical.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { noticeAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOf, conditionsOf, platformsOf } from "./walk.ts";

interface Known {
  readonly tells: (platform: PlatformDefinition) => boolean;
  readonly missing: (titles: string) => string;
}

/** What of people only some platforms know. */
const knowledge: Readonly<Record<string, Known>> = {
  roles: { tells: ({ roles }) => roles, missing: (titles) => `there are no roles on ${titles}` },
  nickname: {
    tells: ({ capabilities }) => capabilities.has("members.nickname"),
    missing: (titles) => `there are no nicknames on ${titles}`,
  },
  joined_at: {
    tells: ({ capabilities }) => capabilities.has("members.joined_at"),
    missing: (titles) => `${titles} cannot tell when people joined`,
  },
  created_at: {
    tells: ({ capabilities }) => capabilities.has("people.created_at"),
    missing: (titles) => `${titles} cannot tell when accounts were made`,
  },
};

const reads = /(?<![\w.])(?:user|author|moderator|options\.\w+)\.(roles|nickname|joined_at|created_at)\b/g;

const tags = /\{[{%].*?[}%]\}/gs;

/** What is always empty, because the platform knows nothing of the kind about people. */
export const knownOfPeople: Check = function* (context) {
  for (const rule of context.config.rules) {
    const platforms = platformsOf(context, rule).flatMap((name) => context.words.platforms.get(name) ?? []);
    if (platforms.every((platform) => Object.values(knowledge).every(({ tells }) => tells(platform)))) continue;
    // Told once in a rule, however often it is read.
    const told = new Set<string>();
    for (const { text, node, key, offset = 0 } of textsOf(context, rule))
      for (const { 0: path, 1: field, index } of text.matchAll(reads)) {
        const { tells, missing } = knowledge[field!]!;
        const lacking = platforms.filter((platform) => !tells(platform));
        const at = lacking.length === 0 ? undefined : context.origins.inText(node, key, offset + index, path.length);
        if (at === undefined || told.has(path)) continue;
        told.add(path);
        const titles = lacking.map(({ title }) => title).join(" and ");
        const code = "not-on-platform";
        const always = `${missing(titles)}, so "${path}" is always empty`;
        yield lacking.length === platforms.length
          ? warningAt(at, { code, message: `${always}.` })
          : noticeAt(at, { code, message: `${always} there.` });
      }
  }
};

interface FoundText {
  readonly text: string;
  /** Where it is written, for asking the origins. */
  readonly node: object;
  readonly key: string | number;
  readonly offset?: number;
}

function* textsOf(context: CheckContext, rule: CanonicalRule): Generator<FoundText> {
  for (const { value, node, key } of argumentsOf(context, rule)) {
    if (typeof value === "string")
      for (const { 0: text, index: offset } of value.matchAll(tags)) yield { text, node, key, offset };
    else if (isExpression(value)) yield { text: value.$, node: value, key: "$" };
  }
  for (const condition of conditionsOf(context, rule)) yield* expressionsIn(condition);
}

function* expressionsIn(condition: CanonicalCondition): Generator<FoundText> {
  if ("all" in condition) for (const inner of condition.all) yield* expressionsIn(inner);
  else if ("any" in condition) for (const inner of condition.any) yield* expressionsIn(inner);
  else if ("not" in condition) yield* expressionsIn(condition.not);
  else if ("$" in condition) yield { text: condition.$, node: condition, key: "$" };
}

function isExpression(value: unknown): value is { readonly $: string } {
  return typeof value === "object" && value !== null && "$" in value && typeof value.$ === "string";
}
