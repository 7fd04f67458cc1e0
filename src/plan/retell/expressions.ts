import { parseExpression } from "../../language/expression/parser.ts";
import type { ComparisonOperator, Expression, PathStep } from "../../language/expression/syntax.ts";
import { filtersByName } from "../../language/filters/index.ts";
import { isDuration } from "../../language/values.ts";
import { either, ownerOf, spaced, type Telling, together } from "./telling.ts";
import { sayDuration } from "./times.ts";

/** What people call values that are always there. Others, such as the items of a loop, are "this" one. */
const spoken: Readonly<Record<string, string>> = {
  user: "the person",
  now: "now",
  today: "today",
  picked: "what was picked",
  error: "what failed",
  body: "what was sent",
  retry_after: "the time left",
  "forloop.index": "the number of the round",
};

/** Names that every run, or a trigger, has: there is one of each. */
const definite = new Set(
  "moderator author channel server message bot platform reason role emoji moment before value count button form".split(
    " ",
  ),
);

/** What other programs or events send: whether that is a yes or no is known only when it is there. */
const unknownRoots = new Set(["body", "values"]);

const comparisons: Readonly<Record<ComparisonOperator, readonly [yes: string, no: string]>> = {
  "==": ["is", "is not"],
  "!=": ["is not", "is"],
  "<": ["is below", "is not below"],
  "<=": ["is at most", "is above"],
  ">": ["is above", "is at most"],
  ">=": ["is at least", "is below"],
  contains: ["contains", "does not contain"],
  in: ["is in", "is not in"],
};

/** The same of moments. */
const moments: Partial<typeof comparisons> = {
  "<": ["is before", "is not before"],
  "<=": ["is not after", "is after"],
  ">": ["is after", "is not after"],
  ">=": ["is not before", "is before"],
};

/** An expression as it is written, said as a value. */
export function sayWritten(source: string, telling: Telling): string {
  const parsed = parseExpression(source);
  return parsed.ok ? sayExpression(parsed.expression, telling) : source.trim();
}

/** An expression as it is written, said as something that is so, or not so. */
export function sayAsked(source: string, isTrue: boolean, telling: Telling): string {
  const parsed = parseExpression(source);
  if (!parsed.ok) return source.trim();
  if (comparesForms(parsed.expression)) return `‹${source.trim()}› is ${isTrue ? "so" : "not so"}`;
  return sayTruth(parsed.expression, isTrue, telling);
}

/** Whether something is compared in another form than it has, such as its year alone: no sentence says that as exactly. */
function comparesForms(expression: Expression, compared = false): boolean {
  switch (expression.kind) {
    case "not":
      return comparesForms(expression.operand, compared);
    case "and":
    case "or":
      return expression.operands.some((one) => comparesForms(one, compared));
    case "compare":
      return comparesForms(expression.left, true) || comparesForms(expression.right, true);
    case "filter":
      return (
        (compared && filtersByName.get(expression.call.name)?.tells === undefined) ||
        comparesForms(expression.input, compared)
      );
    default:
      return false;
  }
}

/** Whether an expression is certainly true or not, because all of it is written out. */
export function truthOf(source: string): boolean | undefined {
  const parsed = parseExpression(source);
  return parsed.ok ? certain(parsed.expression) : undefined;
}

function certain(expression: Expression): boolean | undefined {
  if (expression.kind === "literal") return ![null, "", 0, false].some((nothing) => nothing === expression.value);
  if (expression.kind !== "compare" || (expression.operator !== "==" && expression.operator !== "!=")) return undefined;
  const { left, right, operator } = expression;
  if (left.kind !== "literal" || right.kind !== "literal") return undefined;
  const isEmpty = [left, right].some(({ type }) => type === "empty");
  const plain = ({ value }: typeof left) => (isEmpty ? (value ?? "") : isDuration(value) ? value.ms : value);
  return (plain(left) === plain(right)) === (operator === "==");
}

function sayExpression(expression: Expression, telling: Telling): string {
  switch (expression.kind) {
    case "literal": {
      const { value, type } = expression;
      if (type === "empty" || value === null) return "nothing";
      if (isDuration(value)) return sayDuration(value.ms);
      if (typeof value === "boolean") return value ? "yes" : "no";
      return type === "text" ? `'${String(value)}'` : String(value);
    }
    case "list":
      return either(expression.items.map((item) => sayExpression(item, telling)));
    case "path": {
      const steps = expression.steps.map((step) => (step.kind === "index" ? step.index : step.name));
      return sayPath([expression.root, ...steps], telling);
    }
    case "filter": {
      const { name, args } = expression.call;
      const tells = filtersByName.get(name)?.tells ?? "{}";
      const input =
        expression.input.kind === "list" && name !== "random"
          ? together(expression.input.items.map((item) => sayExpression(item, telling)))
          : sayExpression(expression.input, telling);
      return tells.replace(/\{(\d?)\}/g, (_all, at: string) =>
        at === "" ? input : args[Number(at)] === undefined ? "" : sayExpression(args[Number(at)]!, telling),
      );
    }
    default:
      return `whether ${sayTruth(expression, true, telling)}`;
  }
}

