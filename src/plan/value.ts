import { type CanonicalDatum, type CanonicalValue, entryOf, isCounted } from "../contracts/canonical.ts";
import type { Person } from "../contracts/event.ts";
import type { Field, ResolvedPlace } from "../contracts/fields.ts";
import { parseDuration } from "../language/duration.ts";
import { compileExpression } from "../language/expression/compile.ts";
import { parseMoment } from "../language/moment.ts";
import { type Name, parseName, parsePersonName } from "../language/name.ts";
import type { Problem } from "../language/problem.ts";
import { hasTags } from "../language/template/scan.ts";
import { describeType, required, type ValueType } from "../language/types.ts";
import { instant, type Value } from "../language/values.ts";
import type { Compiled } from "./arguments.ts";
import { collectReads, type RuleContext, report, reportProblem } from "./context.ts";
import { convert } from "./convert.ts";
import { describeDatum, literalFor, namedTypes, personAsValue } from "./datum-value.ts";
import { reportUnsure } from "./missed.ts";

/** Fields that take a literal or one expression and whose value has a type of its own. */
type ValueField = Extract<
  Field,
  {
    kind:
      | "integer"
      | "number"
      | "boolean"
      | "duration"
      | "size"
      | "choice"
      | "percent"
      | "right"
      | "value"
      | "file"
      | "person"
      | "role"
      | "places"
      | "data_name"
      | "command_name";
  }
>;

/** Compiles one such argument; types are checked now, bounds again when the value is known. */
export function compileValue(
  context: RuleContext,
  field: ValueField | Extract<Field, { kind: "integer" | "number" }>,
  written: CanonicalValue,
  node: object,
  key: string | number,
): Compiled {
  if (typeof written === "object" && written !== null && "$" in written)
    return compileDynamic(context, field, String(written.$), node, key);
  switch (field.kind) {
    case "file":
      return { value: { path: String(written) } };
    case "person":
      return person(context, String(written), node, key);
    case "role":
      return role(context, String(written), node, key);
    case "places":
      return field.asWritten === true
        ? { value: namesOf(context, written, node, key) }
        : places(context, field, written, node, key);
    default:
      return { value: written };
  }
}

/**
 * A value for declared data: what is written is read by the declaration, an expression must be of its type.
 * Where it is optional, an expression without a value comes out undefined.
 */
export function compileDatumValue(
  context: RuleContext,
  datum: CanonicalDatum,
  written: CanonicalValue,
  node: object,
  key: string | number,
  optional = false,
): Compiled {
  const wrong = (what: string): Compiled => {
    report(context, node, key, "wrong-value-type", `this must be ${describeDatum(datum)}, and it is ${what}.`);
    return { value: null };
  };
  if (typeof written === "object" && written !== null && "$" in written)
    return compileDynamic(context, { kind: "value", about: "", optional }, String(written.$), node, key, (type) => {
      if (!holds(datum, type)) wrong(describeType(type));
    });
  // In a text it is compiled by whoever asks.
  if (typeof written === "string" && hasTags(written)) return wrong("a text of several parts");
  if (datum.type === "list" && isWrittenList(written))
    return inOrder(
      written.map((item, index) => compileDatumValue(context, entryOf(datum), item, written, index)),
      (values) => values,
    );
  if (isWrittenList(written)) return wrong("a list");
  if (namedTypes.has(datum.type)) return named(context, datum.type, written, node, key);
  if (datum.type === "time") {
    const text = String(written);
    if (!parseMoment(text, "UTC").ok) return wrong(JSON.stringify(written));
    return { evaluate: ({ env }) => momentIn(text, env.timezone) };
  }
  const value = literalFor(datum, written);
  return value === undefined ? wrong(JSON.stringify(written)) : { value };
}

/** A value that declared data is compared with; `holds` says of what data a question makes sense. */
export function compileAskedDatum(
  context: RuleContext,
  name: string,
  datum: CanonicalDatum,
  { holds: wanted }: Extract<Field, { kind: "value" }>,
  written: CanonicalValue,
  node: object,
  key: string,
): Compiled {
  const isNumber = isCounted(datum);
  const isText = datum.type === "text" || datum.type === "choice" || datum.type === "list";
  if ((wanted === "number" && !isNumber) || (wanted === "text" && !isText)) {
    const message = `"${name}" holds ${describeDatum(datum)}, and "${key}" asks for ${wanted === "number" ? "a number" : "a text"}`;
    report(
      context,
      node,
      key,
      "wrong-value-type",
      `${message}.`,
      `write ${isNumber ? "equals, at_least or below" : isText ? "equals or contains" : "equals"}`,
    );
    return { value: null };
  }
  // A part of a text need not be one of its choices.
  const part: CanonicalDatum = datum.type === "list" ? entryOf(datum) : { ...datum, type: "text" };
  const asked = wanted === "text" ? part : datum;
  return compileDatumValue(context, asked, written, node, key);
}

