import type { CanonicalAction } from "../contracts/canonical.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Problem } from "../language/problem.ts";
import { type ObjectType, required, t, type ValueType } from "../language/types.ts";
import type { Registry, RuleContext } from "./context.ts";
import type { Guard } from "./guards.ts";
import { walkActions } from "./walk.ts";
import { common } from "./written-types.ts";

/** What `save_as` keeps, as far as it matters behind it whether it came to that. */
export interface Save {
  readonly type: ValueType;
  readonly by: CanonicalAction;
  /** On which ways it is kept: what is the case on each of them. */
  readonly under: readonly (readonly Guard[])[];
}

/** `steps` before anything is saved. */
export function nothingSaved(
  context: Pick<RuleContext, "registry" | "origins" | "notes">,
  actions: readonly CanonicalAction[],
): ObjectType {
  let all: ReadonlyMap<string, CanonicalAction> | undefined;
  const elsewhere = (name: string): Omit<Problem, "offset" | "length"> | undefined => {
    const code = "not-saved-yet";
    const inside = context.notes.kept.get(name);
    if (inside !== undefined)
      return { code, message: `"${name}" is known only inside of "${inside.action}"`, hint: outOf(inside, name) };
    all ??= savesIn(actions, context.registry);
    const action = all.get(name);
    if (action === undefined) return undefined;
    const at = context.origins.position(action, "save_as");
    return {
      code,
      message: `there is no "${name}" yet: what saves it is not done before this`,
      ...(at === undefined ? {} : { related: [{ ...at, message: "it is saved here." }] }),
    };
  };
  return { ...t.object("set of saved values", {}), elsewhere };
}

/**
 * One forgotten `save_as` is told once, however often the rule reads what it would keep.
 * @param from - where the problems of the rule begin
 */
export function tellUnsavedOnce(problems: Diagnostic[], from: number): void {
  const told = new Set<string>();
  const others = problems.slice(from).filter(({ code, message }) => {
    if (code !== "unknown-variable" || !message.startsWith('"steps" has no')) return true;
    return !told.has(message) && told.add(message);
  });
  problems.splice(from, problems.length, ...others);
}

function outOf({ action, save_as }: CanonicalAction, name: string): string {
  const as = save_as ?? (action === "call" ? "result" : "rounds");
  const beside = save_as === undefined ? `write save_as: ${as} beside ${action}, and here ` : "write ";
  const read = `{{ steps.${as}.${name} }}`;
  return beside + (action === "call" ? read : `{% for one in steps.${as} %}{{ one.${name} }} {% endfor %}`);
}

function savesIn(actions: readonly CanonicalAction[], registry: Registry): ReadonlyMap<string, CanonicalAction> {
  const found = new Map<string, CanonicalAction>();
  for (const action of walkActions(actions, registry, true))
    if (action.save_as !== undefined && !found.has(action.save_as)) found.set(action.save_as, action);
  return found;
}

/** The same rule where a value has been saved: for sure, or on some ways only. */
export function withSave(context: RuleContext, name: string, save: Save, isSure: boolean): RuleContext {
  const { steps } = context.scope;
  if (steps?.kind !== "object") return context;
  const before = Object.hasOwn(steps.fields, name) ? steps.fields[name] : undefined;
  const type = isSure ? save.type : common(before && required(before), save.type);
  // What is there already is there, whether or not it is saved anew.
  const wasThere = before !== undefined && !(before.kind === "optional" && before.unsure === true);
  const fields = { ...steps.fields, [name]: isSure || wasThere ? type : t.unsure(type) };
  let { unsure } = context;
  if (!isSure && !wasThere) {
    const more = new Map(unsure);
    addSave(more, name, save);
    unsure = more;
  }
  return { ...context, scope: { ...context.scope, steps: { ...steps, fields } }, unsure };
}

/** One more way on which a name is saved. */
export function addSave(saves: Map<string, Save>, name: string, { type, by, under }: Save): void {
  const before = saves.get(name);
  saves.set(name, {
    type: common(before?.type, type),
    by: before?.by ?? by,
    under: [...(before?.under ?? []), ...under],
  });
}
