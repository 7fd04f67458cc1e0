import type { CanonicalAction, CanonicalWho } from "../contracts/canonical.ts";
import { type ActionDefinition, asWritten, type WrittenTypes } from "../contracts/word.ts";
import { type Scope, t, type ValueType } from "../language/types.ts";
import type { Value } from "../language/values.ts";
import { type Compiled, compileArguments } from "./arguments.ts";
import { type RuleContext, report } from "./context.ts";
import { onSomeWay, under, whereAsked } from "./guards.ts";
import { checkMessage } from "./message-at-hand.ts";
import { checkNobody } from "./nobody.ts";
import type { CompiledButton, CompiledStep, Sequence } from "./program.ts";
import { addSave, type Save, withSave } from "./saved.ts";
import { savedType } from "./scope.ts";
import { typeOfWritten } from "./written-types.ts";

/** Compiles a list of actions. Values kept by `save_as` are known to the actions after it. */
export function compileSequence(context: RuleContext, actions: readonly CanonicalAction[], at: string): Sequence {
  let here = context;
  const steps: CompiledStep[] = [];
  actions.forEach((action, index) => {
    const saved = new Map<string, Save>();
    const place = `${at}/${index}`;
    const step = compileStep({ ...here, saved }, action, place);
    if (step === undefined) return;
    steps.push(step);
    const { saves } = context.flow.action(action);
    const before = here;
    const keep = (name: string, save: Save) => {
      here = withSave(here, name, save, saves.has(name));
      addSave(context.saved, name, save);
    };
    const ways = waysOf(context, step.word, action);
    // Who goes on behind it has been asked.
    if (step.word.stops === true || ways.some((way) => context.flow.list(way).ends))
      here = whereAsked(here, [action.if, action.args]);
    for (const [name, save] of saved)
      if (step.word.rounds === true) context.notes.kept.set(name, action);
      else keep(name, save);
    if (action.save_as === undefined) return;
    const certain = context.flow.list(ways[0] ?? []).saves;
    const inside = [...saved].map(([name, { type }]) => [name, certain.has(name) ? type : t.unsure(type)] as const);
    const written = writtenTypes(before.scope, Object.fromEntries(inside));
    const { guards } = action.if === undefined ? before : under(before, action.if);
    keep(action.save_as, {
      type: savedType(step.word.saves, action.args, context.types, written),
      by: action,
      under: [action.else === undefined ? guards : [...guards, place]],
    });
  });
  return steps;
}

/** The lists of actions that an action may lead into: its blocks, the file's that it calls, and its `else`. */
function waysOf({ rule }: RuleContext, word: ActionDefinition, action: CanonicalAction) {
  const blocks = word.ways?.(action.args, rule.blocks ?? {}) ?? [];
  return [...blocks, action.else ?? []];
}

function writtenTypes(scope: Scope, inside: WrittenTypes["inside"]): WrittenTypes {
  return { typeOf: (written) => typeOfWritten(scope, written), inside };
}

