import { rights } from "../../contracts/right.ts";
import { noticeAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { actionsOf, wordOf } from "./walk.ts";

/** `allow: everyone` on a command whose actions need a right: allowed, but worth a sentence. */
export const openCommands: Check = function* (context) {
  for (const rule of context.config.rules) {
    const { command } = rule;
    const everyone = command?.allow?.find((who) => "everyone" in who);
    if (command === undefined || everyone === undefined) continue;
    for (const action of actionsOf(context, rule)) {
      const right = wordOf(context, action)?.right;
      if (right === undefined) continue;
      const at = context.origins.position(everyone);
      const message = `this lets everyone use "${action.action}", which else only people who may ${rights[right]} can do.`;
      if (at !== undefined) yield noticeAt(at, { code: "open-to-everyone", message });
      break;
    }
  }
};
