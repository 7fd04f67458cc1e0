import type { CanonicalAction, CanonicalArguments, CanonicalBlock } from "../../contracts/canonical.ts";
import { type Diagnostic, errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { callsIn } from "../shape/sections/blocks.ts";
import type { Check, CheckContext } from "./check.ts";
import { usedWords } from "./walk.ts";

/** Blocks that are called must be there, fit what they are given, and not call themselves in a circle. */
export const blocks: Check = function* (context) {
  const { config } = context;
  const declared = config.blocks ?? {};
  const called = new Set<string>();
  for (const [word, found] of usedWords(context)) {
    if (word.fields.block?.kind !== "block_name") continue;
    for (const { action } of found) {
      const name = action.args.block;
      if (typeof name !== "string") continue;
      // A misspelt name is one mistake: the block that was meant is not unused besides.
      called.add(Object.hasOwn(declared, name) ? name : (suggest(name, Object.keys(declared)) ?? name));
      if (Object.hasOwn(declared, name)) yield* wrongArguments(context, name, declared[name]!, action);
      else yield* unknownBlock(context, name, action.args);
    }
  }
  yield* circles(context, declared);
  for (const [name, block] of Object.entries(declared)) {
    const at = called.has(name) ? undefined : context.origins.position(block, undefined, "key");
    const message = `nothing calls the block "${name}", so it never happens.`;
    if (at !== undefined) yield warningAt(at, { code: "unused-block", message });
  }
};

function* unknownBlock(context: CheckContext, name: string, node: object): Generator<Diagnostic> {
  const at = context.origins.position(node, "block");
  if (at === undefined) return;
  const declared = Object.keys(context.config.blocks ?? {});
  const near = suggest(name, declared);
  const message = `there is no block "${name}".${near === undefined ? "" : ` Did you mean "${near}"?`}`;
  const hint = declared.length === 0 ? { hint: `declare it: blocks: { ${name}: [ … ] }` } : {};
  yield errorAt(at, { code: "unknown-block", message, ...hint });
}

function* wrongArguments(
  context: CheckContext,
  name: string,
  { options }: CanonicalBlock,
  action: CanonicalAction,
): Generator<Diagnostic> {
  const given = (action.args.with ?? {}) as CanonicalArguments;
  const names = options.map((option) => option.name);
  // A misspelt option is one mistake: the one that was meant is not missing besides.
  const meant = new Set<string>();
  for (const key of Object.keys(given)) {
    const at = names.includes(key) ? undefined : context.origins.position(given, key, "key");
    if (at === undefined) continue;
    const near = suggest(key, names);
    if (near !== undefined) meant.add(near);
    const offer =
      near !== undefined ? ` Did you mean "${near}"?` : names.length > 0 ? ` It has ${names.join(", ")}.` : "";
    yield errorAt(at, { code: "block-arguments", message: `the block "${name}" has no option "${key}".${offer}` });
  }
  const missing = options.find(
    (option) => option.required && given[option.name] === undefined && !meant.has(option.name),
  );
  const at = missing && context.origins.position(action.args, "block");
  if (missing === undefined || at === undefined) return;
  const message = `the block "${name}" needs "${missing.name}".`;
  const hint = `write call: { block: ${name}, with: { ${missing.name}: … } }, or required: no at the option`;
  yield errorAt(at, { code: "block-arguments", message, hint });
}

function* circles(
  { origins }: CheckContext,
  declared: Readonly<Record<string, CanonicalBlock>>,
): Generator<Diagnostic> {
  const state = new Map<string, "open" | "done">();
  const found: Diagnostic[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const block = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (block === undefined || state.get(name) === "done") return;
    if (state.get(name) === "open") {
      const circle = [...path.slice(path.indexOf(name)), name];
      const at = origins.position(block, undefined, "key");
      const message =
        circle.length === 2
          ? `the block "${name}" calls itself, so it would never end.`
          : `these blocks call each other in a circle: ${circle.join(", then ")}.`;
      if (at !== undefined)
        found.push(errorAt(at, { code: "block-in-itself", message, hint: "use repeat or for_each" }));
      return;
    }
    state.set(name, "open");
    for (const inner of new Set(callsIn(block))) visit(inner, [...path, name]);
    state.set(name, "done");
  };
  for (const name of Object.keys(declared)) visit(name, []);
  yield* found;
}
