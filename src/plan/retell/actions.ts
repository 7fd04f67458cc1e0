import type { CanonicalAction, CanonicalArguments, CanonicalCondition } from "../../contracts/canonical.ts";
import type { Field, Fields } from "../../contracts/fields.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import { sayCondition } from "./conditions.ts";
import { either, type Telling } from "./telling.ts";
import { sayValue, tell } from "./values.ts";

type Actions = readonly CanonicalAction[];

/** Actions as numbered lines, those in blocks further in. */
export function sayActions(actions: Actions, telling: Telling, indent = ""): string[] {
  return actions.flatMap((action, index) => sayAction(action, telling, indent, `${indent}${index + 1}. `));
}

function sayAction(action: CanonicalAction, telling: Telling, indent: string, lead: string): string[] {
  const word = telling.registry.actions.get(action.action)!;
  const { fields } = word;
  const inner = `${indent}   `;
  const condition = action.if === undefined ? "" : `if ${sayCondition(action.if, telling)}: `;
  const kept = action.save_as === undefined ? "" : `, kept as "${action.save_as}"`;
  const colon =
    word.block !== undefined || (word.tellsBranch !== undefined && Array.isArray(action.args.do)) ? ":" : "";
  const lines = [`${lead}${condition}${sayWord(word, action.args, telling)}${kept}${colon}`];
  for (const [name, field] of Object.entries(fields))
    lines.push(...sayInside(word, name, field, action.args, telling, inner));
  const named = (head: string, list: Actions | undefined) => {
    if (list?.length === 0) lines.push(`${inner}${head} nothing is done, and it goes on`);
    else if (list !== undefined) lines.push(`${inner}${head}`, ...sayActions(list, telling, inner));
  };
  named("otherwise:", action.else);
  named("if that fails:", action.on_error);
  return lines;
}

function sayWord(word: ActionDefinition, args: CanonicalArguments, telling: Telling): string {
  const asked = word.block === undefined ? undefined : word.fields[word.block.key];
  if (asked?.kind === "condition") return `if ${sayCondition(args[word.block!.key] as CanonicalCondition, telling)}`;
  return tell(word.tells, { fields: word.fields, args }, telling) ?? word.name;
}

/** The actions in one field: a block, branches, buttons, a menu. */
function sayInside(
  word: ActionDefinition,
  name: string,
  field: Field,
  args: CanonicalArguments,
  telling: Telling,
  indent: string,
): string[] {
  const value = args[name];
  if (field.kind === "actions" && Array.isArray(value))
    return [...(name === "do" ? [] : [`${indent}otherwise:`]), ...sayActions(value as Actions, telling, indent)];
  if (field.kind === "list" && field.of.kind === "object" && Array.isArray(value)) {
    const { fields } = field.of;
    const items = value as readonly CanonicalArguments[];
    if ("label" in fields) return items.flatMap((item) => sayButton(item, fields, telling, indent));
    if ("do" in fields) return items.flatMap((item) => sayBranch(word, item, fields, telling, indent));
  }
  if (field.kind === "object" && "choices" in field.fields && typeof value === "object" && value !== null)
    return sayMenu(value as CanonicalArguments, field.fields, telling, indent);
  return [];
}

function sayBranch(
  word: ActionDefinition,
  item: CanonicalArguments,
  fields: Fields,
  telling: Telling,
  indent: string,
): string[] {
  const head =
    item.if === undefined
      ? tell(word.tellsBranch ?? "otherwise", { fields, args: item }, telling)
      : `if ${sayCondition(item.if as CanonicalCondition, telling)}`;
  return [`${indent}${head}:`, ...sayActions(item.do as Actions, telling, indent)];
}

/** A button under a message: what it is called, who may press it and what a press does. */
function sayButton(item: CanonicalArguments, fields: Fields, telling: Telling, indent: string): string[] {
  const label = sayValue(fields.label, item.label, telling);
  const shown = item.if === undefined ? "" : `, shown if ${sayCondition(item.if as CanonicalCondition, telling)}`;
  const press = `${indent}a press on ${label}${sayLimits(item, fields, telling)}${shown}`;
  if (typeof item.url === "string")
    return [`${indent}a button ${label}${shown} that opens ${sayValue(fields.url, item.url, telling)}`];
  if (typeof item.run === "string") return [`${press}: the command ${item.run}`];
  return Array.isArray(item.do) ? [`${press}:`, ...sayActions(item.do as Actions, telling, indent)] : [press];
}

function sayMenu(menu: CanonicalArguments, fields: Fields, telling: Telling, indent: string): string[] {
  const choices = (menu.choices as readonly CanonicalArguments[]).map(
    ({ label }) => sayValue({ kind: "plain", about: "" }, label, telling) ?? "",
  );
  const many = menu.multiple === true ? "some" : "one";
  return [
    `${indent}whoever picks ${many} of ${either(choices)} in the menu${sayLimits(menu, fields, telling)}:`,
    ...sayActions((menu.do ?? []) as Actions, telling, indent),
  ];
}

/** Whom the `allow` of a button or menu lets in, and how often. */
function sayLimits({ allow, once }: CanonicalArguments, fields: Fields, telling: Telling): string {
  const who = sayValue(fields.allow, allow, telling);
  return `${who === undefined ? "" : ` (only ${who})`}${once === true ? ", once" : ""}`;
}
