import type { CanonicalCondition, CanonicalRule } from "../../contracts/canonical.ts";
import { type Diagnostic, type Position, warningAt } from "../../diagnostics/diagnostic.ts";
import { parseExpression } from "../../language/expression/parser.ts";
import type { Expression } from "../../language/expression/syntax.ts";
import { isTrue } from "../../language/values.ts";
import { isBare } from "./bare-values.ts";
import type { Check, CheckContext } from "./check.ts";
import { numberIn, shown } from "./data-values.ts";
import { boundsOf, isBeyond, type Range, rangeOf } from "./ranges.ts";
import { conditionsOf } from "./walk.ts";

/** Comparisons that cannot be true: of what is written in the file, or of what is outside the bounds that it declares. */
export const neverTrueValues: Check = function* (context) {
  for (const rule of context.config.rules)
    for (const condition of conditionsOf(context, rule)) yield* inCondition(context, rule, condition);
};

function* inCondition(
  context: CheckContext,
  rule: CanonicalRule,
  condition: CanonicalCondition,
): Generator<Diagnostic> {
  if ("all" in condition) for (const inner of condition.all) yield* inCondition(context, rule, inner);
  else if ("any" in condition) for (const inner of condition.any) yield* inCondition(context, rule, inner);
  else if ("$" in condition) yield* inExpression(context, rule, condition);
  else if ("test" in condition && condition.test === "data")
    yield* inDataTest(context, condition.args.values as object);
}

function* inExpression(
  context: CheckContext,
  rule: CanonicalRule,
  node: { readonly $: string },
): Generator<Diagnostic> {
  // Most conditions hold nothing that is known here, and are not read a second time.
  if (!/^\s*\(*(true|false|yes|no)\b|[!=]=|[<>]/.test(node.$)) return;
  const parsed = parseExpression(node.$);
  if (!parsed.ok) return;
  for (const part of partsOf(parsed.expression)) {
    const never = whyNever(context, rule, part);
    const { offset, length } = part.span;
    const at = never === undefined ? undefined : context.origins.inText(node, "$", offset, length);
    if (at !== undefined) yield told(at, `"${node.$.slice(offset, offset + length)}"`, never!);
  }
}

/** What must be true for an expression to be true, or is one way for it to be. */
function partsOf(expression: Expression): readonly Expression[] {
  return expression.kind === "and" || expression.kind === "or" ? expression.operands.flatMap(partsOf) : [expression];
}

/** Why something is never true. */
interface Never {
  readonly because?: string;
  readonly declared?: Position | undefined;
}

function whyNever(context: CheckContext, rule: CanonicalRule, part: Expression): Never | undefined {
  // A text or number by itself is told as one.
  if (part.kind === "literal") return isBare(part) || isTrue(part.value) ? undefined : {};
  if (part.kind !== "compare") return undefined;
  const { left, right, operator } = part;
  if (left.kind === "literal" && right.kind === "literal" && (left.type === "text" || left.type === "boolean")) {
    const isSame = left.value === right.value;
    return left.type === right.type && operator === (isSame ? "!=" : "==") ? {} : undefined;
  }
  const [one, other] = [rangeOf(context, rule, left), rangeOf(context, rule, right)];
  if (one === undefined || other === undefined || one.unit !== other.unit) return undefined;
  return isBeyond(one, operator, other) ? because(one.of === undefined ? other : one) : undefined;
}

function because({ of, minimum, maximum, unit }: Range): Never {
  if (of === undefined) return {};
  const type = unit === "duration" ? unit : "number";
  const [least, most] = [shown({ type }, minimum), shown({ type }, maximum)];
  const goes =
    maximum === Number.POSITIVE_INFINITY
      ? `is never below ${least}`
      : minimum === Number.NEGATIVE_INFINITY
        ? `is never above ${most}`
        : `goes from ${least} to ${most}`;
  return { because: `"${of.name}" ${goes}`, declared: of.at() };
}

/** `data: { coins: { below: 0 } }` */
function* inDataTest(context: CheckContext, values: object): Generator<Diagnostic> {
  for (const [name, asked] of Object.entries(values) as [string, Readonly<Record<string, unknown>>][]) {
    const datum = Object.hasOwn(context.config.data, name) ? context.config.data[name]! : undefined;
    const range = datum && boundsOf(name, datum, () => context.origins.position(datum, undefined, "key"));
    if (range === undefined) continue;
    for (const [key, operator] of [
      ["equals", "=="],
      ["at_least", ">="],
      ["below", "<"],
    ] as const) {
      const written = asked[key];
      const value = typeof written === "string" || typeof written === "number" ? numberIn(datum!, written) : undefined;
      if (value === undefined || !isBeyond(range, operator, { ...range, minimum: value, maximum: value })) continue;
      const at = context.origins.position(asked, key);
      if (at !== undefined) yield told(at, "this", because(range));
    }
  }
}

function told(at: Position, what: string, { because: why, declared }: Never): Diagnostic {
  const message = `${what} is never true${why === undefined ? ", whatever happens" : `: ${why}`}.`;
  const related = declared === undefined ? {} : { related: [{ ...declared, message: "it is declared here." }] };
  return warningAt(at, { code: "never-true", message, ...related });
}