/** A moment of the file, which was found to be one when the file was read. */
function momentIn(text: string, timezone: string): Value {
  const read = parseMoment(text, timezone);
  return read.ok ? instant(read.value) : null;
}

/** Somebody or something of the platform, by the name that the file writes. */
function named(
  context: RuleContext,
  type: CanonicalDatum["type"],
  written: CanonicalValue,
  node: object,
  key: string | number,
): Compiled {
  if (type === "role") return role(context, String(written), node, key);
  if (type === "channel")
    return inOrder([places(context, { kind: "places", about: "" }, written, node, key)], ([found]) => {
      const [place] = found as readonly ResolvedPlace[];
      return place === undefined ? null : { ...place.channel, platform: place.platform };
    });
  return inOrder([person(context, String(written), node, key)], ([found]) => found && personAsValue(found as Person));
}

/** One value of several that are there now or later. */
function inOrder(all: readonly Compiled[], join: (values: readonly unknown[]) => unknown): Compiled {
  return {
    async evaluate(scope) {
      return join(await Promise.all(all.map((one) => ("value" in one ? one.value : one.evaluate(scope)))));
    },
  };
}

function holds(datum: CanonicalDatum, optionalType: ValueType): boolean {
  const type = required(optionalType);
  if (type.kind === "unknown") return true;
  switch (datum.type) {
    case "integer":
    case "number":
      return type.kind === "integer" || type.kind === "number";
    case "text":
    case "choice":
      return ["text", "code", "integer", "number"].includes(type.kind);
    case "user":
    case "member":
      return type.kind === "object" && type.name === "person";
    case "role":
    case "channel":
    case "attachment":
      return type.kind === "object" && type.name === datum.type;
    case "list":
      return type.kind === "list" && (type.of.kind === "empty" || holds(entryOf(datum), type.of));
    default:
      return type.kind === datum.type;
  }
}

function person(context: RuleContext, written: string, node: object, key: string | number): Compiled {
  const read = parsePersonName(written, context.platforms);
  if (read.ok) return { evaluate: (scope) => scope.names.person(read.value.platform, read.value.name, "file") };
  reportProblem(context, read.problem, node, key);
  return { value: null };
}

function role(context: RuleContext, written: string, node: object, key: string | number): Compiled {
  const read = parseName(written, context.platforms);
  if (read.ok) return { evaluate: (scope) => scope.names.role(read.value.platform, read.value.name, "file") };
  reportProblem(context, read.problem, node, key);
  return { value: null };
}

function places(
  context: RuleContext,
  field: ValueField | Extract<Field, { kind: "integer" | "number" }>,
  written: CanonicalValue,
  node: object,
  key: string | number,
): Compiled {
  const items = isWrittenList(written) ? written : [written];
  const parent = isWrittenList(written) ? written : node;
  const each = items.map((item, index): Compiled => {
    const at = isWrittenList(written) ? index : key;
    if (typeof item === "object" && item !== null && "$" in item)
      return compileDynamic(context, field, String(item.$), parent, at);
    const read = parseName(String(item), context.platforms);
    if (read.ok)
      return { evaluate: async (scope) => [await scope.names.place(read.value.platform, read.value.name, "file")] };
    reportProblem(context, read.problem, parent, at);
    return { value: [] };
  });
  return {
    async evaluate(scope) {
      const lists = await Promise.all(each.map((one) => ("value" in one ? one.value : one.evaluate(scope))));
      const found = lists.filter((one) => one !== undefined);
      // An option that nobody gave counts as left out.
      return found.length === 0 && lists.length > 0 ? undefined : found.flat();
    },
  };
}

function namesOf(context: RuleContext, written: CanonicalValue, node: object, key: string | number): readonly Name[] {
  const items = isWrittenList(written) ? written : [written];
  return items.flatMap((item, index) => {
    const read = parseName(String(item), context.platforms);
    if (read.ok) return [read.value];
    reportProblem(context, read.problem, isWrittenList(written) ? written : node, isWrittenList(written) ? index : key);
    return [];
  });
}

function isWrittenList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

