import type { CanonicalArguments, CanonicalBlock, CanonicalRule } from "../contracts/canonical.ts";
import type { Fields } from "../contracts/fields.ts";
import { hasTags } from "../language/template/scan.ts";
import { isList, type Value } from "../language/values.ts";
import { quoted, type Sentence, say } from "../sentences/sentence.ts";
import { inEnglish } from "../sentences/speaker.ts";
import type { Compiled } from "./arguments.ts";
import { type RuleContext, report } from "./context.ts";
import { fieldsOfKind } from "./fields-of-kind.ts";
import { Refusal } from "./program.ts";
import { compileDatumValue } from "./value.ts";

type Option = CanonicalBlock["options"][number];
type CompilePlain = (context: RuleContext, source: string, node: object, key: string) => Compiled;

/** The block that a word's arguments name. */
export function calledBlock(rule: CanonicalRule, fields: Fields, args: CanonicalArguments): CanonicalBlock | undefined {
  for (const key of fieldsOfKind(fields, "block_name")) {
    const name = args[key];
    if (typeof name === "string" && rule.blocks !== undefined && Object.hasOwn(rule.blocks, name))
      return rule.blocks[name];
  }
  return undefined;
}

/** Compiles what a call gives along, by the options that the block declares. */
export function compileGiven(
  context: RuleContext,
  { options }: CanonicalBlock,
  given: CanonicalArguments,
  plain: CompilePlain,
): readonly (readonly [string, Compiled])[] {
  return options.map((option) => [option.name, compileOption(context, option, given, plain)] as const);
}

function compileOption(context: RuleContext, option: Option, given: CanonicalArguments, plain: CompilePlain): Compiled {
  const { name } = option;
  const written = given[name];
  if (written === undefined || written === null) return { value: null };
  if (option.type === "text" && typeof written === "string" && hasTags(written))
    return bounded(option, plain(context, written, given, name));
  const datum = { ...option, scope: "bot", default: null } as const;
  const compiled = bounded(option, compileDatumValue(context, datum, written, given, name, !option.required));
  if ("value" in compiled) {
    const problem = misfit(option, compiled.value as Value);
    if (problem !== undefined && compiled.value !== null)
      report(context, given, name, "block-arguments", inEnglish(problem));
  }
  return compiled;
}

/** What comes out at run time is looked at again: an expression may give nothing, or too much. */
function bounded(option: Option, compiled: Compiled): Compiled {
  if ("value" in compiled) return compiled;
  const check = (given: unknown): unknown => {
    // What is empty counts as left out.
    const value = given ?? null;
    const problem = misfit(option, value as Value);
    if (problem !== undefined) throw new Refusal(problem);
    return value;
  };
  return {
    evaluate(scope) {
      const value = compiled.evaluate(scope);
      return value instanceof Promise ? value.then(check) : check(value);
    },
  };
}

function misfit(
  { name, type, required, choices, minimum, maximum, maxLength, maxItems }: Option,
  value: Value,
): Sentence | undefined {
  const called = quoted(name);
  if (value === null) return required ? say("no_value", { name }) : undefined;
  if (type === "list" && isList(value) && maxItems !== undefined && value.length > maxItems)
    return say("value_too_many", { value: called, most: maxItems });
  if (type === "integer" && !Number.isSafeInteger(value))
    return say("value_whole_number", { value: called, given: undefined });
  if (typeof value === "number" && minimum !== undefined && value < minimum)
    return say("value_at_least", { value: called, least: minimum });
  if (typeof value === "number" && maximum !== undefined && value > maximum)
    return say("value_at_most", { value: called, most: maximum });
  if (type === "choice" && choices !== undefined && !choices.includes(String(value)))
    return say("value_choice", { value: called, choices, near: undefined });
  if (type === "text" && maxLength !== undefined && String(value).length > maxLength)
    return say("value_too_long", { value: called, most: maxLength });
  return undefined;
}
