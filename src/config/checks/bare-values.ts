import type { CanonicalCondition } from "../../contracts/canonical.ts";
import { errorAt } from "../../diagnostics/diagnostic.ts";
import { parseExpression } from "../../language/expression/parser.ts";
import type { Expression } from "../../language/expression/syntax.ts";
import { isTrue } from "../../language/values.ts";
import { hintForGroup } from "../condition-meant.ts";
import type { Check, CheckContext } from "./check.ts";
import { conditionsOf } from "./walk.ts";

type Literal = Extract<Expression, { kind: "literal" }>;

/** A literal that stands as a condition, and what it was perhaps to be compared with. */
interface Found {
  readonly literal: Literal;
  readonly compared?: string;
}

/** Texts and numbers that are a condition by themselves: they ask nothing, so that everybody would be let in. */
export const bareValues: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const condition of conditionsOf(context, rule))
      for (const node of expressionsIn(condition)) {
        // What a setting of a pack has become is for the pack to ask whether it is there.
        if (!mayHoldLiteral.test(node.$) || context.origins.isFilledIn(node, "$")) continue;
        const parsed = parseExpression(node.$);
        if (!parsed.ok) continue;
        for (const { literal, compared } of asked(parsed.expression, node.$)) {
          const { offset, length } = literal.span;
          const at = context.origins.inText(node, "$", offset, length);
          const message = `this is ${kinds[literal.type]}, and ${truthOf(literal, node.$)}.`;
          const hint = hintFor(context, literal, node.$, compared);
          if (at !== undefined) yield errorAt(at, { code: "wrong-value-type", message, hint });
        }
      }
};

/** Most conditions hold neither text nor number, and are not read a second time. */
const mayHoldLiteral = /['"\d]/;

const kinds: Partial<Record<Literal["type"], string>> = {
  text: "a text",
  number: "a number",
  integer: "a number",
  duration: "a duration",
};

/** Whether a literal would need something to be compared with. */
export const isBare = ({ type }: Literal): boolean => kinds[type] !== undefined;

function expressionsIn(condition: CanonicalCondition): readonly { readonly $: string }[] {
  if ("all" in condition) return condition.all.flatMap(expressionsIn);
  if ("any" in condition) return condition.any.flatMap(expressionsIn);
  if ("not" in condition) return expressionsIn(condition.not);
  return "$" in condition ? [condition] : [];
}

/** The literals of which only is asked whether they are true. */
function asked(expression: Expression, source: string): readonly Found[] {
  switch (expression.kind) {
    case "literal":
      return isBare(expression) ? [{ literal: expression }] : [];
    case "not":
      return asked(expression.operand, source);
    case "and":
    case "or": {
      const compared = comparedIn(expression.operands, source);
      return expression.operands.flatMap((one) => asked(one, source).map((found) => ({ ...compared, ...found })));
    }
    default:
      return [];
  }
}

/** The `options.kind ==` of `options.kind == 'a' or 'b'`. */
function comparedIn(operands: readonly Expression[], source: string): Pick<Found, "compared"> {
  for (const one of operands)
    if (one.kind === "compare" && one.left.kind === "path" && one.right.kind === "literal")
      return { compared: source.slice(one.left.span.offset, one.right.span.offset).trim() };
  return {};
}

const written = ({ span }: Literal, source: string): string => source.slice(span.offset, span.offset + span.length);

function truthOf(literal: Literal, source: string): string {
  if (!isTrue(literal.value)) return `${written(literal, source)} is never true`;
  return `${literal.type === "text" ? "a text" : written(literal, source)} is always true`;
}

function hintFor({ config }: CheckContext, literal: Literal, source: string, compared: string | undefined): string {
  if (typeof literal.value === "string" && Object.hasOwn(config.permissions, literal.value))
    return hintForGroup(literal.value, source);
  const text = written(literal, source);
  if (compared !== undefined) return `write ${compared} ${text} in its place`;
  if (literal.type === "text") return `write what it is compared with, such as user.name == ${text}`;
  return `write what it is compared with, such as ${literal.type === "duration" ? "options.time" : "options.amount"} > ${text}`;
}
