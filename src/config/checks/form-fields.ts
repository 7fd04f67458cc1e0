import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { actionsOfWord, platformsOf } from "./walk.ts";

/** A form has no more fields than the forms of a platform take; where a platform has none, they are asked one by one. */
export const formFields: Check = function* (context) {
  for (const { rule, action } of actionsOfWord(context, "form")) {
    const { fields } = action.args;
    if (typeof fields !== "object" || fields === null) continue;
    const count = Object.keys(fields).length;
    for (const name of platformsOf(context, rule)) {
      const platform = context.words.platforms.get(name);
      const most = platform?.limits.formFields;
      if (platform === undefined || most === undefined || count <= most || !platform.capabilities.has("forms"))
        continue;
      const at = context.origins.position(action.args, "fields", "key");
      const message = `a form has at most ${most} fields on ${platform.title}, and this one has ${count}.`;
      const hint = "ask for the rest in a second form";
      if (at !== undefined) yield errorAt(at, { code: "too-many-items", message, hint });
      break;
    }
  }
};
