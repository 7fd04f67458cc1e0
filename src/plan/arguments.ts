import { buttonFields, menuFields } from "../contracts/buttons.ts";
import {
  type CanonicalAction,
  type CanonicalArguments,
  type CanonicalCondition,
  type CanonicalValue,
  type CanonicalWho,
  entryOf,
} from "../contracts/canonical.ts";
import type { Field, Fields } from "../contracts/fields.ts";
import { richText } from "../language/rich-text.ts";
import { compileTemplate, compileTextValue } from "../language/template/compile.ts";
import { t, type ValueType } from "../language/types.ts";
import { collectReads, type RuleContext, report, reportProblem } from "./context.ts";
import { datumOf } from "./datum-value.ts";
import { calledBlock, compileGiven } from "./given.ts";
import type { CompiledButton, Evaluate, RunScope, Sequence } from "./program.ts";
import { compileAskedDatum, compileDatumValue, compileValue } from "./value.ts";
import { rightsOf } from "./walk.ts";

const { do: _actions, allow: _who, ...shownButtonFields } = buttonFields;
const { do: _picked, allow: _whose, ...shownMenuFields } = menuFields;

/** A compiled argument: known now, or worked out from a run's variables. */
export type Compiled<T = unknown> = { readonly value: T } | { readonly evaluate: Evaluate<T> };

export interface CompiledArguments {
  readonly compiled: Compiled<Readonly<Record<string, unknown>>>;
  readonly blocks: Map<string, Sequence>;
  readonly buttons: CompiledButton[];
}

/** What the fields of one word collect while they are compiled. */
interface Collector {
  readonly context: RuleContext;
  readonly blocks: Map<string, Sequence>;
  readonly buttons: CompiledButton[];
  /** Path of the action inside its rule. */
  readonly at: string;
}

/** Compiles the canonical arguments of a word by its fields' kinds. `at` is the action's path inside its rule. */
export function compileArguments(
  context: RuleContext,
  fields: Fields,
  args: CanonicalArguments,
  at: string,
): CompiledArguments {
  const collector: Collector = { context, blocks: new Map(), buttons: [], at };
  return { compiled: compileObject(collector, fields, args, ""), blocks: collector.blocks, buttons: collector.buttons };
}

function compileObject(
  collector: Collector,
  fields: Fields,
  args: CanonicalArguments,
  path: string,
): Compiled<Readonly<Record<string, unknown>>> {
  const entries: [string, Compiled][] = [];
  const datum = datumOf(collector.context.data, fields, args);
  const block = calledBlock(collector.context.rule, fields, args);
  for (const [name, field] of Object.entries(fields)) {
    const written = args[name];
    if (written === undefined) continue;
    if (field.kind === "map" && block !== undefined) {
      entries.push([name, gather(compileGiven(collector.context, block, written as CanonicalArguments, compilePlain))]);
      continue;
    }
    if (field.kind === "value" && datum !== undefined) {
      const held = field.entry === true ? entryOf(datum) : datum;
      entries.push([name, compileDatumValue(collector.context, held, written, args, name)]);
      continue;
    }
    entries.push([name, compileField(collector, field, written, args, name, path === "" ? name : `${path}/${name}`)]);
  }
  return gather(entries);
}

/** One object of all; constant where every member is. */
function gather(entries: readonly (readonly [string, Compiled])[]): Compiled<Readonly<Record<string, unknown>>> {
  const constant: Record<string, unknown> = {};
  const dynamic: [string, Evaluate<unknown>][] = [];
  for (const [name, compiled] of entries) {
    if ("value" in compiled) constant[name] = compiled.value;
    else dynamic.push([name, compiled.evaluate]);
  }
  if (dynamic.length === 0) return { value: Object.freeze(constant) };
  return {
    evaluate(scope) {
      const out: Record<string, unknown> = { ...constant };
      const waiting: Promise<unknown>[] = [];
      for (const [name, evaluate] of dynamic) {
        const value = evaluate(scope);
        if (value instanceof Promise) waiting.push(value.then((late) => Object.assign(out, { [name]: late })));
        else out[name] = value;
      }
      return waiting.length === 0 ? out : Promise.all(waiting).then(() => out);
    },
  };
}

