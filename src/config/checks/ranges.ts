import type { CanonicalDatum, CanonicalRule } from "../../contracts/canonical.ts";
import type { CommandOptionForm } from "../../contracts/platform.ts";
import type { Position } from "../../diagnostics/diagnostic.ts";
import type { ComparisonOperator, Expression } from "../../language/expression/syntax.ts";
import { isDuration } from "../../language/values.ts";
import type { CheckContext } from "./check.ts";

/** Between what a value always is; durations in milliseconds. */
export interface Range {
  readonly unit: "number" | "duration";
  readonly minimum: number;
  readonly maximum: number;
  /** What the file declares it for. */
  readonly of?: { readonly name: string; readonly at: () => Position | undefined };
}

/** What is known of a value before the bot runs: of what is written, of data and of options with bounds. */
export function rangeOf(context: CheckContext, rule: CanonicalRule, expression: Expression): Range | undefined {
  if (expression.kind === "literal") {
    const value = isDuration(expression.value) ? expression.value.ms : expression.value;
    if (typeof value !== "number") return undefined;
    return { unit: isDuration(expression.value) ? "duration" : "number", minimum: value, maximum: value };
  }
  if (expression.kind !== "path") return undefined;
  const path = [expression.root, ...expression.steps.map((step) => (step.kind === "field" ? step.name : ""))];
  const name = dataIn(path);
  if (name !== undefined && Object.hasOwn(context.config.data, name)) {
    const datum = context.config.data[name]!;
    return boundsOf(name, datum, () => context.origins.position(datum, undefined, "key"));
  }
  if (path[0] !== "options" || path.length !== 2) return undefined;
  // Inside of a block, options are the block's own.
  const lists = [rule.command?.options ?? [], ...Object.values(rule.blocks ?? {}).map(({ options }) => options)];
  const [option, another] = lists.flatMap((options) => options.find((one) => one.name === path[1]) ?? []);
  if (option === undefined || another !== undefined) return undefined;
  return boundsOf(option.name, option, () => context.origins.position(option, undefined, "key"));
}

/** `data.coins`, `user.data.coins`, `options.member.data.coins`. */
function dataIn(path: readonly string[]): string | undefined {
  const [root, ...steps] = path;
  const before = root === "data" ? 0 : root === "user" ? 1 : root === "options" ? 2 : undefined;
  if (before === undefined || steps.length !== before + 1) return undefined;
  return before === 0 || steps[before - 1] === "data" ? steps[before] : undefined;
}

/** Bounds as they are declared; undefined where there are none. What is there before it is set may be outside of them. */
export function boundsOf(
  name: string,
  declared: CanonicalDatum | CommandOptionForm,
  at: () => Position | undefined,
): Range | undefined {
  const { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = declared;
  if (type !== "integer" && type !== "number" && type !== "duration") return undefined;
  if (declared.minimum === undefined && declared.maximum === undefined) return undefined;
  const before = "default" in declared && typeof declared.default === "number" ? declared.default : undefined;
  return {
    unit: type === "duration" ? "duration" : "number",
    minimum: Math.min(minimum, before ?? minimum),
    maximum: Math.max(maximum, before ?? maximum),
    of: { name, at },
  };
}

/** Whether no value of the one compares so with any of the other. */
export function isBeyond(one: Range, operator: ComparisonOperator, other: Range): boolean {
  switch (operator) {
    case "<":
      return one.minimum >= other.maximum;
    case "<=":
      return one.minimum > other.maximum;
    case ">":
      return one.maximum <= other.minimum;
    case ">=":
      return one.maximum < other.minimum;
    case "==":
      return one.minimum > other.maximum || one.maximum < other.minimum;
    case "!=":
      return one.minimum === one.maximum && other.minimum === other.maximum && one.minimum === other.minimum;
    default:
      return false;
  }
}
