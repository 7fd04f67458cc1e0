import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { actionsOfWord } from "./walk.ts";

/** Anybody may choose among the roles of `choose_role`: the file itself names them, not whoever types a command. */
export const chosenRoles: Check = function* (context) {
  for (const { action } of actionsOfWord(context, "choose_role")) {
    const { roles } = action.args;
    if (!Array.isArray(roles)) continue;
    for (const [index, role] of roles.entries()) {
      const at = typeof role === "string" ? undefined : context.origins.position(roles, index);
      const message = "the roles to choose from are named by the file itself, so that nobody can choose another one.";
      if (at !== undefined) yield errorAt(at, { code: "wrong-value-type", message, hint: "write the role's name" });
    }
  }
};
