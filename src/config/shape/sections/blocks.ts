import type { CanonicalAction, CanonicalBlock, CanonicalRule } from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { readObject } from "../object.ts";
import { isListWritten, memberOf, type Reading, type Written } from "../reading.ts";
import { readOptions } from "./options.ts";

/** The long form of a block, but for its options. */
export const blockFields = {
  do: { kind: "actions", about: "What happens when it is called." },
} as const satisfies Fields;

/** One entry under `blocks:`. A list of actions is a block without options. */
export function readBlock(reading: Reading, written: Written): CanonicalBlock | undefined {
  const where = `the block "${written.name}"`;
  const ignore = new Set(["options"]);
  const args = readObject(
    reading,
    blockFields,
    written,
    isListWritten(written) ? { where, short: "do" } : { where, ignore },
  );
  const member = isListWritten(written) ? undefined : memberOf(written, "options");
  const options = member === undefined ? [] : readOptions(reading, member);
  if (args?.do === undefined || options === undefined) return undefined;
  return reading.origins.note({ options, do: args.do as readonly CanonicalAction[] }, written.pointer);
}

/** The rule with the blocks that it calls, and those that they call: a stored run goes on with the blocks it began with. */
export function withBlocks(
  { origins }: Reading,
  rule: CanonicalRule,
  blocks: Readonly<Record<string, CanonicalBlock>>,
): CanonicalRule {
  if (Object.keys(blocks).length === 0) return rule;
  const found: Record<string, CanonicalBlock> = {};
  const open = [...callsIn(rule)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    if (block === undefined || Object.hasOwn(found, name)) continue;
    found[name] = block;
    open.push(...callsIn(block));
  }
  return Object.keys(found).length === 0 ? rule : origins.note({ ...rule, blocks: found }, origins.pointer(rule) ?? "");
}

/** Names of the blocks that are called anywhere inside. */
export function* callsIn(node: unknown): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  if (isCall(node)) yield node.args.block;
  for (const inner of Object.values(node)) yield* callsIn(inner);
}

function isCall(node: object): node is CanonicalAction & { readonly args: { readonly block: string } } {
  if (!("action" in node) || node.action !== "call" || !("args" in node)) return false;
  const { args } = node;
  return typeof args === "object" && args !== null && "block" in args && typeof args.block === "string";
}
