import { errorAt } from "../../diagnostics/diagnostic.ts";
import type { Check } from "./check.ts";
import { usedWords } from "./walk.ts";

/** Some words take one of several arguments, and need one. */
export const exactlyOne: Check = function* (context) {
  const { origins } = context;
  for (const [word, found] of usedWords(context)) {
    const keys: readonly string[] = word.exactlyOne ?? [];
    if (keys.length === 0) continue;
    for (const { action } of found) {
      const given = keys.filter((key) => action.args[key] !== undefined);
      if (given.length === 1) continue;
      const either = keys.map((key) => `"${key}"`).join(" or ");
      const second = given[1];
      const at =
        second === undefined
          ? origins.position(action, undefined, "key")
          : origins.position(action.args, second, "key");
      if (at === undefined) continue;
      if (second === undefined)
        yield errorAt(at, { code: "missing-key", message: `"${action.action}" needs ${either}.` });
      else yield errorAt(at, { code: "bad-argument", message: `"${action.action}" takes ${either}, not both.` });
    }
  }
};
