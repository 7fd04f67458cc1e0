import type { CanonicalWho } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Check, CheckContext } from "./check.ts";
import { whoListsOf } from "./walk.ts";

/** Groups that are named must be declared under `permissions`, and none may contain itself. */
export const groups: Check = function* (context) {
  for (const { list } of whoListsOf(context)) {
    for (const who of list) if ("group" in who) yield* unknownGroup(context, who.group, who, list);
  }
  yield* circles(context);
};

function* unknownGroup(
  context: CheckContext,
  name: string,
  node: object,
  list: readonly CanonicalWho[],
): Generator<Diagnostic> {
  const { permissions } = context.config;
  const declared = Object.keys(permissions);
  if (declared.includes(name)) return;
  const at = context.origins.position(node, "group");
  if (at === undefined) return;
  const others = declared.filter((one) => permissions[one]?.allow !== list && permissions[one]?.deny !== list);
  const near = suggest(name, [...others, "everyone"]);
  const message = `there is no group "${name}" under permissions.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  const role = `a role of the platform is written { role: ${name} }`;
  const declaration = `declare it: permissions: { ${name}: { allow: [...] } }`;
  // Groups are mostly written small, roles mostly large.
  const looksLikeRole = /\p{Lu}/u.test(name);
  const hint = looksLikeRole ? role : declared.length === 0 ? declaration : undefined;
  yield errorAt(at, { code: "unknown-group", message, ...(hint === undefined ? {} : { hint }) });
}

function* circles(context: CheckContext): Generator<Diagnostic> {
  const { permissions } = context.config;
  const state = new Map<string, "open" | "done">();
  const found: Diagnostic[] = [];

  function visit(name: string): void {
    const group = Object.hasOwn(permissions, name) ? permissions[name] : undefined;
    if (group === undefined || state.has(name)) return;
    state.set(name, "open");
    for (const who of [...group.allow, ...group.deny]) if ("group" in who) follow(name, who);
    state.set(name, "done");
  }

  function follow(name: string, who: CanonicalWho & { group: string }): void {
    if (state.get(who.group) !== "open") {
      visit(who.group);
      return;
    }
    const at = context.origins.position(who, "group");
    const message =
      who.group === name
        ? `the group "${name}" contains itself.`
        : `the group "${name}" contains "${who.group}", which contains "${name}".`;
    if (at !== undefined) found.push(errorAt(at, { code: "group-in-itself", message }));
  }

  for (const name of Object.keys(permissions)) visit(name);
  yield* found;
}
