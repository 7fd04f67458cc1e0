import type { CanonicalTrigger } from "../contracts/canonical.ts";
import { PlatformError } from "../contracts/platform.ts";
import type { TriggerContext, TriggerDefinition, ValueMakers } from "../contracts/word.ts";
import type { Values } from "../language/values.ts";
import { compileArguments } from "./arguments.ts";
import { type RuleContext, report } from "./context.ts";
import { type CompiledTrigger, Refusal } from "./program.ts";

type Start = (context: TriggerContext, make: ValueMakers) => Values | undefined | Promise<Values | undefined>;

const none: Values = Object.freeze({});

/** Compiles one of the triggers behind `when`, or the one that its place in the file gives a rule. */
export function compileTrigger(context: RuleContext, when: CanonicalTrigger): CompiledTrigger[] {
  const word = context.registry.triggers.get(when.trigger);
  if (word === undefined) return [];
  const { compiled } = compileArguments(context, word.fields, when.args, "");
  if ("value" in compiled) {
    const start = build(word, compiled.value);
    if (typeof start === "function") return [{ word, start }];
    report(context, when.args, start.field, "bad-argument", start.problem);
    return [];
  }
  // It names something of the platform's, such as a role: which one that is, is asked when such an event comes.
  const { evaluate } = compiled;
  const start: CompiledTrigger["start"] = async (asked, make, scope) => {
    try {
      const late = build(word, await evaluate(scope()));
      return typeof late === "function" ? late(asked, make) : undefined;
    } catch (error) {
      if (error instanceof Refusal || error instanceof PlatformError) return undefined;
      throw error;
    }
  };
  return [{ word, start }];
}

function build(word: TriggerDefinition, written: unknown): Start | { problem: string; field: string } {
  const args = written as never;
  const values = (event: TriggerContext["event"], make: ValueMakers): Values =>
    word.values?.(event, make, args) ?? none;
  const test = word.matches?.(args);
  if (test === undefined) return ({ event }, make) => values(event, make);
  if (typeof test !== "function") return test;
  return (context, make) => {
    const matched = test(context);
    if (matched instanceof Promise) return matched.then((late) => (late ? values(context.event, make) : undefined));
    return matched ? values(context.event, make) : undefined;
  };
}
