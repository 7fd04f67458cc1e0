import { suggest } from "../../diagnostics/suggest.ts";
import { parseDuration } from "../duration.ts";
import { printerFor } from "../print.ts";
import { describeType, required, type ValueType } from "../types.ts";
import { calendarDate, isDate, isDuration, isInstant, isList, isMention, type Value } from "../values.ts";
import { type Analysis, type Node, quoted, report } from "./analysis.ts";
import type { ComparisonOperator, Expression, Span } from "./syntax.ts";

interface Side {
  readonly node: Node;
  readonly span: Span;
}

type Test = (left: Value, right: Value) => boolean;

const boolean = { kind: "boolean" } as const;

/** Checks that two sides can be compared, and makes the function that does. A missing side is unequal to all but empty. */
export function compileComparison(
  expression: Extract<Expression, { kind: "compare" }>,
  left: Node,
  right: Node,
  analysis: Analysis,
): Node {
  const sides: [Side, Side] = [
    { node: left, span: expression.left.span },
    { node: right, span: expression.right.span },
  ];
  const { operator } = expression;
  if (operator === "contains") return membership(sides[0], sides[1], analysis);
  if (operator === "in") return membership(sides[1], sides[0], analysis, true);
  const [a, b] = withDates(sides, analysis);
  if (operator === "==" || operator === "!=") return equality(a, b, operator === "==", analysis);
  return order(a, b, operator, analysis);
}

function equality(left: Side, right: Side, wanted: boolean, analysis: Analysis): Node {
  const [a, b] = [left.node, right.node];
  if (a.type.kind === "empty" || b.type.kind === "empty") {
    const other = a.type.kind === "empty" ? b : a;
    return { type: boolean, evaluate: (values, env) => isEmpty(other.evaluate(values, env)) === wanted };
  }
  if (!comparable(a.type, b.type)) return different(left, right, analysis);
  checkChoice(left, right, analysis);
  checkChoice(right, left, analysis);
  const [readA, readB] = [a.evaluate, b.evaluate];
  if (isPrimitive(a.type) && isPrimitive(b.type))
    return { type: boolean, evaluate: (values, env) => (readA(values, env) === readB(values, env)) === wanted };
  return { type: boolean, evaluate: (values, env) => sameValue(readA(values, env), readB(values, env)) === wanted };
}

const orders: Record<string, (difference: number) => boolean> = {
  "<": (difference) => difference < 0,
  "<=": (difference) => difference <= 0,
  ">": (difference) => difference > 0,
  ">=": (difference) => difference >= 0,
};
const ordered = new Set(["number", "integer", "duration", "time", "date", "unknown"]);

function order(left: Side, right: Side, operator: ComparisonOperator, analysis: Analysis): Node {
  const [a, b] = [left.node, right.node];
  if (!comparable(a.type, b.type)) return different(left, right, analysis, left, textBesideNumber(left, right));
  for (const side of [left, right]) {
    const type = required(side.node.type);
    if (ordered.has(type.kind)) continue;
    const message = `"${operator}" compares numbers, durations, times and dates; ${what(side, analysis)}`;
    const hint = type.kind === "text" || type.kind === "list" ? "for how long it is, use | size" : undefined;
    report(analysis, "different-types", side.span, message, hint);
    return { type: boolean, evaluate: () => false };
  }
  const test = orders[operator]!;
  const [readA, readB] = [a.evaluate, b.evaluate];
  return {
    type: boolean,
    evaluate: (values, env) => {
      const [x, y] = [readA(values, env), readB(values, env)];
      if (typeof x === "number" && typeof y === "number") return test(x - y);
      if ((isDuration(x) && isDuration(y)) || (isInstant(x) && isInstant(y))) return test(x.ms - y.ms);
      if (isDate(x) && isDate(y)) return test(Date.parse(x.iso) - Date.parse(y.iso));
      return false;
    },
  };
}

