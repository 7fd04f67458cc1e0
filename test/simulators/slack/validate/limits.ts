import { isJson, type Json, objectsIn, textOf } from "../json.ts";
import type { Problem } from "./schemas.ts";

/** Most characters of one text, by block or element type and field (docs.slack.dev, "Block Kit reference"). */
const lengths: Record<string, Record<string, number>> = {
  section: { "text.text": 3000 },
  header: { "text.text": 150 },
  markdown: { text: 12_000 },
  image: { alt_text: 2000, image_url: 3000, "title.text": 2000 },
  input: { "label.text": 2000, "hint.text": 2000 },
  button: { "text.text": 75, value: 2000, url: 3000, accessibility_label: 75 },
  plain_text_input: { "placeholder.text": 150, initial_value: 3000 },
};
const placeholder = 150;

/** Fewest and most entries of a list (the same reference). */
const counts: Record<string, Record<string, [number, number]>> = {
  section: { fields: [1, 10] },
  actions: { elements: [1, 25] },
  context: { elements: [1, 10] },
  static_select: { options: [1, 100], option_groups: [1, 100] },
  multi_static_select: { options: [1, 100], option_groups: [1, 100] },
  overflow: { options: [1, 5] },
  checkboxes: { options: [1, 10] },
  radio_buttons: { options: [1, 10] },
  table: { rows: [1, 100] },
};

/** Text of all blocks of a message together; measured by users of the API, answered `msg_blocks_too_long`. */
export const blocksTextLimit = 13_200;

/** Every limit that the blocks of a message (50 of them) or a view (100) exceed. */
export function blockLimits(blocks: Json[], most: number, at = "/blocks"): Problem[] {
  const problems: Problem[] = [];
  const say = (pointer: string, text: string) => problems.push({ pointer, text });
  if (blocks.length > most) say(at, `no more than ${most} items allowed`);

  const blockIds = new Set<unknown>();
  blocks.forEach((block, index) => {
    const here = `${at}/${index}`;
    tooLong(block.block_id, 255, `${here}/block_id`, say);
    if (block.block_id !== undefined && blockIds.has(block.block_id))
      say(here, `block_id ${String(block.block_id)} already exists for another block`);
    blockIds.add(block.block_id);
    if (block.type === "section" && block.text === undefined && block.fields === undefined)
      say(here, "must define either `fields` or `text`");
    objectsIn(block.fields).forEach((field, n) => {
      tooLong(field.text, 2000, `${here}/fields/${n}/text`, say);
    });
    const actionIds = new Set<unknown>();
    for (const element of objectsIn(block.elements)) {
      if (element.action_id !== undefined && actionIds.has(element.action_id))
        say(here, `action_id ${String(element.action_id)} already exists for another element`);
      actionIds.add(element.action_id);
    }
    walk(block, here, say);
  });
  return problems;
}

type Say = (pointer: string, text: string) => void;

function walk(value: unknown, at: string, say: Say): void {
  if (Array.isArray(value)) {
    value.forEach((part, index) => {
      walk(part, `${at}/${index}`, say);
    });
    return;
  }
  if (!isJson(value)) return;
  const type = textOf(value.type) ?? "";
  for (const [path, most] of Object.entries(lengths[type] ?? {})) {
    const found = reach(value, path);
    tooLong(found, most, `${at}/${path.replace(".", "/")}`, say);
    if (found === "" && path === "text.text") say(`${at}/text/text`, "must be more than 0 characters");
  }
  for (const [name, [fewest, most]] of Object.entries(counts[type] ?? {})) {
    const list = value[name];
    if (!Array.isArray(list)) continue;
    if (list.length > most) say(`${at}/${name}`, `no more than ${most} items allowed`);
    if (list.length < fewest) say(`${at}/${name}`, `no less than ${fewest} items allowed`);
  }
  tooLong(value.action_id, 255, `${at}/action_id`, say);
  tooLong(reach(value, "placeholder.text"), placeholder, `${at}/placeholder/text`, say);
  options(value.options, `${at}/options`, say);
  objectsIn(value.option_groups).forEach((group, index) => {
    tooLong(reach(group, "label.text"), 75, `${at}/option_groups/${index}/label/text`, say);
    options(group.options, `${at}/option_groups/${index}/options`, say);
  });
  if (isJson(value.confirm)) confirmation(value.confirm, `${at}/confirm`, say);
  for (const [key, part] of Object.entries(value)) if (typeof part === "object") walk(part, `${at}/${key}`, say);
}

function options(list: unknown, at: string, say: Say): void {
  objectsIn(list).forEach((option, index) => {
    tooLong(reach(option, "text.text"), 75, `${at}/${index}/text/text`, say);
    tooLong(reach(option, "description.text"), 75, `${at}/${index}/description/text`, say);
    tooLong(option.value, 150, `${at}/${index}/value`, say);
  });
}

function confirmation(confirm: Json, at: string, say: Say): void {
  for (const [name, most] of Object.entries({ title: 100, text: 300, confirm: 30, deny: 30 }))
    tooLong(reach(confirm, `${name}.text`), most, `${at}/${name}/text`, say);
}

function reach(value: Json, path: string): unknown {
  let found: unknown = value;
  for (const key of path.split(".")) found = isJson(found) ? found[key] : undefined;
  return found;
}

function tooLong(value: unknown, most: number, pointer: string, say: Say): void {
  if (typeof value === "string" && value.length > most) say(pointer, `must be less than ${most + 1} characters`);
}

/** Characters of every `text` in the blocks. */
export function blocksText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + blocksText(part), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === "text" && typeof part === "string" ? part.length : blocksText(part)),
    0,
  );
}

/** Limits of a modal or home view (docs.slack.dev, "Views"). */
export function viewLimits(view: Json, at = "/view"): Problem[] {
  const problems = blockLimits(objectsIn(view.blocks), 100, `${at}/blocks`);
  const say: Say = (pointer, text) => problems.push({ pointer, text });
  for (const part of ["title", "submit", "close"]) tooLong(reach(view, `${part}.text`), 24, `${at}/${part}/text`, say);
  tooLong(view.callback_id, 255, `${at}/callback_id`, say);
  tooLong(view.external_id, 255, `${at}/external_id`, say);
  tooLong(view.private_metadata, 3000, `${at}/private_metadata`, say);
  return problems;
}
