import { suggest } from "../../diagnostics/suggest.ts";
import { describeType, type ObjectType, type Scope, t, type ValueType } from "../types.ts";
import { isList, type Value, type Values } from "../values.ts";
import { type Analysis, mistaken, type Node, quoted, report } from "./analysis.ts";
import { hintForOtherField, hintForOtherRoot } from "./other-names.ts";
import type { Expression, IndexStep, PathStep, Span } from "./syntax.ts";

type PathExpression = Extract<Expression, { kind: "path" }>;

/** Checks that a path leads to a declared value, and makes the function that reads it. */
export function compilePath(path: PathExpression, analysis: Analysis): Node {
  const { scope } = analysis;
  const rootSpan: Span = { offset: path.span.offset, length: path.root.length };
  if (!Object.hasOwn(scope, path.root)) {
    const word = quoted(analysis, rootSpan);
    report(analysis, "unknown-variable", rootSpan, `there is no value called "${word}"`, hintForRoot(path, scope));
    return mistaken;
  }
  let type: ValueType = scope[path.root]!;
  let optional = false;
  for (const [at, step] of path.steps.entries()) {
    if (type.kind === "optional") {
      noteUnsure(path, at, type, analysis);
      optional = true;
      type = type.of;
    }
    const next = step.kind === "index" ? indexed(type) : fieldOf(type, step.name);
    if (next === undefined) {
      explainStep(type, step, writtenUpTo(path, at, analysis), analysis);
      return mistaken;
    }
    if (step.kind === "index") optional = true;
    type = next;
  }
  noteUnsure(path, path.steps.length, type, analysis);
  analysis.reads.push([...(analysis.aliases.get(path.root) ?? [path.root]), ...path.steps.map(stepName)]);
  return { type: optional ? t.optional(type) : type, evaluate: reader(path.root, path.steps) };
}

/** Keeps that a value is read which may not be there: the one that the first of a path's steps lead to. */
function noteUnsure({ root, span, steps }: PathExpression, count: number, type: ValueType, analysis: Analysis): void {
  if (type.kind !== "optional" || type.unsure !== true) return;
  const end = steps[count - 1]?.span ?? { offset: span.offset, length: root.length };
  const { offset } = span;
  const path = [root, ...steps.slice(0, count).map(stepName)];
  analysis.unsure.push({ path, offset, length: end.offset + end.length - offset, asked: false });
}

/** A path as it is written, up to one of its steps. */
function writtenUpTo(path: PathExpression, end: number, analysis: Analysis): string {
  const steps = path.steps.slice(0, end).map((step) => {
    const text = quoted(analysis, step.span);
    return text.startsWith("[") ? text : `.${stepName(step)}`;
  });
  return path.root + steps.join("");
}

const stepName = (step: PathStep) => (step.kind === "index" ? "*" : step.name);

function indexed(type: ValueType): ValueType | undefined {
  return type.kind === "list" ? type.of : type.kind === "unknown" ? type : undefined;
}

function fieldOf(type: ValueType, name: string): ValueType | undefined {
  if (type.kind === "unknown") return type;
  return type.kind === "object" && Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
}

const listWords = new Set(["size", "first", "last", "join", "length", "count"]);

function explainStep(type: ValueType, step: PathStep, written: string, analysis: Analysis): void {
  if (step.kind === "index") {
    report(analysis, "unknown-variable", step.span, `"${written}" is ${describeType(type)}, not a list`);
    return;
  }
  const { name, span } = step;
  if (type.kind === "object") {
    const other = type.elsewhere?.(name);
    if (other !== undefined) {
      analysis.problems.push({ ...other, ...span });
      return;
    }
    const known = Object.keys(type.fields);
    const remembered = hintForRemembered(written, type, name, analysis.scope);
    const near = suggest(name, known);
    const all = known.length > 0 && known.length <= 12 ? `it has ${known.join(", ")}` : declaredAt[written];
    const some = written === "steps" ? hintForUnsaved(name, known) : all;
    const meant = near === undefined ? hintForOtherField(written, name, known) : `did you mean "${written}.${near}"?`;
    const hint = remembered ?? meant ?? some;
    report(analysis, "unknown-variable", span, `"${written}" has no "${name}"`, hint);
    return;
  }
  const filter = name === "length" || name === "count" ? "size" : name;
  const hint =
    (type.kind === "list" || type.kind === "text") && listWords.has(name)
      ? `write ${written} | ${filter}`
      : type.kind === "list"
        ? hintForItem(written, type.of, name)
        : undefined;
  report(analysis, "unknown-variable", span, `"${written}" is ${describeType(type)} and has no "${name}"`, hint);
}