function compileDynamic(
  context: RuleContext,
  field: ValueField | Extract<Field, { kind: "integer" | "number" }>,
  source: string,
  node: object,
  key: string | number,
  check?: (type: ValueType) => void,
): Compiled {
  const compiled = compileExpression(source, context.scope);
  // The expression stands behind the braces that the canonical form took away.
  const braces = context.origins.expressionOffset(node, key);
  const wrongIn = (problems: readonly Problem[]): Compiled => {
    for (const problem of problems) reportProblem(context, { ...problem, offset: problem.offset + braces }, node, key);
    return { value: null };
  };
  if (!compiled.ok) return wrongIn(compiled.problems);
  if (!fits(field, compiled.type)) {
    const message = `this must be ${wanted(field)}, and it is ${describeType(compiled.type)}.`;
    report(context, node, key, "wrong-value-type", message, otherType(field, compiled.type, source));
    return { value: null };
  }
  const inPlace = field.kind === "duration" ? noDurationInPlace(source) : undefined;
  if (inPlace !== undefined) return wrongIn([inPlace]);
  check?.(compiled.type);
  collectReads(context, compiled.reads);
  reportUnsure(context, compiled.unsure, node, key, false, braces);
  const isOptional = field.optional === true;
  const about = optionIn(source) ?? String(key);
  return {
    evaluate: (scope) => convert(field, compiled.evaluate(scope.values, scope.env), scope, isOptional, about),
  };
}

/** `options.for | default: 'a week'`: a text that is no duration in the place of one, which otherwise only the run finds. */
function noDurationInPlace(source: string): Problem | undefined {
  const [, before, quotedText] = /^(.*\|\s*default\s*:\s*)('[^']*'|"[^"]*")\s*$/s.exec(source) ?? [];
  if (before === undefined || quotedText === undefined) return undefined;
  const read = parseDuration(quotedText.slice(1, -1));
  if (read.ok) return undefined;
  const { hint } = read.problem;
  const unquoted = hint?.startsWith("write ") ? { hint: `${hint}, without quotes` } : {};
  return { ...read.problem, ...unquoted, offset: before.length, length: quotedText.length };
}

/** What to write where a value of another type stands: declared as another one, or a person in the place of a channel. */
function otherType(field: Field, found: ValueType, source: string): string | undefined {
  const [, root, name] = /^\s*(options|data)\.(\w+)\s*$/.exec(source) ?? [];
  const value = required(found);
  if (field.kind === "places" && value.kind === "object" && value.name === "person")
    return field.forPerson?.(`"{{ ${source.trim()} }}"`);
  const type = value.kind;
  if (field.kind === "duration" && (type === "integer" || type === "number"))
    return `write how long one is, such as {{ 1m | times: ${source.trim()} }}`;
  if (name === undefined || type !== "text") return undefined;
  const meant = ({ integer: "integer", number: "integer", duration: "duration" } as Record<string, string>)[field.kind];
  return meant && `declare "${name}" as one, under ${root}: ${name}: { type: ${meant} }`;
}

/** The option that an expression is, or would be: whoever typed a value that does not fit knows it by that name. */
const optionIn = (source: string): string | undefined =>
  /^\s*options\.(\w+)\s*(?:\|\s*default\s*:[^|]*)?$/.exec(source)?.[1];

function wanted(field: Field): string {
  switch (field.kind) {
    case "integer":
      return "a whole number";
    case "number":
    case "size":
    case "percent":
      return "a number";
    case "boolean":
      return "yes or no";
    case "duration":
      return "a duration, such as 10m";
    case "person":
      return 'a person, such as "{{ user }}"';
    case "file":
      return "a file that an action has made, such as the one that transcript saves";
    case "role":
      return "a role";
    case "places":
      return "a channel";
    default:
      return "a text";
  }
}

function fits(field: Field, optionalType: ValueType): boolean {
  const type = required(optionalType);
  if (type.kind === "unknown" || field.kind === "value") return true;
  switch (field.kind) {
    case "integer":
    case "number":
    case "size":
    case "percent":
      return type.kind === "integer" || type.kind === "number";
    case "boolean":
    case "duration":
      return type.kind === field.kind;
    case "person":
      // A name that the file itself writes, as in a list that is gone through; what somebody types is read as an option.
      return (type.kind === "text" && type.choices !== undefined) || (type.kind === "object" && type.name === "person");
    case "file":
      return type.kind === "object" && type.name === "file";
    case "role":
      return type.kind === "text" || (type.kind === "object" && type.name === "role");
    case "places":
      if (type.kind === "list") return fits(field, type.of);
      return type.kind === "text" || (type.kind === "object" && type.name === "channel");
    default:
      return type.kind === "text";
  }
}
