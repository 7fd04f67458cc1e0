import type { CanonicalAction, CanonicalArguments, CanonicalValue } from "../../contracts/canonical.ts";
import type { PlatformDefinition } from "../../contracts/platform.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { shownLength } from "./shown-lengths.ts";
import { placedActions } from "./where.ts";

/** Messages whose parts are each in order, and too much for a platform together. */
export const messageRoom: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const { action, platforms } of placedActions(context, rule)) {
      if (action.args.embed === undefined && action.args.menu === undefined) continue;
      const there = platformsReached(context, action, platforms);
      yield* longEmbed(context, action, there);
      yield* manyButtons(context, action, there);
    }
};

/** A box whose texts are longer than a platform takes of all of them together. */
function* longEmbed(
  { origins }: CheckContext,
  { args }: CanonicalAction,
  there: readonly PlatformDefinition[],
): Generator<Diagnostic> {
  const embed = args.embed as CanonicalArguments | undefined;
  if (typeof embed !== "object" || embed === null) return;
  const fields = Array.isArray(embed.fields) ? (embed.fields as readonly CanonicalArguments[]) : [];
  const texts = [embed.title, embed.text, embed.footer, ...fields.flatMap(({ name, value }) => [name, value])];
  const length = texts.reduce((sum: number, text) => sum + (shownLength(text) ?? 0), 0);
  const platform = there.find(({ limits }) => length > (limits.embedLength ?? Number.POSITIVE_INFINITY));
  const at = platform && origins.position(args, "embed", "key");
  if (at === undefined) return;
  const message = `${platform!.title} takes at most ${platform!.limits.embedLength} characters in a box, its fields included, and these are ${length}.`;
  yield warningAt(at, { code: "cut-on-platform", message, hint: "the rest is left out there; write two messages" });
}

/** Buttons for which a menu leaves no room. */
function* manyButtons(
  { origins }: CheckContext,
  { args }: CanonicalAction,
  there: readonly PlatformDefinition[],
): Generator<Diagnostic> {
  if (args.menu === undefined || !Array.isArray(args.buttons)) return;
  // What has an `if` may not be shown.
  const shown = (args.buttons as readonly CanonicalArguments[]).filter((button) => button.if === undefined);
  const roomOn = ({ limits, capabilities }: PlatformDefinition) =>
    capabilities.has("messages.menu") ? limits.buttons - (limits.menuRoom ?? 0) : limits.buttons - choicesIn(args.menu);
  const full = there.filter((platform) => shown.length > roomOn(platform));
  const [platform] = full;
  const at = platform && origins.position(args, "buttons", "key");
  if (at === undefined) return;
  const message = `beside a menu there is room for ${roomOn(platform!)} buttons on ${platform!.title}, and these are ${shown.length}.`;
  const text = { code: "too-many-items", message, hint: "the message is refused there" } as const;
  yield full.length === there.length ? errorAt(at, text) : warningAt(at, text);
}

/** A menu is so many buttons where there are no menus. */
function choicesIn(menu: CanonicalValue | undefined): number {
  const { choices } = menu as { readonly choices?: unknown };
  return Array.isArray(choices) ? choices.length : 0;
}

/** Where a message goes: the platforms of its rule, but for places that are written with another. */
function platformsReached(
  context: CheckContext,
  { args }: CanonicalAction,
  here: readonly string[],
): readonly PlatformDefinition[] {
  const { platforms } = context.words;
  const written = [args.to ?? null].flat();
  const named = written.map((place) => (typeof place === "string" ? /^(\w+):/.exec(place)?.[1] : undefined));
  const names = named.flatMap((name) => (name !== undefined && platforms.has(name) ? [name] : here));
  return [...new Set(names)].flatMap((name) => platforms.get(name) ?? []);
}
