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
import { hasTags } from "../language/template/scan.ts";
import { collectReads, type RuleContext, reportProblem } from "./context.ts";
import { datumOf } from "./datum-value.ts";
import { fieldsOfKind } from "./fields-of-kind.ts";
import { calledBlock, compileGiven } from "./given.ts";
import { onSomeWay, under } from "./guards.ts";
import { reportUnsure } from "./missed.ts";
import { checkWhose } from "./nobody.ts";
import { compileButton, compilePicks } from "./pressed.ts";
import type { CompiledButton, Evaluate, RunScope, Sequence } from "./program.ts";
import { compileAskedDatum, compileDatumValue, compileValue } from "./value.ts";

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
  /** Whether the fields stand beside a condition that says when their actions are done. */
  readonly asked: boolean | undefined;
}

/** Compiles the canonical arguments of a word by its fields' kinds. `at` is the action's path inside its rule. */
export function compileArguments(
  context: RuleContext,
  fields: Fields,
  args: CanonicalArguments,
  at: string,
): CompiledArguments {
  const collector: Collector = { context, blocks: new Map(), buttons: [], at, asked: undefined };
  return { compiled: compileObject(collector, fields, args, ""), blocks: collector.blocks, buttons: collector.buttons };
}

function compileObject(
  around: Collector,
  fields: Fields,
  args: CanonicalArguments,
  path: string,
): Compiled<Readonly<Record<string, unknown>>> {
  const entries: [string, Compiled][] = [];
  const question = questionOf(fields);
  const condition = question === undefined ? undefined : (args[question] as CanonicalCondition | undefined);
  const then = inside(around, question, condition, true);
  const datum = datumOf(around.context.data, fields, args);
  const block = calledBlock(around.context.rule, fields, args);
  for (const name in fields) {
    const written = args[name];
    if (written === undefined) continue;
    const field = fields[name]!;
    const collector = name === "else" ? inside(around, question, condition, false) : then;
    if (field.kind === "map" && block !== undefined) {
      entries.push([name, gather(compileGiven(collector.context, block, written as CanonicalArguments, compilePlain))]);
      continue;
    }
    if (field.kind === "value" && datum !== undefined) {
      const held = field.entry === true ? entryOf(datum) : datum;
      const { context } = collector;
      const compiled =
        held.type === "text" && typeof written === "string" && hasTags(written)
          ? compilePlain(context, written, args, name)
          : compileDatumValue(context, held, written, args, name);
      entries.push([name, compiled]);
      continue;
    }
    entries.push([name, compileField(collector, field, written, args, name, path === "" ? name : `${path}/${name}`)]);
  }
  return gather(entries);
}

/** The field that asks whether what stands beside it is done. */
const questionOf = (fields: Fields): string | undefined => fieldsOfKind(fields, "condition")[0];

/** Beside a condition, where it is true or where it is not. */
function inside(
  collector: Collector,
  question: string | undefined,
  condition: CanonicalCondition | undefined,
  isTrue: boolean,
): Collector {
  if (question === undefined) return collector.asked === undefined ? collector : { ...collector, asked: false };
  const { context } = collector;
  return { ...collector, asked: true, context: condition === undefined ? context : under(context, condition, isTrue) };
}

/** One object of all; constant where every member is. */
function gather(entries: readonly (readonly [string, Compiled])[]): Compiled<Readonly<Record<string, unknown>>> {
  const constant: [string, unknown][] = [];
  const dynamic: [string, Evaluate<unknown>][] = [];
  for (const [name, compiled] of entries) {
    if ("value" in compiled) constant.push([name, compiled.value]);
    else dynamic.push([name, compiled.evaluate]);
  }
  if (dynamic.length === 0) return { value: Object.freeze(Object.fromEntries(constant)) };
  return {
    evaluate(scope) {
      // Filled anew: on Node 20, what is added to a copy costs twenty times as much, and so does each read of it.
      const out: Record<string, unknown> = {};
      for (const [name, value] of constant) out[name] = value;
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
      return typeof written === "string" && hasTags(written)
        ? compilePlain(context, written, node, key)
        : { value: isExpression(written) ? "" : written };
    case "condition": {
      const test = context.compile.condition(context, written as CanonicalCondition);
      return { evaluate: (scope: RunScope) => () => test(scope) };
    }
    case "actions": {
      const at = `${collector.at}/${path}`;
      const here = collector.asked === true ? context : onSomeWay(context, at);
      collector.blocks.set(path, context.compile.sequence(here, written as readonly CanonicalAction[], at));
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
    checkWhose(context, name, datum, written);
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
  reportUnsure(context, template.unsure, node, key, true);
  return { evaluate: (scope) => template.render(scope.values, scope.env) };
}

function compilePlain(context: RuleContext, source: string, node: object, key: string | number): Compiled {
  const template = compileTextValue(source, context.scope);
  if (!template.ok) {
    for (const problem of template.problems) reportProblem(context, problem, node, key);
    return { value: source };
  }
  collectReads(context, template.reads);
  reportUnsure(context, template.unsure, node, key, true);
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
  const question = field.of.kind === "object" ? questionOf(field.of.fields) : undefined;
  let others = collector;
  const compiled = items.map((item, index) => {
    const at = `${path}/${index}`;
    if (!isButtons) {
      const here = others;
      const condition = question === undefined ? undefined : (item as CanonicalArguments)[question];
      // A branch is looked at where none before it fits.
      if (condition !== undefined) others = inside(here, question, condition as CanonicalCondition, false);
      return compileField(here, field.of, item, items, index, at);
    }
    collector.buttons.push(compileButton(collector.context, item as CanonicalArguments, `${collector.at}/${at}`));
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

/** A menu: what is shown of it, and what somebody picks. */
function compileMenu(
  collector: Collector,
  written: CanonicalArguments,
  path: string,
): Compiled<Readonly<Record<string, unknown>>> {
  const index = collector.buttons.push(compilePicks(collector.context, written, `${collector.at}/${path}`)) - 1;
  return gather([
    ["index", { value: index }],
    ["shown", compileObject(collector, shownMenuFields, written, path)],
  ]);
}

function isExpression(value: CanonicalValue): boolean {
  return typeof value === "object" && value !== null && "$" in value;
}