function membership(whole: Side, part: Side, analysis: Analysis, swapped = false): Node {
  const [wholeType, partType] = [required(whole.node.type), required(part.node.type)];
  const test = membershipTest(wholeType, partType);
  if (test === undefined) {
    const word = swapped ? "in" : "contains";
    const isContainer = wholeType.kind === "list" || wholeType.kind === "text";
    if (isContainer && part.node.type.kind !== "empty") return different(whole, part, analysis, itemOf(whole));
    const side = isContainer ? part : whole;
    const { type } = side.node;
    const hint =
      type.kind === "object" && "text" in type.fields ? `write ${quoted(analysis, side.span)}.text` : undefined;
    const message = `"${word}" looks into a text or a list; ${what(side, analysis)}`;
    report(analysis, "different-types", side.span, message, hint);
    return { type: boolean, evaluate: () => false };
  }
  if (wholeType.kind === "list") checkChoice(itemOf(whole), part, analysis);
  const [readWhole, readPart] = [whole.node.evaluate, part.node.evaluate];
  return { type: boolean, evaluate: (values, env) => test(readWhole(values, env), readPart(values, env)) };
}

function membershipTest(whole: ValueType, part: ValueType): Test | undefined {
  const inText: Test = (text, piece) =>
    typeof text === "string" && typeof piece === "string" && piece !== "" && text.includes(piece);
  const inList: Test = (list, item) => isList(list) && item !== null && list.some((each) => sameValue(each, item));
  if (whole.kind === "text" && (part.kind === "text" || part.kind === "unknown")) return inText;
  if (whole.kind === "unknown" && part.kind !== "empty")
    return (value, item) => (isList(value) ? inList(value, item) : inText(value, item));
  if (whole.kind !== "list" || part.kind === "empty") return undefined;
  const of = required(whole.of);
  if (of.kind === "empty" || comparable(of, part)) return inList;
  // `user.roles contains 'Moderator'`: the text that is shown for a role is its name.
  const field = of.kind === "object" && part.kind === "text" && printerFor(of) !== undefined ? of.text : undefined;
  if (field === undefined) return undefined;
  return (list, name) =>
    isList(list) &&
    typeof name === "string" &&
    list.some(
      (item) => typeof item === "object" && item !== null && (item as Readonly<Record<string, Value>>)[field] === name,
    );
}

/** Whether two values of these types can be equal at all. */
export function comparable(left: ValueType, right: ValueType): boolean {
  const [a, b] = [required(left), required(right)];
  if (a.kind === "unknown" || b.kind === "unknown") return true;
  if (a.kind === "list" && b.kind === "list")
    return a.of.kind === "empty" || b.of.kind === "empty" || comparable(a.of, b.of);
  if (a.kind === "object" && b.kind === "object") return a.name === b.name;
  return family(a) === family(b);
}

const family = (type: ValueType) => (type.kind === "integer" ? "number" : type.kind === "code" ? "text" : type.kind);
const isPrimitive = (type: ValueType) => ["text", "number", "integer", "boolean"].includes(required(type).kind);
const isEmpty = (value: Value) => value === null || value === "" || (isList(value) && value.length === 0);

/** Equal by content; people, channels and roles by their id. */
function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((item, at) => sameValue(item, b[at]!));
  if (isDuration(a) || isInstant(a)) return (isDuration(b) || isInstant(b)) && a.kind === b.kind && a.ms === b.ms;
  if (isDate(a)) return isDate(b) && a.iso === b.iso;
  if (isMention(a)) return isMention(b) && a.target.kind === b.target.kind && a.target.id === b.target.id;
  const [idA, idB] = [(a as { id?: Value }).id, (b as { id?: Value }).id];
  return idA !== undefined && idA !== null && idA === idB;
}

/** A date may be compared with a day in quotes: `today == '2026-12-24'`. */
function withDates([left, right]: [Side, Side], analysis: Analysis): [Side, Side] {
  const convert = (side: Side, other: Side): Side => {
    const written = side.node.constant;
    if (required(other.node.type).kind !== "date" || typeof written !== "string") return side;
    const real = /^\d{4}-\d{2}-\d{2}$/.test(written) && !Number.isNaN(Date.parse(written));
    if (real && new Date(written).toISOString().startsWith(written)) {
      const value = calendarDate(written);
      return { ...side, node: { type: { kind: "date" }, evaluate: () => value } };
    }
    report(analysis, "different-types", side.span, `"${written}" is not a date`, "write a day like '2026-12-24'");
    return { ...side, node: { type: { kind: "unknown" }, evaluate: () => null } };
  };
  return [convert(left, right), convert(right, left)];
}