function compileField(
  collector: Collector,
  field: Field,
  written: CanonicalValue,
  node: object,
  key: string | number,
  path: string,
): Compiled {
  const { context } = collector;
  switch (field.kind) {
    case "text":
      return compileText(context, String(written), node, key);
    case "plain":
    case "emoji":
      return typeof written === "string" && written.includes("{{")
        ? compilePlain(context, written, node, key)
        : { value: isExpression(written) ? "" : written };
    case "condition": {
      const test = context.compile.condition(context, written as CanonicalCondition);
      return { evaluate: (scope: RunScope) => () => test(scope) };
    }
    case "actions": {
      collector.blocks.set(
        path,
        context.compile.sequence(context, written as readonly CanonicalAction[], `${collector.at}/${path}`),
      );
      return { value: { block: path } };
    }
    case "who":
      return { value: context.who(written as readonly CanonicalWho[]) };
    case "list":
      return compileList(collector, field, written as readonly CanonicalValue[], path);
    case "map": {
      if (field.data === true && field.of.kind === "object")
        return gather(compileDataMap(context, field.of.fields, written as CanonicalArguments));
      const entries = Object.entries(written as CanonicalArguments).map(
        ([name, inner]) =>
          [name, compileField(collector, field.of, inner ?? null, written as object, name, `${path}/${name}`)] as const,
      );
      return gather(entries);
    }
    case "object":
      if (field.fields === menuFields) return compileMenu(collector, written as CanonicalArguments, path);
      return compileObject(collector, field.fields, written as CanonicalArguments, path);
    case "secret":
    case "block_name":
    case "rate":
    case "platform_name":
      return { value: written };
    default:
      return compileValue(context, field, written, node, key);
  }
}

/** What is asked of declared data: each value is of the type that its data declares. */
function compileDataMap(context: RuleContext, fields: Fields, written: CanonicalArguments): [string, Compiled][] {
  return Object.entries(written).flatMap(([name, asked]) => {
    const datum = Object.hasOwn(context.data, name) ? context.data[name] : undefined;
    // A name that is not declared is told by the check of data names.
    if (datum === undefined) return [];
    context.reads.set(`data.${name}`, { name, of: [] });
    const args = asked as CanonicalArguments;
    const entries = Object.entries(fields).flatMap(([key, field]): [string, Compiled][] => {
      const value = args[key];
      if (value === undefined || field.kind !== "value") return [];
      return [[key, compileAskedDatum(context, name, datum, field, value, args, key)]];
    });
    return [[name, gather(entries)]];
  });
}

function compileText(context: RuleContext, source: string, node: object, key: string | number): Compiled {
  const template = compileTemplate(source, context.scope);
  if (!template.ok) {
    for (const problem of template.problems) reportProblem(context, problem, node, key);
    return { value: richText(source) };
  }
  collectReads(context, template.reads);
  return { evaluate: (scope) => template.render(scope.values, scope.env) };
}

function compilePlain(context: RuleContext, source: string, node: object, key: string | number): Compiled {
  const template = compileTextValue(source, context.scope);
  if (!template.ok) {
    for (const problem of template.problems) reportProblem(context, problem, node, key);
    return { value: source };
  }
  collectReads(context, template.reads);
  return { evaluate: (scope) => template.render(scope.values, scope.env) };
}

