import type { CanonicalAction, CanonicalArguments, CanonicalCondition } from "../../../contracts/canonical.ts";
import type { ActionDefinition } from "../../../contracts/word.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isMap, type YamlMap } from "../../value.ts";
import { readObject } from "../object.ts";
import {
  andList,
  didYouMeanWord,
  isLeftEmpty,
  isListWritten,
  isMapWritten,
  itemsOf,
  memberOf,
  type Reading,
  tell,
  tellKey,
  tellMissingSpace,
  tellWrongType,
  textOf,
  type Written,
  wordBeforeColon,
} from "../reading.ts";
import { tellUnknownKey } from "../unknown-keys.ts";
import { readCondition } from "./condition.ts";

/** What may stand beside an action's own key. */
const beside: ReadonlySet<string> = new Set(["if", "else", "on_error", "save_as"]);

/** A list of actions, each an item with one key; with `lone`, an action without the list too. */
export function readActions(reading: Reading, written: Written, lone = false): CanonicalAction[] | undefined {
  const out = reading.origins.note([] as CanonicalAction[], written.pointer);
  if (!isListWritten(written)) {
    if (!lone || written.value === null) return notAList(reading, written);
    reading.origins.member(out, 0, written.pointer);
    const action = readAction(reading, written);
    if (action === undefined) return undefined;
    out.push(action);
    return out;
  }
  for (const item of itemsOf(written)) {
    const action = readAction(reading, item);
    if (action !== undefined) out.push(action);
  }
  return out;
}

function notAList(reading: Reading, written: Written): undefined {
  const keys = isMapWritten(written) ? Object.keys(written.value) : [textOf(reading, written) ?? ""];
  const first = keys
    .map((key) => beforeNext(reading, withoutBullet(key)))
    .find((key) => startsWithAction(reading, key) !== undefined);
  if (first === undefined) {
    const hint = isMapWritten(written) ? undefined : "to say something, write below it: - reply: and the text";
    return tellWrongType(reading, written, 'a list of actions, each beginning with "- "', hint);
  }
  const name = startsWithAction(reading, first)!;
  const behind = isMapWritten(written) ? ":" : first === name ? "" : `:${first.slice(name.length)}`;
  const bullet = /^[–—•*+·]/u.exec(keys[0]!)?.[0];
  const dash = bullet === undefined ? "" : `, not with "${bullet}"`;
  const message = `each action is an item of a list and begins with "- "${dash}.`;
  return tell(reading, written.pointer, { code: "action-without-dash", message, hint: `write - ${name}${behind}` });
}

/** Signs that word processors make of a dash. */
const withoutBullet = (text: string): string => text.replace(/^[–—•*+·]\s*/u, "");

/** What stands before the next action: YAML joins the lines of a text, and takes `- stop` below it for more of it. */
function beforeNext(reading: Reading, text: string): string {
  const [own, ...more] = text.split(" - ");
  return more.length > 0 && more.every((each) => reading.words.actions.has(each)) ? own! : text;
}

/** The action that a text begins with: `reply hi`. */
function startsWithAction(reading: Reading, text: string): string | undefined {
  const first = /^[a-z_]+(?=\s|$)/.exec(text)?.[0];
  return first !== undefined && reading.words.actions.has(first) ? first : undefined;
}

function readAction(reading: Reading, written: Written): CanonicalAction | undefined {
  if (!isMapWritten(written)) return readBare(reading, written);
  const name = actionOf(reading, written);
  if (name === undefined) return undefined;
  const word = reading.words.actions.get(name)!;
  const block = blockFields(word);
  const strangers = Object.keys(written.value).filter((key) => key !== name && !beside.has(key) && !block.has(key));
  const misplaced = strangers.filter((key) => Object.hasOwn(word.fields, key));
  if (misplaced.length > 0) tellMisplaced(reading, written, name, misplaced);
  const meant = strangers
    .filter((key) => !misplaced.includes(key))
    .map((key) => tellBeside(reading, written, name, key, block));
  const emptied = misplaced.length > 0 && written.value[name] === null;
  // What its key was meant to be is told, and is not missing besides.
  const misnamed = meant.some((key) => key !== undefined && block.has(key));
  const args = emptied || misnamed ? undefined : readArguments(reading, word, written);
  const modifiers = readModifiers(reading, written, block);
  if (args === undefined) return undefined;
  return reading.origins.note({ action: name, args, ...modifiers }, written.pointer);
}