function checkChoice(side: Side, other: Side, analysis: Analysis): void {
  const type = required(side.node.type);
  const written = other.node.constant;
  if (type.kind !== "text" || type.choices === undefined || typeof written !== "string") return;
  if (type.choices.includes(written) || written === "") return;
  const near = suggest(written, type.choices);
  const all = type.choices.map((choice) => `'${choice}'`).join(", ");
  const message = `${quoted(analysis, side.span)} is never '${written}'`;
  report(analysis, "different-types", other.span, message, near ? `did you mean '${near}'?` : `it is one of ${all}`);
}

const what = (side: Side, analysis: Analysis) =>
  `${quoted(analysis, side.span)} is ${describeType(required(side.node.type))}`;

/** One item of a list, as a side of its own. */
function itemOf(side: Side): Side {
  const type = required(side.node.type);
  return type.kind === "list" ? { ...side, node: { ...side.node, type: type.of } } : side;
}

/** Reports two sides of different kinds; `meant` stands for the left one where the hint is about its items. */
function different(left: Side, right: Side, analysis: Analysis, meant = left, known?: string): Node {
  const message = `${what(left, analysis)}, but ${what(right, analysis)}: they cannot be compared`;
  const found = known ?? hintFor(meant, right, analysis) ?? hintFor(right, meant, analysis);
  const hint = found ?? "compare two values of one kind";
  const start = Math.min(left.span.offset, right.span.offset);
  const end = Math.max(left.span.offset + left.span.length, right.span.offset + right.span.length);
  report(analysis, "different-types", { offset: start, length: end - start }, message, hint);
  return { type: boolean, evaluate: () => false };
}

/** What to write where a text is asked whether it is more than a number: in quotes the number would not be one either. */
function textBesideNumber(left: Side, right: Side): string | undefined {
  const isNumber = (side: Side) => ["number", "integer"].includes(required(side.node.type).kind);
  const [text, number] = isNumber(left) ? [right, left] : [left, right];
  const type = required(text.node.type);
  if (type.kind !== "text" || text.node.constant !== undefined || !isNumber(number)) return undefined;
  return type.answer === true
    ? "give the question a type: ask: { question: …, type: integer }"
    : "compare two numbers; for how long a text is, use | size";
}

function hintFor(side: Side, other: Side, analysis: Analysis): string | undefined {
  const type = required(side.node.type);
  const otherType = required(other.node.type);
  const written = other.node.constant;
  if (type.kind === "object" && otherType.kind === "text" && type.text !== undefined)
    return `write ${quoted(analysis, side.span)}.${type.text}`;
  if (type.kind === "duration" && typeof written === "number")
    return "write a duration with its unit, such as 10s or 2h";
  if (type.kind === "text" && written !== undefined && written !== null && otherType.kind !== "list")
    return `write it in quotes: '${quoted(analysis, other.span)}'`;
  if (type.kind === "time" && (otherType.kind === "date" || otherType.kind === "text")) {
    const name = quoted(analysis, side.span);
    return name === "now" ? "write today instead of now" : `for its day write (${name} | date: 'iso')`;
  }
  if (type.kind === "list" && otherType.kind !== "list")
    return `write ${quoted(analysis, side.span)} contains ${quoted(analysis, other.span)}, or use | size`;
  if (typeof written !== "string") return undefined;
  const isPlain =
    ((type.kind === "number" || type.kind === "integer") && /^-?\d+(\.\d+)?$/.test(written)) ||
    (type.kind === "boolean" && ["yes", "no", "true", "false"].includes(written)) ||
    (type.kind === "duration" && parseDuration(written).ok);
  return isPlain ? `write ${written} without quotes` : undefined;
}
