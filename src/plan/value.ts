import type { CanonicalValue } from "../contracts/canonical.ts";
import type { Channel, Person, Role } from "../contracts/event.ts";
import type { Field, ResolvedPlace } from "../contracts/fields.ts";
import { formatDuration } from "../language/duration.ts";
import { compileExpression } from "../language/expression/compile.ts";
import { parseName, parsePersonName } from "../language/name.ts";
import { describeType, required, type ValueType } from "../language/types.ts";
import { isDuration, isList, isObject, type ObjectValue, type Value } from "../language/values.ts";
import type { Compiled } from "./arguments.ts";
import { collectReads, type RuleContext, report, reportProblem } from "./context.ts";
import { Refusal, type RunScope } from "./program.ts";

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
      | "value"
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
    case "person":
      return person(context, String(written), node, key);
    case "role":
      return role(context, String(written), node, key);
    case "places":
      return places(context, field, written, node, key);
    default:
      return { value: written };
  }
}

function person(context: RuleContext, written: string, node: object, key: string | number): Compiled {
  const read = parsePersonName(written, context.platforms);
  if (read.ok) return { evaluate: (scope) => scope.names.person(read.value.platform, read.value.name) };
  reportProblem(context, read.problem, node, key);
  return { value: null };
}

function role(context: RuleContext, written: string, node: object, key: string | number): Compiled {
  const read = parseName(written, context.platforms);
  if (read.ok) return { evaluate: (scope) => scope.names.role(read.value.platform, read.value.name) };
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
    if (read.ok) return { evaluate: async (scope) => [await scope.names.place(read.value.platform, read.value.name)] };
    reportProblem(context, read.problem, parent, at);
    return { value: [] };
  });
  return {
    async evaluate(scope) {
      const lists = await Promise.all(each.map((one) => ("value" in one ? one.value : one.evaluate(scope))));
      return lists.flat();
    },
  };
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
): Compiled {
  const compiled = compileExpression(source, context.scope);
  if (!compiled.ok) {
    // The expression stands behind the braces that the canonical form took away.
    const braces = context.origins.expressionOffset(node, key);
    for (const problem of compiled.problems)
      reportProblem(context, { ...problem, offset: problem.offset + braces }, node, key);
    return { value: null };
  }
  if (!fits(field, compiled.type)) {
    const message = `this must be ${wanted(field)}, and it is ${describeType(compiled.type)}`;
    report(context, node, key, "wrong-value-type", message);
    return { value: null };
  }
  collectReads(context, compiled.reads);
  const isOptional = field.optional === true;
  const about = String(key);
  return {
    evaluate: (scope) => convert(field, compiled.evaluate(scope.values, scope.env), scope, isOptional, about),
  };
}

function wanted(field: Field): string {
  switch (field.kind) {
    case "integer":
      return "a whole number";
    case "number":
    case "size":
      return "a number";
    case "boolean":
      return "yes or no";
    case "duration":
      return "a duration, such as 10m";
    case "person":
      return 'a person, such as "{{ user }}"';
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
      return type.kind === "integer" || type.kind === "number";
    case "boolean":
    case "duration":
      return type.kind === field.kind;
    case "person":
      return type.kind === "object" && type.name === "person";
    case "role":
      return type.kind === "text" || (type.kind === "object" && type.name === "role");
    case "places":
      if (type.kind === "list") return fits(field, type.of);
      return type.kind === "text" || (type.kind === "object" && type.name === "channel");
    default:
      return type.kind === "text";
  }
}

/** The argument that `run` gets for a value. @throws Refusal with a sentence when the value does not fit after all. */
function convert(field: Field, value: Value, scope: RunScope, isOptional: boolean, about: string): unknown {
  if (value === null) {
    if (isOptional) return undefined;
    throw new Refusal(field.kind === "person" ? "Nobody was named." : `There is no value for "${about}".`);
  }
  switch (field.kind) {
    case "integer":
    case "number":
      return bounded(field, value, about);
    case "duration":
      return boundedDuration(field, value, about);
    case "choice":
      if (field.values.includes(String(value))) return value;
      throw new Refusal(`"${String(value)}" is not one of ${field.values.join(", ")}.`);
    case "person":
      return isObject(value) ? toPerson(value) : scope.names.person(undefined, String(value));
    case "role":
      return isObject(value) ? toRole(value) : scope.names.role(undefined, String(value));
    case "places":
      return toPlaces(value, scope);
    default:
      return value;
  }
}

function bounded(field: Extract<Field, { kind: "integer" | "number" }>, value: Value, about: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Refusal(`"${about}" must be a number.`);
  if (field.kind === "integer" && !Number.isSafeInteger(value))
    throw new Refusal(`"${about}" must be a whole number, and ${value} is not.`);
  if (field.minimum !== undefined && value < field.minimum)
    throw new Refusal(`"${about}" must be at least ${field.minimum}.`);
  if (field.maximum !== undefined && value > field.maximum)
    throw new Refusal(`"${about}" must be at most ${field.maximum}.`);
  return value;
}

function boundedDuration(field: Extract<Field, { kind: "duration" }>, value: Value, about: string): number {
  if (!isDuration(value)) throw new Refusal(`"${about}" must be a duration, such as 10m.`);
  if (field.minimumMs !== undefined && value.ms < field.minimumMs)
    throw new Refusal(`"${about}" must be at least ${formatDuration(field.minimumMs, "en")}.`);
  if (field.maximumMs !== undefined && value.ms > field.maximumMs)
    throw new Refusal(`"${about}" must be at most ${formatDuration(field.maximumMs, "en")}.`);
  return value.ms;
}

function toPerson(value: ObjectValue): Person {
  return {
    platform: String(value.platform),
    id: String(value.id),
    name: String(value.name),
    isBot: value.is_bot === true,
    ...(typeof value.username === "string" ? { username: value.username } : {}),
    ...(typeof value.language === "string" ? { language: value.language } : {}),
  };
}

function toRole(value: ObjectValue): Role {
  return { id: String(value.id), name: String(value.name) };
}

async function toPlaces(value: Value, scope: RunScope): Promise<readonly ResolvedPlace[]> {
  const items = isList(value) ? value : [value];
  return Promise.all(
    items.map(async (item): Promise<ResolvedPlace> => {
      if (!isObject(item)) return scope.names.place(undefined, String(item));
      const channel: Channel = { id: String(item.id), name: String(item.name), direct: item.direct === true };
      return { platform: scope.event.platform, channel };
    }),
  );
}