function compileStep(around: RuleContext, action: CanonicalAction, at: string): CompiledStep | undefined {
  const defined = around.registry.actions.get(action.action);
  if (defined === undefined) return undefined;
  const word = asWritten(defined, action.args);
  checkNobody(around, word, action);
  checkMessage(around, word, action);
  const context = action.if === undefined ? around : under(around, action.if);
  const called = typeof action.args.block === "string" && word.fields.block?.kind === "block_name";
  const block = called ? context.block(String(action.args.block)) : undefined;
  for (const [name, type] of block?.saved ?? []) context.saved.set(name, type);
  const { compiled, blocks, buttons } = compileArguments(withOwn(context, word, action), word.fields, action.args, at);
  if (action.else !== undefined) {
    const path = `${at}/@else`;
    const refused = onSomeWay(whereAsked(around, [action.if, action.args]), path);
    blocks.set("@else", compileSequence(withVariable(refused, "reason", t.text), action.else, path));
  }
  if (word.picked !== undefined) addPicker(context, word, action, compiled, buttons, at);
  const savedInside = [...context.saved.keys()];
  if (action.on_error !== undefined)
    // What is saved on an error is known nowhere else, because the run ends with it.
    blocks.set(
      "@on_error",
      compileSequence(
        withVariable({ ...context, saved: new Map() }, "error", t.text),
        action.on_error,
        `${at}/@on_error`,
      ),
    );
  const { origins } = context;
  return {
    word,
    args: "value" in compiled ? () => compiled.value : compiled.evaluate,
    ...(action.if === undefined ? {} : { if: context.compile.condition(context, action.if) }),
    ...(action.save_as === undefined ? {} : { saveAs: action.save_as }),
    savedInside,
    waits:
      word.waits === true ||
      word.answered !== undefined ||
      [...blocks.values(), block?.sequence ?? []].some((sequence) => sequence.some((step) => step.waits)),
    blocks,
    buttons,
    roleFromFile: word.role !== undefined && typeof action.args[word.role] === "string",
    // Hardly any step is asked where it stands.
    line: () => origins.position(action)?.line,
  };
}

/** What a press in the menu of an action does that handles it itself: the same action, with what was picked. */
function addPicker(
  context: RuleContext,
  word: ActionDefinition,
  action: CanonicalAction,
  compiled: Compiled<Readonly<Record<string, unknown>>>,
  buttons: CompiledButton[],
  at: string,
): void {
  const path = `${at}/@picked`;
  const allow = action.args.allow as readonly CanonicalWho[] | undefined;
  const step: CompiledStep = {
    word: pickedWord(word),
    args: async (scope) => ({
      ...("value" in compiled ? compiled.value : await compiled.evaluate(scope)),
      picked: scope.values.picked ?? null,
    }),
    savedInside: [],
    waits: false,
    blocks: new Map(),
    buttons: [],
    roleFromFile: true,
    line: () => context.origins.position(action)?.line,
  };
  const picker: CompiledButton = {
    path,
    do: [step],
    menu: { multiple: false },
    ...(allow === undefined ? {} : { allow: context.who(allow) }),
    rights: [],
    once: false,
  };
  buttons.push(picker);
  context.buttons.set(path, picker);
}

function pickedWord(word: ActionDefinition): ActionDefinition {
  const { kind, name, summary, tells, examples, fields, outcomes } = word;
  return {
    ...{ kind, name, summary, tells, examples, fields, outcomes },
    ...(word.botRight === undefined ? {} : { botRight: word.botRight }),
    run: (args, context) => word.picked!(pickedIn(args as never), args as never, context),
  };
}

const pickedIn = (args: { readonly picked: Value }): Value => args.picked;

/** With the variables that a word's own blocks have. None may hide another, so that each name means one thing. */
function withOwn(context: RuleContext, word: ActionDefinition, action: CanonicalAction): RuleContext {
  const own = word.variables?.(action.args, writtenTypes(context.scope, {}));
  if (own === undefined) return context;
  for (const name of Object.keys(own)) {
    if (name === "forloop" || !Object.hasOwn(context.scope, name)) continue;
    const holder = action.args[word.block?.key ?? ""];
    const node = typeof holder === "object" && holder !== null ? holder : action;
    const message = `"${name}" is something else here already, so the loop needs another name for its items.`;
    report(context, node, "as", "name-taken", message, `write for example as: one_${name}`);
  }
  return extend(context, { ...context.scope, ...own });
}

/** The same rule with one more variable; what is collected goes on being shared. */
export function withVariable(context: RuleContext, name: string, type: ValueType): RuleContext {
  return extend(context, { ...context.scope, [name]: type });
}

function extend(context: RuleContext, scope: RuleContext["scope"]): RuleContext {
  return { ...context, scope };
}
