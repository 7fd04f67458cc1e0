import type { RichText } from "../rich-text.ts";
import type { CompiledTemplate, Scope } from "../types.ts";
import type { Env, Values } from "../values.ts";
import { type Block, compileBlocks } from "./blocks.ts";
import { fill, type Shown } from "./fill.ts";
import { linkProblems } from "./links.ts";
import { parseMarkdown } from "./markdown.ts";
import { assemble, holeCharacter, type MarkdownNode } from "./markdown-nodes.ts";
import { walk } from "./walk.ts";

export { compileTextValue, compileValue } from "./value.ts";

/**
 * Compiles a text field: tags, and literal text as a small Markdown. Rendering is one pass; values are data and come
 * out letter by letter in `text` nodes, only `.mention` makes a mention node.
 */
export function compileTemplate(source: string, scope: Scope): CompiledTemplate {
  const compiled = compileBlocks(source, scope);
  const badLinks = linkProblems(source);
  if (!compiled.ok || badLinks.length > 0)
    return { ok: false, problems: [...(compiled.ok ? [] : compiled.problems), ...badLinks] };
  const { blocks, reads, unsure } = compiled;
  if (!isFlat(blocks)) return { ok: true, isStatic: false, reads, unsure, render: renderer(blocks) };

  const holes = blocks.filter((block) => block.kind === "hole");
  // Most texts of a file that is only checked, and many of a bot that runs, are never shown.
  let nodes: readonly MarkdownNode[] | undefined;
  const marked = (): readonly MarkdownNode[] => {
    let next = 0;
    nodes ??= parseMarkdown(assemble(blocks.map((block) => (block.kind === "text" ? block.text : next++))));
    return nodes;
  };
  if (holes.length === 0) {
    let fixed: RichText | undefined;
    const render = () => {
      fixed ??= Object.freeze(fill(marked(), () => ""));
      return fixed;
    };
    return { ok: true, isStatic: true, reads, unsure, render };
  }
  return {
    ok: true,
    isStatic: false,
    reads,
    unsure,
    render: (values, env) => fill(marked(), (hole) => holes[hole]!.show(holes[hole]!.evaluate(values, env), env)),
  };
}

type FlatBlock = Extract<Block, { kind: "text" | "hole" }>;

function isFlat(blocks: readonly Block[]): blocks is readonly FlatBlock[] {
  return blocks.every((block) => block.kind === "text" || block.kind === "hole");
}

const mostRemembered = 16;

/**
 * With conditions and loops the Markdown is known only once they are decided. What they decide repeats, so the last
 * few shapes are remembered; values are no part of a shape.
 */
function renderer(blocks: readonly Block[]): (values: Values, env: Env) => RichText {
  const remembered = new Map<string, readonly MarkdownNode[]>();
  return (values, env) => {
    const parts: (string | number)[] = [];
    const shown: Shown[] = [];
    let hasLiteralMark = false;
    walk(blocks, values, env, {
      text: (text) => {
        hasLiteralMark ||= text.includes(holeCharacter);
        parts.push(text);
      },
      value: (hole, value) => {
        parts.push(shown.length);
        shown.push(hole.show(value, env));
      },
    });
    const assembled = assemble(parts);
    let nodes = remembered.get(assembled.text);
    if (nodes === undefined || hasLiteralMark) {
      nodes = parseMarkdown(assembled);
      if (remembered.size >= mostRemembered) remembered.clear();
      if (!hasLiteralMark && assembled.text.length < 10_000) remembered.set(assembled.text, nodes);
    }
    return fill(nodes, (hole) => shown[hole]!);
  };
}
