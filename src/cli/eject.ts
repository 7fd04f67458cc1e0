import { type Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, Document as YamlDocument } from "yaml";
import { ejectPack } from "../config/eject.ts";
import { nodeReader } from "../config/node-reader.ts";
import type { YamlMap } from "../config/value.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderPretty } from "../diagnostics/render/pretty.ts";
import { pointerTo } from "../diagnostics/source-map.ts";
import { registry } from "../words/registry.ts";
import { exitCodes, isWithoutFile } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { Trouble } from "./trouble.ts";

/** Prints a pack as plain commands, rules and data; what to do with them is said beside it, on stderr. */
export async function eject(pack: string, file: string, io: Io): Promise<number> {
  const ejected = await ejectPack(pack, { file, reader: nodeReader, words: registry });
  if (!ejected.ok) {
    if (ejected.noPack !== undefined) throw new Trouble(sentencesOf(ejected.noPack));
    const errors = ejected.diagnostics.filter((one) => one.severity !== "notice");
    io.err(`${renderPretty(errors, { sourceOf: (name) => ejected.sources.get(name), colors: io.errColors })}\n`);
    return isWithoutFile(errors) ? exitCodes.failed : exitCodes.invalid;
  }
  const { sections, commentAt, isUsed } = ejected;
  io.out(ejectedText(pack, file, sections, commentAt));
  const own = `${pack.replace(/^.*\//, "").replace(/\.ya?ml$/, "")}-commands.yaml`;
  const remove = isUsed ? `delete ${pack} from packs in ${file}, and write there` : `write in ${file}`;
  io.err(`\nSave this as ${own} beside ${file}, ${remove}: include: [${own}]\n`);
  return exitCodes.valid;
}

/** What is told beside a line of a file, told without one. */
function sentencesOf({ message, hint }: Diagnostic): string {
  return `${message[0]!.toUpperCase()}${message.slice(1)}${hint === undefined ? "" : `\n${hint}`}`;
}

/** The sections as a person would write them, under a line that says where they come from. */
function ejectedText(
  pack: string,
  file: string,
  sections: YamlMap,
  commentAt: (pointer: string) => string | undefined,
): string {
  const document = new YamlDocument(sections, { version: "1.2", aliasDuplicateObjects: false });
  document.commentBefore = ` The pack ${pack} with the settings of ${file}, to change as you like.`;
  if (document.contents !== null) arrange(document.contents, "", commentAt);
  separate(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Puts the comments back, quotes templates, and writes what is short on one line. */
function arrange(node: Node, pointer: string, commentAt: (pointer: string) => string | undefined): void {
  if (isScalar(node)) {
    if (typeof node.value === "string" && /\{\{|\{%/.test(node.value) && !node.value.includes("\n"))
      node.type = "QUOTE_DOUBLE";
    return;
  }
  if (isSeq<Node>(node)) {
    for (const [index, item] of node.items.entries()) {
      const at = pointerTo(pointer, index);
      arrange(item, at, commentAt);
      const comment = commentAt(at);
      if (comment !== undefined) item.commentBefore = comment;
    }
  } else if (isMap<Node, Node>(node)) {
    for (const { key, value } of node.items) {
      const at = pointerTo(pointer, isScalar(key) ? String(key.value) : "");
      if (value !== null) arrange(value, at, commentAt);
      const comment = commentAt(at);
      if (comment !== undefined) key.commentBefore = comment;
    }
  }
  if (isCollection(node) && pointer.split("/").length > 3 && isShort(node)) node.flow = true;
}

/** Whether a list or map holds nothing but a few plain values. */
function isShort(node: Node): boolean {
  if (!isCollection(node)) return false;
  const values = node.items.map((item) => (isPair(item) ? item.value : item));
  if (isMap(node) && values.length < 2) return false;
  const isPlain = values.every((value) => value === null || (isScalar(value) && value.commentBefore == null));
  return isPlain && JSON.stringify(node.toJSON()).length <= 90 && !JSON.stringify(node.toJSON()).includes("\\n");
}

/** An empty line between the sections. */
function separate(document: Document<Node>): void {
  if (!isMap<Node, Node>(document.contents)) return;
  for (const { key } of document.contents.items.slice(1)) key.spaceBefore = true;
}