/** What is saved has its name from `save_as`. */
function hintForUnsaved(name: string, known: readonly string[]): string {
  const there = known.length > 0 && known.length <= 12 ? `; saved above: ${known.join(", ")}` : "";
  return `write save_as: ${name} beside the action above whose result it is${there}`;
}

/** What an item holds, and how one gets to it. */
function hintForItem(list: string, item: ValueType, name: string): string {
  if (item.kind !== "object" || Object.hasOwn(item.fields, name))
    return `for one of its items write ${list}[0].${name}`;
  const fields = Object.keys(item.fields);
  const has = `each of its items has ${fields.join(", ")}`;
  const { text: shows } = item;
  const other = fields.find((field) => field !== shows);
  if (shows === undefined || shows === "name" || other === undefined)
    return `${has}; for the first write ${list}[0].${fields[0]}`;
  const one = `{% if one.${shows} == '${name}' %}{{ one.${other} }}{% endif %}`;
  return `${has}; write {% for one in ${list} %}${one}{% endfor %}`;
}

/** What is remembered of somebody, looked for where it does not stand. */
function hintForRemembered(written: string, person: ObjectType, name: string, { data }: Scope): string | undefined {
  const isDatum = data?.kind === "object" && Object.hasOwn(data.fields, name);
  if (person.name !== "person" || !(name === "data" || isDatum)) return undefined;
  const rest = isDatum ? `.${name}` : "";
  if (Object.hasOwn(person.fields, "data")) return `did you mean "${written}.data${rest}"?`;
  const call = `call it with { who: "{{ ${written} }}" }, give it the option who: member`;
  return `what is remembered of them can be read in a block: ${call}, and write options.who.data${rest} there`;
}

/** What has names of the writer's own, and how one gets there. */
const declaredAt: Readonly<Record<string, string>> = {
  options: "what a command is given is declared under its options:",
  data: "what the bot remembers is declared under data:",
  steps: "save_as beside an action above keeps its result here",
};

/** What only some events bring along. */
const broughtBy: Readonly<Record<string, string>> = {
  message: "there is no message here; a rule on a message, a reaction or a command has one",
  body: "body is there only in rules on webhook, which other programs call",
};

/** Where the names inside are the writer's own. */
const namedByWriters = ["options", "data", "settings", "steps"];

/** The name that was meant, also where somebody left out what stands before the dot. */
function hintForRoot(path: PathExpression, scope: Scope): string | undefined {
  const name = path.root;
  if (Object.hasOwn(declaredAt, name)) return declaredAt[name];
  if (name === "user") return "nobody causes this, so there is no user; name the person, or leave it out";
  // What somebody named themselves is meant before what everybody has: `steps.name`, not `user.name`.
  const own = namedByWriters.filter((holder) => Object.hasOwn(scope, holder));
  for (const holder of [...own, ...Object.keys(scope)]) {
    const type = scope[holder]!;
    if (type.kind === "object" && Object.hasOwn(type.fields, name)) return `did you mean "${holder}.${name}"?`;
  }
  if (Object.hasOwn(broughtBy, name)) return broughtBy[name];
  const near = suggest(name, Object.keys(scope));
  const other = near === undefined ? hintForOtherRoot(name, Object.keys(scope)) : `did you mean "${near}"?`;
  if (other !== undefined) return other;
  for (const holder of own) {
    const type = scope[holder];
    const field = type?.kind === "object" ? suggest(name, Object.keys(type.fields)) : undefined;
    if (field !== undefined) return `did you mean "${holder}.${field}"?`;
  }
  return path.steps.length === 0 ? `if it is text, write it in quotes: '${name}'` : undefined;
}

/** Reading along known steps, without a loop for the common lengths. */
function reader(root: string, steps: readonly PathStep[]): (values: Values) => Value {
  if (steps.some((step) => step.kind === "index" || inherited(step.name))) {
    return (values) => {
      let value: Value = values[root] ?? null;
      for (const step of steps) value = step.kind === "index" ? element(value, step) : ownField(value, step.name);
      return value;
    };
  }
  const names = steps.map(stepName);
  const [first, second] = names;
  if (first === undefined) return (values) => values[root] ?? null;
  if (second === undefined) return (values) => field(values[root], first);
  if (names.length === 2) return (values) => field(field(values[root], first), second);
  return (values) => {
    let value: Value | undefined = values[root];
    for (const name of names) value = field(value, name);
    return value ?? null;
  };
}

/** Names such as "constructor", which every object seems to have. */
const inherited = (name: string) => name in Object.prototype;

function field(value: Value | undefined, name: string): Value {
  if (typeof value !== "object" || value === null || isList(value)) return null;
  return (value as Values)[name] ?? null;
}

function ownField(value: Value, name: string): Value {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? field(value, name) : null;
}

function element(value: Value, { index }: IndexStep): Value {
  return isList(value) ? (value.at(index) ?? null) : null;
}
