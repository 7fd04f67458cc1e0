import { type Env, isList, isTrue, type Value, type Values } from "../values.ts";
import type { Block, Hole } from "./blocks.ts";

const mostPerLoop = 1000;
/** Loops inside loops stop here, so that no text keeps the bot busy. */
const mostPerRender = 10_000;

export interface Sink {
  text(text: string): void;
  value(hole: Hole, value: Value): void;
}

/** Goes through the blocks as their conditions and lists say, and hands over literal text and values in order. */
export function walk(
  blocks: readonly Block[],
  values: Values,
  env: Env,
  sink: Sink,
  budget = { left: mostPerRender },
): void {
  for (const block of blocks) {
    switch (block.kind) {
      case "text":
        sink.text(block.text);
        break;
      case "hole":
        sink.value(block, block.evaluate(values, env));
        break;
      case "if": {
        const branch = block.branches.find(({ test }) => isTrue(test(values, env)));
        walk(branch?.body ?? block.otherwise, values, env, sink, budget);
        break;
      }
      case "for": {
        const list = block.list(values, env);
        if (!isList(list)) break;
        const size = Math.min(list.length, mostPerLoop);
        // Inherits, so that variables which are read lazily stay unread.
        const inner: Record<string, Value> = Object.create(values);
        for (let at = 0; at < size && budget.left > 0; at++) {
          budget.left--;
          inner[block.variable] = list[at]!;
          inner.forloop = { index: at + 1, size, first: at === 0, last: at === size - 1 };
          walk(block.body, inner, env, sink, budget);
        }
      }
    }
  }
}
