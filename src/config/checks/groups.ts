import type { CanonicalWho } from "../../contracts/canonical.ts";
import { rights } from "../../contracts/right.ts";
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
  const several = severalGroups(name, declared);
  if (several !== undefined) {
    yield errorAt(at, { code: "unknown-group", ...several });
    return;
  }
  const plain = name.replace(/^@/, "");
  const near = /^(all|anyone|anybody|everybody|jeder|alle)$/i.test(plain)
    ? "everyone"
    : suggest(plain, [...others, "everyone"]);
  const message = `there is no group "${name}" under permissions.${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  const hint = near === undefined || /^[^@]*\p{Lu}/u.test(name) ? hintFor(plain) : undefined;
  yield errorAt(at, { code: "unknown-group", message, ...(hint === undefined ? {} : { hint }) });
}

/** `trainers, helpers`: several groups in one text, of which at least one is there. */
function severalGroups(name: string, declared: readonly string[]): { message: string; hint: string } | undefined {
  const parts = name.split(/\s*(?:[,;&+/]|\s(?:and|or|und|oder)\s)\s*/i);
  if (parts.length < 2 || !parts.some((part) => declared.includes(part))) return undefined;
  return { message: `"${name}" is several groups, and several are a list.`, hint: `write [${parts.join(", ")}]` };
}

/** Rights and roles, which are no groups; and how a group is made. */
function hintFor(name: string): string {
  const right = /^(admins?|administrators?|owners?)$/i.test(name) ? "administrator" : name.toLowerCase();
  // Groups are mostly written small, roles mostly large.
  const role = /\p{Lu}/u.test(name) ? `a role of the platform is written { role: ${name} }` : undefined;
  if (Object.hasOwn(rights, right))
    return `whoever has a right of the platform is written { can: ${right} }${role === undefined ? "" : `; ${role}`}`;
  if (role !== undefined) return role;
  return `say who they are, under permissions: for example ${name}: { role: Moderator }; for a person write { user: ${name} }`;
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
