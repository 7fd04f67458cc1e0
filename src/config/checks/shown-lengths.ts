import type { CanonicalValue } from "../../contracts/canonical.ts";
import type { Bounded } from "../../contracts/fields.ts";
import type { PlatformLimit } from "../../contracts/limits.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { type Diagnostic, warningAt } from "../../diagnostics/diagnostic.ts";
import type { RichNode, RichText } from "../../language/rich-text.ts";
import { compileTemplate } from "../../language/template/compile.ts";
import { hasTags } from "../../language/template/scan.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind, type FoundArgument, perFile } from "./walk.ts";
import { platformsOfArgument } from "./where.ts";

/** Texts and numbers of which a platform of their rule takes less than the language does. */
export const shownLengths: Check = function* (context) {
  for (const kind of ["text", "plain", "integer"] as const)
    for (const argument of argumentsOfKind(context, kind)) {
      const { field, node } = argument;
      const { limit, limitWith }: Bounded = field;
      if (limit === undefined) continue;
      const beside = limitWith === undefined || (node as Record<string, unknown>)[limitWith];
      if (beside === undefined || beside === false) continue;
      // No text shows more than is written.
      const most = typeof argument.value === "string" ? argument.value.length : Number.POSITIVE_INFINITY;
      if (most <= smallest(context, limit)) continue;
      const length = lengthOf(argument);
      if (length === undefined) continue;
      const [platform] = platformsOfArgument(context, argument)
        .flatMap((name) => context.words.platforms.get(name) ?? [])
        .filter((one) => (one.limits[limit] ?? Number.POSITIVE_INFINITY) < length)
        .sort((a, b) => a.limits[limit]! - b.limits[limit]!);
      if (platform !== undefined) yield* told(context, argument, platform, platform.limits[limit]!, length);
    }
};

const knownLimits = perFile(() => new Map<PlatformLimit, number>());

/** The least that a platform of the file takes. */
function smallest(context: CheckContext, limit: PlatformLimit): number {
  const known = knownLimits(context);
  let least = known.get(limit);
  if (least === undefined) {
    const platforms = Object.keys(context.config.platforms).flatMap((name) => context.words.platforms.get(name) ?? []);
    least = Math.min(...platforms.map(({ limits }) => limits[limit] ?? Number.POSITIVE_INFINITY));
    known.set(limit, least);
  }
  return least;
}

function* told(
  { origins }: CheckContext,
  { field, node, key }: FoundArgument,
  { title }: PlatformDefinition,
  most: number,
  length: number,
): Generator<Diagnostic> {
  const at = origins.position(node, key);
  if (at === undefined) return;
  if (field.kind === "integer") {
    const message = `on ${title} people can write at most ${most} characters here, so nobody can write ${length}.`;
    yield warningAt(at, { code: "cut-on-platform", message, hint: `write ${most} or less` });
    return;
  }
  const message = `${title} takes at most ${most} characters here, and these are ${length}.`;
  const isMessage = "limit" in field && field.limit === "textLength";
  const hint = isMessage ? "a message that is changed stays one: the rest is cut off, or all of it refused" : cutOff;
  yield warningAt(at, { code: "cut-on-platform", message, hint });
}

const cutOff = "the rest is cut off there";

/** How long a text is, or how large a number, that is the same always; undefined for one that is not. */
function lengthOf({ field, value }: FoundArgument): number | undefined {
  if (field.kind === "integer") return typeof value === "number" ? value : undefined;
  if (field.kind === "text") return shownLength(value);
  return typeof value === "string" && !hasTags(value) ? value.length : undefined;
}

/** How many characters people see of a text without values in it; marks and addresses behind words are not counted. */
export function shownLength(written: CanonicalValue | undefined): number | undefined {
  if (typeof written !== "string" || hasTags(written)) return undefined;
  const template = compileTemplate(written, {});
  return template.ok ? lengthOfRich(template.render({}, noEnv)) : undefined;
}

function lengthOfRich(rich: RichText): number {
  return rich.reduce((sum, node) => sum + ("children" in node ? lengthOfRich(node.children) : textOf(node).length), 0);
}

const textOf = (node: RichNode): string => ("text" in node ? node.text : "");

/** What values would be shown with, and there are none. */
const noEnv = { now: () => 0, random: () => 0, timezone: "UTC", locale: "en" };