/** `- stop`, or `- delete_message`. */
function readBare(reading: Reading, written: Written): CanonicalAction | undefined {
  const name = textOf(reading, written);
  if (name === undefined) return tellWrongType(reading, written, "an action, such as reply: Hello");
  const word = reading.words.actions.get(name);
  const joined = wordBeforeColon(name);
  if (joined !== undefined && reading.words.actions.has(joined)) return tellMissingSpace(reading, written, joined);
  const started = word === undefined ? startsWithAction(reading, name) : undefined;
  if (started !== undefined) {
    const message = `a colon is missing behind "${started}".`;
    const hint = `write - ${started}:${name.slice(started.length)}`;
    return tell(reading, written.pointer, { code: "action-without-arguments", message, hint });
  }
  if (word === undefined) return unknown(reading, name, written.pointer);
  if (word.bare === true) {
    const empty = { ...written, value: {} as YamlMap };
    const args = readObject(reading, word.fields, empty, { where: `"${name}"` });
    return args === undefined ? undefined : reading.origins.note({ action: name, args }, written.pointer);
  }
  const short = word.short === undefined ? undefined : word.fields[word.short];
  const message = `"${name}" needs a colon and what it is about behind it.`;
  const example = word.examples[0]?.yaml.split("\n")[0];
  const hint = short?.about ?? word.summary;
  return tell(reading, written.pointer, {
    code: "action-without-arguments",
    message,
    hint: example === undefined ? hint : `write for example - ${example}`,
  });
}

/** The key of an item that names its action; undefined after telling that there is none or more than one. */
function actionOf(reading: Reading, written: Written & { value: YamlMap }): string | undefined {
  const keys = Object.keys(written.value);
  const blocks = keys.filter(
    (key) => reading.words.actions.get(key)?.block !== undefined && isBlockItem(reading, key, keys),
  );
  const candidates = blocks.length > 0 ? blocks : keys.filter((key) => !beside.has(key));
  const actions = candidates.filter((key) => reading.words.actions.has(key));
  if (actions.length > 1) {
    const second = pointerTo(written.pointer, actions[1]!);
    const message = `"${actions[1]}" is a second action in the same item. Each action is an item of its own.`;
    return tellKey(reading, second, { code: "several-in-one-item", message, hint: `put "- " before "${actions[1]}:"` });
  }
  const [name] = actions;
  if (name !== undefined) return name;
  const [unknownKey] = candidates;
  if (unknownKey !== undefined) return unknown(reading, unknownKey, pointerTo(written.pointer, unknownKey));
  const message =
    keys.length === 0
      ? "there is no action in this item."
      : `"${keys[0]}" stands alone; it belongs to an action, in the same item below it.`;
  if (keys.length > 0 && keys[0] !== "if" && /\/[1-9]\d*$/.test(written.pointer)) {
    const message = `"${keys[0]}" belongs to the action above it, and is no item of its own.`;
    return tellKey(reading, written.pointer, { code: "no-action", message, hint: 'write a space in place of its "-"' });
  }
  const hint = keys[0] === "if" ? 'or write what happens under "do:"' : undefined;
  return tellKey(reading, written.pointer, { code: "no-action", message, ...(hint && { hint }) });
}

/** Whether `if:` in this item is the block with a `do:` of its own, not the condition of another action. */
function isBlockItem(reading: Reading, key: string, keys: readonly string[]): boolean {
  if (!beside.has(key)) return true;
  return (
    !keys.some((other) => other !== key && !beside.has(other) && reading.words.actions.has(other)) &&
    keys.some((other) => other.toLowerCase() === "do")
  );
}

const noFields: ReadonlySet<string> = new Set();

function blockFields(word: ActionDefinition): ReadonlySet<string> {
  return word.block === undefined ? noFields : new Set(Object.keys(word.fields));
}

