import { switchableOf, switchables, switchedBy } from "../../contracts/control.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check } from "./check.ts";
import { argumentsOfKind } from "./walk.ts";

/** What is switched on or off must have one meaning in this file. */
export const switchedNames: Check = function* (context) {
  const { rules } = context.config;
  for (const { field, value, node, key } of argumentsOfKind(context, "plain")) {
    if (field.format !== "switchable") continue;
    if (typeof value !== "string" || value.includes("{{")) continue;
    const written = "kind" in node ? node.kind : undefined;
    const kind = switchables.find((one) => one === written);
    // Which of them is meant may only be known when it is done.
    if (written !== undefined && kind === undefined) continue;
    const found = switchedBy(rules, value, kind);
    const at = found.length === 1 ? undefined : context.origins.position(node, key);
    if (at === undefined) continue;
    if (found.length > 1) {
      const kinds = found.map(switchableOf);
      const message = `"${value}" is a ${kinds.join(" and a ")}, so it must be said which of them is meant.`;
      const hint = `write { name: ${value}, kind: ${kinds[0]} }`;
      yield errorAt(at, { code: "nothing-to-switch", message, hint });
      continue;
    }
    const there = rules.filter((one) => kind === undefined || switchableOf(one) === kind);
    const near = suggest(
      value,
      there.map(({ name }) => name),
    );
    const offer = near === undefined ? "" : ` Did you mean "${near}"?`;
    const what = kind ?? "command, rule or schedule";
    const message = `there is no ${what} "${value}" in this file.${offer}`;
    yield errorAt(at, { code: "nothing-to-switch", message });
  }
};