function sayTruth(expression: Expression, isTrue: boolean, telling: Telling): string {
  switch (expression.kind) {
    case "not":
      return sayTruth(expression.operand, !isTrue, telling);
    case "and":
    case "or": {
      const said = expression.operands.map((one) => sayTruth(one, isTrue, telling));
      const between = (expression.kind === "and") === isTrue ? " and " : " or ";
      return said.map((one) => (/ (and|or) /.test(one) && said.length > 1 ? `(${one})` : one)).join(between);
    }
    case "compare": {
      const { operator, left, right } = expression;
      const words = isMoment(left) || isMoment(right) ? { ...comparisons, ...moments } : comparisons;
      const said = agreeing(sayExpression(left, telling), words[operator][isTrue ? 0 : 1]);
      return `${said} ${sayExpression(right, telling)}`;
    }
    case "literal":
      return certain(expression) === isTrue ? "always" : "never";
    default:
      break;
  }
  const said = sayExpression(expression, telling);
  const path = expression.kind === "path" ? [expression.root, ...expression.steps.map(nameOf)].join(".") : "";
  const type = telling.types.get(path);
  if (type === "boolean") return `${said} is ${isTrue ? "yes" : "no"}`;
  if (unknownRoots.has(path.split(".")[0]!))
    return `${said} is ${isTrue ? "there, and neither no nor 0" : "not there, or it is no or 0"}`;
  const isOption = /^options\.\w+$/.test(path);
  const isNumber = type === "integer" || type === "number";
  const [yes, no] = isOption
    ? isNumber
      ? ["is given and not 0", "is not given or is 0"]
      : ["is given", "is not given"]
    : isNumber
      ? ["is not 0", "is 0"]
      : ["is set", "is not set"];
  return agreeing(isOption ? said.replace(/ given$/, "") : said, isTrue ? yes : no);
}

const nameOf = (step: PathStep): string => (step.kind === "field" ? step.name : String(step.index));

/** Whether something is certainly a moment, so that it is before another and not below. */
function isMoment(expression: Expression): boolean {
  if (expression.kind === "filter") return isMoment(expression.input);
  return expression.kind === "path" && ["now", "today", "moment"].includes(expression.root);
}

/** What is said of something, for one thing or for several: "the person's coins are below 10". */
export function agreeing(subject: string, predicate: string): string {
  const isSeveral = /^(the|this) (\w+'s )?(\w+ )?\w*[^siu]s( of .*| kept| given)?$/.test(subject);
  return `${subject} ${isSeveral ? predicate.replace(/\bis\b/g, "are") : predicate}`;
}

/** A path in words: `options.member.data.coins` is "the coins of the member given". */
export function sayPath(path: readonly (string | number)[], telling: Telling): string {
  const [root, first, ...rest] = path;
  const two = spoken[`${root}.${first}`];
  if (two !== undefined) return sayOf(two, rest);
  if (root === "options" && first !== undefined) return sayOf(called(String(first), "given"), rest);
  if (root === "steps" && first !== undefined) return sayOf(called(String(first), "kept"), rest);
  if (root === "values" && first !== undefined) return sayOf(`the ${spaced(String(first))} sent along`, rest);
  if (root === "data" && first !== undefined)
    return sayOf(`${ownerOf(String(first), telling)}'s ${spaced(String(first))}`, rest);
  const name = String(root);
  return sayOf(spoken[name] ?? `${definite.has(name) ? "the" : "this"} ${spaced(name)}`, path.slice(1));
}

const littleWords = new Set("for to at in of on by from with as until since mine yours his hers".split(" "));

/** Something by its name: "the member given". What is called as a little word is, such as `for`, would make no sentence. */
function called(name: string, how: "given" | "kept"): string {
  return littleWords.has(name) ? `what is ${how} as "${name}"` : `the ${spaced(name)} ${how}`;
}

/** The parts of something: whose name or mention it is goes without saying, as does that people's data are theirs. */
function sayOf(whole: string, parts: readonly (string | number)[]): string {
  return parts.reduce<string>((said, part) => {
    if (part === "name" || part === "mention" || part === "data") return said;
    if (typeof part === "number")
      return part === 0
        ? `the first of ${said}`
        : part === -1
          ? `the last of ${said}`
          : `number ${part + 1} of ${said}`;
    return said === "the person" ? `the person's ${spaced(part)}` : `the ${spaced(part)} of ${said}`;
  }, whole);
}
