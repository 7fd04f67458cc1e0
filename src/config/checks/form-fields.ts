import type { CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { Check, CheckContext } from "./check.ts";
import { actionsOf, platformsOf } from "./walk.ts";

/** Labels that a platform cuts. */
function* longLabels(context: CheckContext, rule: CanonicalRule, fields: object): Generator<Diagnostic> {
  for (const name of platformsOf(context, rule)) {
    const platform = context.words.platforms.get(name);
    const most = platform?.limits.formLabelLength;
    if (platform === undefined || most === undefined) continue;
    for (const field of Object.values(fields) as readonly { readonly label?: unknown }[]) {
      const { label } = field;
      if (typeof label !== "string" || label.length <= most || label.includes("{{")) continue;
      const at = context.origins.position(field, "label");
      const message = `${platform.title} shows at most ${most} characters here, and these are ${label.length}.`;
      if (at !== undefined) yield warningAt(at, { code: "too-long", message, hint: "the rest is cut off" });
    }
  }
}

/** A form has no more fields than the forms of a platform take; where a platform has none, they are asked one by one. */
export const formFields: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const action of actionsOf(context, rule)) {
      const { fields } = action.args;
      if (action.action !== "form" || typeof fields !== "object" || fields === null) continue;
      yield* longLabels(context, rule, fields);
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
