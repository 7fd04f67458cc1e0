import { buttonFields, menuFields } from "../../contracts/buttons.ts";
import type { CanonicalAction } from "../../contracts/canonical.ts";
import { warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";

type Actions = readonly CanonicalAction[];

/** A list of actions that was begun and left empty: what it belongs to can be used, and does nothing. */
export const emptyLists: Check = function* (context) {
  for (const list of [...ofRules(context), ...ofBlocks(context), ...ofButtons(context)]) {
    const at = list.length === 0 ? context.origins.position(list) : undefined;
    // What a pack leaves out is up to its settings.
    if (at === undefined || at.pack !== undefined) continue;
    const message = "there is no action in this list, so nothing happens.";
    const hint = 'write the actions in its place, on the lines below, each beginning with "- "';
    yield warningAt(at, { code: "empty-value", message, hint });
  }
};

/** A rule may do something only where its condition does not hold. */
const ofRules = ({ config }: CheckContext): readonly Actions[] =>
  config.rules.filter((rule) => rule.else === undefined || rule.else.length === 0).map((rule) => rule.do);

const ofBlocks = ({ config }: CheckContext): readonly Actions[] =>
  Object.values(config.blocks ?? {}).map((block) => block.do);

/** A branch of `choose` or `random` may be meant to do nothing; a button or a menu is there to be used. */
const ofButtons = (context: CheckContext): readonly Actions[] =>
  argumentsOfKind(context, "actions")
    .filter(({ field }) => field === buttonFields.do || field === menuFields.do)
    .map(({ value }) => value as Actions);