function readArguments(reading: Reading, word: ActionDefinition, written: Written): CanonicalArguments | undefined {
  const where = `"${word.name}"`;
  if (word.block !== undefined) {
    const ignore = new Set(Object.keys(written.value as YamlMap));
    const value = withoutEmptyKey(reading, word, written);
    return readObject(reading, word.fields, { ...written, value, dynamic: true }, { where, ignore });
  }
  const member = memberOf({ ...written, dynamic: true }, word.name)!;
  if (isLeftEmpty(reading, member) && word.bare === true)
    return readObject(reading, word.fields, { ...member, value: {} as YamlMap }, { where });
  const belongs = (key: string, pointer: string) => {
    if (!beside.has(key)) return undefined;
    const message = `"${key}" belongs beside "${word.name}:", not inside of it.`;
    const hint = `begin it in the same column as "${word.name}:"`;
    tellKey(reading, pointer, { code: "misplaced-key", message, hint });
    return key;
  };
  if (isTextInLines(word, member)) {
    const message = `the lines under "${word.name}:" are a text, and nothing says so.`;
    const hint = `write ${word.name}: | above them`;
    return tellKey(reading, member.pointer, { code: "text-over-lines", message, hint });
  }
  return readObject(reading, word.fields, member, { where, short: word.short, belongs });
}

/** `reply:` with lines such as `Rules: be kind` under it, none of which begins like a key. */
function isTextInLines({ fields, short }: ActionDefinition, { value }: Written): boolean {
  if (short === undefined || fields[short]?.kind !== "text" || !isMap(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^\p{Lu}|\s/u.test(key) && !Object.hasOwn(fields, key.toLowerCase()));
}

/** `- parallel:` with its `do:` below: nothing need stand behind the key itself. */
function withoutEmptyKey(reading: Reading, { block, fields }: ActionDefinition, written: Written): YamlMap {
  const { [block!.key]: own, ...rest } = written.value as YamlMap;
  const isEmpty = own === null && (reading.map.raw(pointerTo(written.pointer, block!.key)) ?? "") === "";
  return isEmpty && fields[block!.key]?.optional === true ? rest : (written.value as YamlMap);
}

function readModifiers(
  reading: Reading,
  written: Written,
  block: ReadonlySet<string>,
): { if?: CanonicalCondition; else?: CanonicalAction[]; on_error?: CanonicalAction[]; save_as?: string } {
  const own = (key: string) => (block.has(key) ? undefined : memberOf(written, key));
  const out: { if?: CanonicalCondition; else?: CanonicalAction[]; on_error?: CanonicalAction[]; save_as?: string } = {};
  const condition = own("if");
  if (condition !== undefined) {
    const read = readCondition(reading, condition);
    if (read !== undefined) out.if = read;
  }
  for (const key of ["else", "on_error"] as const) {
    const member = own(key);
    const read = member === undefined ? undefined : readActions(reading, member);
    if (read !== undefined) out[key] = read;
  }
  const saved = own("save_as");
  if (saved !== undefined) {
    const text = textOf(reading, saved);
    if (text !== undefined && /^[A-Za-z_]\w*$/.test(text)) out.save_as = text;
    else if (text === undefined) tellWrongType(reading, saved, "a name, such as answer");
    else {
      const message = `"${text}" cannot be a name: letters, digits and _ only, beginning with a letter.`;
      tell(reading, saved.pointer, { code: "bad-name", message });
    }
  }
  return out;
}

/** Arguments that stand beside their action instead of under it: one mistake, however many there are. */
function tellMisplaced(reading: Reading, written: Written, name: string, keys: readonly string[]): void {
  const message =
    keys.length === 1
      ? `"${keys[0]}" belongs to "${name}", but stands beside it.`
      : `${andList(keys)} belong to "${name}", but stand beside it.`;
  const hint = `indent ${keys.length === 1 ? "it" : "them"} further than "${name}:"`;
  tellKey(reading, pointerTo(written.pointer, keys[0]!), { code: "misplaced-key", message, hint });
}

/** @returns the key that was most likely meant. */
function tellBeside(
  reading: Reading,
  written: Written,
  name: string,
  key: string,
  block: ReadonlySet<string>,
): string | undefined {
  const pointer = pointerTo(written.pointer, key);
  return tellUnknownKey(reading, pointer, key, [...block, ...beside], `beside "${name}:" this item`);
}

function unknown(reading: Reading, name: string, pointer: string): undefined {
  const { actions, conditions } = reading.words;
  if (name === "then") {
    const message = 'what an "if" does stands under "do:", not under "then:".';
    return tellKey(reading, pointer, { code: "unknown-action", message, hint: "write do:" });
  }
  const message = conditions.has(name)
    ? `"${name}" is a condition, and actions stand here; it belongs under "if:".`
    : `there is no action "${name}"${didYouMeanWord(name, actions)}`;
  const hint =
    message.endsWith("?") || conditions.has(name) ? {} : { hint: "to say something, write - reply: and the text" };
  return tellKey(reading, pointer, { code: "unknown-action", message, ...hint });
}