function compileList(
  collector: Collector,
  field: Extract<Field, { kind: "list" }>,
  items: readonly CanonicalValue[],
  path: string,
): Compiled<readonly unknown[]> {
  const isButtons = field.of.kind === "object" && field.of.fields === buttonFields;
  const first = collector.buttons.length;
  const compiled = items.map((item, index) => {
    const at = `${path}/${index}`;
    if (!isButtons) return compileField(collector, field.of, item, items, index, at);
    compileButton(collector, item as CanonicalArguments, at);
    return compileObject(collector, shownButtonFields, item as CanonicalArguments, at);
  });
  const whole = gather(compiled.map((item, index) => [String(index), item] as const));
  const toList = (record: Readonly<Record<string, unknown>>): readonly unknown[] =>
    isButtons
      ? items.map((_, index) => ({ ...(record[index] as object), index: first + index }))
      : items.map((_, index) => record[index]);
  if ("value" in whole) return { value: toList(whole.value) };
  return {
    evaluate(scope) {
      const record = whole.evaluate(scope);
      return record instanceof Promise ? record.then(toList) : toList(record);
    },
  };
}

/** A button's actions belong to the press, not to the run that sent it: they are compiled apart and found by path. */
function compileButton(collector: Collector, written: CanonicalArguments, path: string): void {
  const { context, at } = collector;
  const id = `${at}/${path}`;
  const actions = written.do as readonly CanonicalAction[] | undefined;
  const allow = written.allow as readonly CanonicalWho[] | undefined;
  const run = written.run as string | undefined;
  const url = written.url;
  const ways = [actions, run, url].filter((way) => way !== undefined).length;
  const isHeard = ways === 0 && context.hearsPress(String(written.label));
  if (ways !== 1 && !isHeard)
    report(
      context,
      written,
      "label",
      "bad-button",
      "a button needs exactly one of do, run and url.",
      "write what a press does under do:, or name a command with run:, or give the page to open with url:",
    );
  // Whoever presses is there, also where nobody caused what sent the button.
  const pressed = { ...context, scope: { ...context.scope, user: context.types.person } };
  const button: CompiledButton = {
    path: id,
    ...(actions === undefined ? {} : { do: context.compile.sequence(pressed, actions, `${id}/do`) }),
    ...(run === undefined ? {} : { run }),
    ...(written.if === undefined ? {} : { if: context.compile.condition(context, written.if as CanonicalCondition) }),
    ...(allow === undefined ? {} : { allow: context.who(allow) }),
    rights: actions === undefined ? [] : rightsOf(context.registry, context.rule, actions),
    once: written.once === true,
  };
  collector.buttons.push(button);
  context.buttons.set(id, button);
}

/** A menu's actions belong to whoever picks, like a button's. */
function compileMenu(
  collector: Collector,
  written: CanonicalArguments,
  path: string,
): Compiled<Readonly<Record<string, unknown>>> {
  const { context, at } = collector;
  const id = `${at}/${path}`;
  const actions = (written.do ?? []) as readonly CanonicalAction[];
  const allow = written.allow as readonly CanonicalWho[] | undefined;
  const multiple = written.multiple === true;
  const type = pickedType(written.choices as readonly CanonicalArguments[] | undefined);
  const inside = { ...context, scope: { ...context.scope, picked: multiple ? t.list(type) : type } };
  const menu: CompiledButton = {
    path: id,
    do: context.compile.sequence(inside, actions, `${id}/do`),
    menu: { multiple },
    ...(allow === undefined ? {} : { allow: context.who(allow) }),
    rights: rightsOf(context.registry, context.rule, actions),
    once: written.once === true,
  };
  const index = collector.buttons.push(menu) - 1;
  context.buttons.set(id, menu);
  return gather([
    ["index", { value: index }],
    ["shown", compileObject(collector, shownMenuFields, written, path)],
  ]);
}

/** The texts that can be picked, where no template decides. */
function pickedType(choices: readonly CanonicalArguments[] = []): ValueType {
  const values = choices.map(({ value, label }) => String(value ?? label));
  return values.some((value) => value.includes("{{")) ? t.text : t.choice(values);
}

function isExpression(value: CanonicalValue): boolean {
  return typeof value === "object" && value !== null && "$" in value;
}
