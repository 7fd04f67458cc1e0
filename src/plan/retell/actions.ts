import type { CanonicalAction } from "../../contracts/canonical.ts";
import type { ActionDefinition } from "../../contracts/word.ts";
import type { Registry } from "../context.ts";
import { sayCondition } from "./conditions.ts";
import { sayValue } from "./values.ts";

/** Actions as numbered lines, those in blocks further in. */
export function sayActions(actions: readonly CanonicalAction[], registry: Registry, indent = ""): string[] {
  return actions.flatMap((action, index) => sayAction(action, registry, indent, `${indent}${index + 1}. `));
}

function sayAction(action: CanonicalAction, registry: Registry, indent: string, lead: string): string[] {
  const word = registry.actions.get(action.action);
  const inner = `${indent}   `;
  const condition = action.if === undefined ? "" : `if ${sayCondition(action.if)}: `;
  const lines = [`${lead}${condition}${sayWord(action, word)}`];
  for (const [name, field] of Object.entries(word?.fields ?? {})) {
    const value = action.args[name];
    if (field.kind === "actions" && Array.isArray(value)) {
      if (name !== "do") lines.push(`${inner}${name}:`);
      lines.push(...sayActions(value as readonly CanonicalAction[], registry, inner));
    }
    if (field.kind === "list" && field.of.kind === "object" && Array.isArray(value))
      for (const item of value) lines.push(...sayBranch(item as Readonly<Record<string, unknown>>, registry, inner));
  }
  if (action.else !== undefined) lines.push(`${inner}otherwise:`, ...sayActions(action.else, registry, inner));
  if (action.on_error !== undefined)
    lines.push(`${inner}if that fails:`, ...sayActions(action.on_error, registry, inner));
  return lines;
}

/** A button, a choice, one of several branches: what it is called and what it does. */
function sayBranch(item: Readonly<Record<string, unknown>>, registry: Registry, indent: string): string[] {
  const actions = item.do as readonly CanonicalAction[] | undefined;
  const label = typeof item.label === "string" ? `"${item.label}"` : undefined;
  const condition = item.if === undefined ? undefined : `if ${sayCondition(item.if as never)}`;
  const who = sayWhoPresses(item.allow);
  const once = item.once === true ? ", once" : "";
  const press = `a press on ${label}${who}${once}${condition === undefined ? "" : `, ${condition}`}`;
  const head = label === undefined ? (condition ?? "else") : press;
  if (typeof item.run === "string") return [`${indent}${head}: the command ${item.run}`];
  if (!Array.isArray(actions)) return [];
  return [`${indent}${head}:`, ...sayActions(actions, registry, indent)];
}

/** Whom the `allow` of a button or menu lets in. */
function sayWhoPresses(allow: unknown): string {
  if (!Array.isArray(allow)) return "";
  const names = allow.flatMap((entry: object) =>
    Object.entries(entry).map(([key, value]) => (value === true ? key : String(value))),
  );
  return ` (only ${names.join(" or ")})`;
}

function sayWord(action: CanonicalAction, word: ActionDefinition | undefined): string {
  const said = (name: string) => sayValue(word?.fields[name], action.args[name]);
  if (word?.tells !== undefined)
    return word.tells
      .replace(/\[([^\]]*?)\{(\w+)\}([^\]]*)\]/g, (_all, before: string, name: string, after: string) => {
        const value = said(name);
        return value === undefined ? "" : `${before}${value}${after}`;
      })
      .replace(/\{(\w+)\}/g, (_all, name: string) => said(name) ?? otherText(action, word) ?? "…");
  const main = word?.short ?? word?.block?.key;
  const value = main === undefined ? undefined : said(main);
  if (action.action === "if") return `if ${sayCondition(action.args.if as never)}:`;
  const name = action.action.replaceAll("_", " ");
  return value === undefined
    ? `${name}${word?.block === undefined ? "" : ":"}`
    : `${name} ${value}${word?.block === undefined ? "" : ":"}`;
}

/** A message without a text of its own says what its box says. */
function otherText(action: CanonicalAction, word: ActionDefinition): string | undefined {
  return sayValue(word.fields.embed, action.args.embed) ?? sayValue(word.fields.file, action.args.file);
}
