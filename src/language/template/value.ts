import { compileExpression } from "../expression/compile.ts";
import type { CompiledExpression, CompiledTextValue, Scope } from "../types.ts";
import { type Block, compileBlocks } from "./blocks.ts";
import { scan } from "./scan.ts";
import { walk } from "./walk.ts";

/** Compiles a text that must be one plain string, such as a button's label: tags, but no Markdown. */
export function compileTextValue(source: string, scope: Scope): CompiledTextValue {
  const compiled = compileBlocks(source, scope);
  if (!compiled.ok) return compiled;
  const { reads, unsure } = compiled;
  const blocks = withoutEscapes(compiled.blocks);
  if (blocks.every((block) => block.kind === "text")) {
    const fixed = blocks.map((block) => block.text).join("");
    return { ok: true, isStatic: true, reads, unsure, render: () => fixed };
  }
  return {
    ok: true,
    isStatic: false,
    reads,
    unsure,
    render: (values, env) => {
      let out = "";
      walk(blocks, values, env, {
        text: (text) => {
          out += text;
        },
        value: (hole, value) => {
          out += hole.print(value, env);
        },
      });
      return out;
    },
  };
}

/**
 * Compiles a field that is exactly one `{{ expression }}`, to its value and not to text; undefined where the field is
 * something else. Offsets in problems count from the start of the field.
 */
export function compileValue(source: string, scope: Scope): CompiledExpression | undefined {
  if (!/^\s*\{\{[\s\S]*\}\}\s*$/.test(source)) return undefined;
  const { pieces, problems } = scan(source.trim());
  const [piece] = pieces;
  if (problems.length > 0 || pieces.length !== 1 || piece?.kind !== "output") return undefined;
  const shift = source.length - source.trimStart().length;
  return compileExpression(source, scope, { start: piece.start + shift, end: piece.end + shift });
}

/** Without Markdown a backslash is only needed, and only removed, before what would be a tag or a secret. */
function withoutEscapes(blocks: readonly Block[]): readonly Block[] {
  return blocks.map(withoutEscape);
}

function withoutEscape(block: Block): Block {
  switch (block.kind) {
    case "text":
      return { kind: "text", text: block.text.replace(/\\(?=\{\{|\{%|\$\{)/g, "") };
    case "hole":
      return block;
    case "if": {
      const branches = block.branches.map((branch) => ({ ...branch, body: withoutEscapes(branch.body) }));
      return { ...block, branches, otherwise: withoutEscapes(block.otherwise) };
    }
    case "for":
      return { ...block, body: withoutEscapes(block.body) };
  }
}
