import { suggest } from "../../diagnostics/suggest.ts";
import type { Filter, FilterArgument, Kind } from "../filters/filter.ts";
import { filterSynonyms } from "../filters/index.ts";
import { describeType, required, t, type ValueType } from "../types.ts";
import { isDate, isDuration, isInstant, isList, isMention, type Value } from "../values.ts";
import { type Analysis, mistaken, type Node, quoted, report } from "./analysis.ts";
import type { Expression, FilterCall, Span } from "./syntax.ts";

/** Checks one `| name: argument` and makes the function that applies it. */
export function compileFilterCall(
  call: FilterCall,
  input: Node,
  args: readonly Node[],
  inputSpan: Span,
  analysis: Analysis,
): Node {
  const filter = analysis.filters.get(call.name);
  if (filter === undefined) {
    const meant = filterSynonyms.get(call.name) ?? suggest(call.name, analysis.filters.keys());
    const hint = meant === undefined ? "botctl explain filters lists them" : `did you mean "${meant}"?`;
    report(analysis, "unknown-filter", call.nameSpan, `there is no filter "${call.name}"`, hint);
    return mistaken;
  }
  if (!checkInput(filter, input, call, inputSpan, analysis) || !checkArguments(filter, args, call, analysis))
    return mistaken;

  const type = required(input.type);
  const result = filter.result(
    type,
    args.map((arg) => arg.type),
    args.map((arg) => arg.constant),
  );
  if ("mistake" in result) {
    const { argument } = result;
    const span = argument === undefined ? call.nameSpan : (call.args[argument]?.span ?? call.nameSpan);
    const code = argument === undefined ? "wrong-filter-input" : "wrong-filter-argument";
    report(analysis, code, span, result.mistake, result.hint);
    return mistaken;
  }
  const mayBeMissing = input.type.kind === "optional" || input.type.kind === "empty" || input.type.kind === "unknown";
  const argMayBeMissing = filter.args.some(
    (declared, at) => declared.kinds !== "any" && args[at] !== undefined && isLoose(args[at].type),
  );
  const canBeEmpty = (mayBeMissing && filter.acceptsEmpty !== true) || argMayBeMissing;
  return { type: canBeEmpty ? t.optional(result) : result, evaluate: application(filter, input, args, type) };
}

const isLoose = (type: ValueType) => type.kind === "optional" || type.kind === "unknown" || type.kind === "empty";

function checkInput(filter: Filter, input: Node, call: FilterCall, span: Span, analysis: Analysis): boolean {
  if (accepts(filter.input, input.type)) return true;
  const wanted = describeKinds(filter.input as readonly Kind[]);
  const message = `"${filter.name}" needs ${wanted}; ${quoted(analysis, span)} is ${describeType(required(input.type))}`;
  const hint =
    (filter.name === "plus" || filter.name === "join") && required(input.type).kind === "text"
      ? "to put texts together, write them side by side: {{ a }} {{ b }}"
      : undefined;
  report(analysis, "wrong-filter-input", call.nameSpan, message, hint);
  return false;
}

function checkArguments(filter: Filter, args: readonly Node[], call: FilterCall, analysis: Analysis): boolean {
  const needed = filter.args.filter((arg) => arg.optional !== true).length;
  if (args.length < needed || args.length > filter.args.length) {
    const tooMany = args.length > filter.args.length;
    const span = tooMany ? call.args[filter.args.length]!.span : call.nameSpan;
    const message = tooMany
      ? `"${filter.name}" takes ${filter.args.length === 0 ? "nothing behind it" : `at most ${filter.args.length}`}`
      : `behind "${filter.name}" something is missing: ${inSentence(filter.args[args.length]!.summary)}`;
    report(analysis, "wrong-filter-argument", span, message, `for example ${filter.examples[0]!.expression}`);
    return false;
  }
  for (const [at, arg] of args.entries()) {
    const declared: FilterArgument = filter.args[at]!;
    if (accepts(declared.kinds, arg.type)) continue;
    const written: Expression = call.args[at]!;
    const message = `"${declared.name}" of "${filter.name}" is ${describeKinds(declared.kinds as readonly Kind[])}; ${quoted(analysis, written.span)} is ${describeType(required(arg.type))}`;
    const hint = declared.kinds.includes("text")
      ? `write it in quotes: '${quoted(analysis, written.span)}'`
      : undefined;
    report(analysis, "wrong-filter-argument", written.span, message, written.kind === "path" ? undefined : hint);
    return false;
  }
  return true;
}

const inSentence = (summary: string) => summary[0]!.toLowerCase() + summary.slice(1, -1);

function accepts(kinds: readonly Kind[] | "any", type: ValueType): boolean {
  if (kinds === "any") return true;
  const { kind } = required(type);
  if (kind === "unknown" || kind === "empty" || kind === "optional") return true;
  if (kind === "code") return kinds.includes("text");
  return kinds.includes(kind) || (kind === "integer" && kinds.includes("number"));
}

function describeKinds(kinds: readonly Kind[]): string {
  const words = kinds
    .filter((kind) => kind !== "integer" || !kinds.includes("number"))
    .map((kind) =>
      kind === "list"
        ? "a list"
        : kind === "object"
          ? "a person, role or channel"
          : describeType({ kind } as ValueType),
    );
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Missing stays missing, and so does what is known only at run time and then is of another kind. */
function application(filter: Filter, input: Node, args: readonly Node[], type: ValueType): Node["evaluate"] {
  const checkedInput = filter.input !== "any" && isLoose(type) ? filter.input : undefined;
  const checkedArgs = filter.args.map((declared, at) =>
    declared.kinds !== "any" && args[at] !== undefined && isLoose(args[at].type) ? declared.kinds : undefined,
  );
  const anyChecked = checkedArgs.some((kinds) => kinds !== undefined);
  return (values, env) => {
    const found = input.evaluate(values, env);
    const isText = checkedInput !== undefined && typeof found === "string" && !isOfKind(found, checkedInput);
    const value = isText && filter.fromText !== undefined ? filter.fromText(found, env) : found;
    if (value === null) {
      if (filter.acceptsEmpty !== true) return null;
    } else if (checkedInput !== undefined && !isOfKind(value, checkedInput)) return null;
    const given: Value[] = [];
    for (const arg of args) given.push(arg.evaluate(values, env));
    if (anyChecked) {
      for (const [at, kinds] of checkedArgs.entries()) {
        if (kinds !== undefined && !isOfKind(given[at]!, kinds)) return null;
      }
    }
    return filter.apply(value, given, env, type);
  };
}

function isOfKind(value: Value, kinds: readonly Kind[]): boolean {
  switch (typeof value) {
    case "string":
      return kinds.includes("text");
    case "number":
      return kinds.includes("number") || (kinds.includes("integer") && Number.isInteger(value));
    case "boolean":
      return kinds.includes("boolean");
  }
  if (value === null) return false;
  if (isList(value)) return kinds.includes("list");
  if (isDuration(value)) return kinds.includes("duration");
  if (isInstant(value)) return kinds.includes("time");
  if (isDate(value)) return kinds.includes("date");
  return isMention(value) ? kinds.includes("mention") : kinds.includes("object");
}
