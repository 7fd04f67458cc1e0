import {
  type CanonicalAction,
  type CanonicalCommand,
  type CanonicalLimit,
  type CanonicalRule,
  type CanonicalWho,
  plainRule,
} from "../../../contracts/canonical.ts";
import type { Fields } from "../../../contracts/fields.ts";
import { pointerTo } from "../../../diagnostics/source-map.ts";
import type { YamlMap } from "../../value.ts";
import { readObject } from "../object.ts";
import {
  isListWritten,
  isMapWritten,
  memberOf,
  type Reading,
  tellKey,
  tellNoMap,
  tellWrongType,
  textOf,
  type Written,
} from "../reading.ts";
import { tellWord } from "./belongs.ts";
import { readOptions } from "./options.ts";
import { readRuleLimit } from "./rate-limits.ts";
import { readRuleCooldown, ruleTimes, sharedRuleFields } from "./rules.ts";

/** The long form of a command, but for its options and its limit. */
export const commandFields = {
  description: { kind: "plain", about: "What it does, in a few words.", default: "", maxLength: 256 },
  allow: { kind: "who", about: "Who may use it.", optional: true },
  deny: { kind: "who", about: "Who may not use it, whatever else lets them.", optional: true },
  names: {
    kind: "map",
    of: { kind: "plain", about: "The command's name there." },
    about: "Another spelling on a platform.",
    optional: true,
  },
  ...sharedRuleFields,
} as const satisfies Fields;

/** Everything that commands add to the file. */
export interface ReadCommands {
  readonly rules: readonly CanonicalRule[];
  /** Limits written at the command itself, by the names they get. */
  readonly limits: Readonly<Record<string, CanonicalLimit>>;
}

/** `commands:` in file order. */
export function readCommands(reading: Reading, written: Written, hasDefaultLimit: boolean): ReadCommands {
  const rules: CanonicalRule[] = [];
  const limits: Record<string, CanonicalLimit> = {};
  if (!isMapWritten(written)) {
    if (written.value !== null) tellNoMap(reading, written, "lines such as hello: Hi there");
    return { rules, limits };
  }
  let empty: string | undefined;
  const names = Object.keys(written.value);
  for (const [index, name] of names.entries()) {
    const member = memberOf(written, name)!;
    if (isWithoutDo(member) && names[index + 1] === "do" && isActions(memberOf(written, "do")!)) {
      const message = `"do" belongs to the command "${name}", but stands beside it.`;
      const hint = "begin it, and what stands under it, two spaces further in";
      tellKey(reading, pointerTo(written.pointer, "do"), { code: "misplaced-key", message, hint });
      continue;
    }
    if (name === "do" && index > 0 && isActions(member) && isWithoutDo(memberOf(written, names[index - 1]!)!)) continue;
    if (
      empty !== undefined &&
      (name === "do" || name === "options" || name === "allow") &&
      typeof member.value === "object"
    ) {
      const message = `"${name}" stands beside "${empty}", and nothing stands under "${empty}".`;
      tellKey(reading, member.pointer, { code: "misplaced-key", message, hint: "begin it two spaces further in" });
      break;
    }
    if (member.value === null && textOf(reading, member) === undefined && isFollowedByItsKeys(written.value, name)) {
      empty = name;
      continue;
    }
    if (!isCommandName(reading, name, member.pointer)) continue;
    const rule = isMapWritten(member)
      ? readLong(reading, name, member, hasDefaultLimit, limits)
      : readShort(reading, name, member, hasDefaultLimit);
    if (rule !== undefined) rules.push(rule);
  }
  return { rules, limits };
}

const isWithoutDo = (member: Written): boolean => isMapWritten(member) && !Object.hasOwn(member.value, "do");

/** What no command can be: a list, or actions without their dashes. */
const isActions = (member: Written): boolean =>
  isListWritten(member) || (isMapWritten(member) && !Object.keys(member.value).some((key) => isCommandKey(key)));

const isCommandKey = (key: string): boolean => Object.hasOwn(commandFields, key) || key === "options";

/** `hello:` with its `do:` not indented below. */
function isFollowedByItsKeys(commands: YamlMap, name: string): boolean {
  const keys = Object.keys(commands);
  const next = keys[keys.indexOf(name) + 1];
  return next !== undefined && isCommandKey(next);
}

function isCommandName(reading: Reading, name: string, pointer: string): boolean {
  if (/^[a-z0-9_]{1,32}$/.test(name)) return true;
  const plain = name
    .replace(/^[/!]/, "")
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  const hint = /^[a-z0-9_]{1,32}$/.test(plain) ? { hint: `write ${plain}:` } : {};
  const message = `"${name}" cannot be the name of a command: small letters, digits and _ only, at most 32.`;
  tellKey(reading, pointer, { code: "bad-name", message, ...hint });
  return false;
}

/** A text is the reply. */
function readShort(reading: Reading, name: string, written: Written, limited: boolean): CanonicalRule | undefined {
  const { origins } = reading;
  if (written.value === null || textOf(reading, written) === undefined) {
    const hint = isListWritten(written) ? `write do: on a line of its own under "${name}:", above the list` : undefined;
    return tellWrongType(reading, written, 'the text to answer, or lines further in, such as "do:"', hint);
  }
  const word = reading.words.actions.get("reply");
  if (word === undefined) return undefined;
  const args = readObject(reading, word.fields, { ...written, dynamic: true }, { where: name, short: word.short });
  if (args === undefined) return undefined;
  const reply = origins.note({ action: "reply", args } as CanonicalAction, written.pointer);
  const actions = origins.note([reply], written.pointer);
  origins.member(actions, 0, written.pointer);
  const command: CanonicalCommand = {
    description: "",
    options: [],
    names: {},
    ...(limited && { rate_limit: "default" }),
  };
  origins.note(command, written.pointer);
  return origins.note({ ...plainRule, id: `command:${name}`, name, do: actions, command }, written.pointer);
}

/** Keys of a command that are read by themselves. */
const readApart: ReadonlySet<string> = new Set(["options", ...ruleTimes]);

function readLong(
  reading: Reading,
  name: string,
  written: Written,
  limited: boolean,
  limits: Record<string, CanonicalLimit>,
): CanonicalRule | undefined {
  const where = `the command "${name}"`;
  const belongs = (key: string, pointer: string) => tellInCommand(reading, key, pointer);
  const args = readObject(reading, commandFields, written, { where, ignore: readApart, belongs });
  const optionsMember = memberOf(written, "options");
  const options = optionsMember === undefined ? [] : readOptions(reading, optionsMember);
  const limit = readRuleLimit(reading, `command:${name}`, written, limits);
  const cooldown = readRuleCooldown(reading, written);
  if (args?.do === undefined || options === undefined) return undefined;
  const {
    description,
    allow,
    deny,
    names = {},
    ...rest
  } = args as unknown as Omit<CanonicalRule, "id" | "name" | "bots" | "when"> & {
    description: string;
    allow?: readonly CanonicalWho[];
    deny?: readonly CanonicalWho[];
    names?: Readonly<Record<string, string>>;
  };
  const rateLimit = limit ?? (limited ? "default" : undefined);
  const command: CanonicalCommand = {
    description,
    options,
    ...(allow && { allow }),
    ...(deny && { deny }),
    ...(rateLimit && { rate_limit: rateLimit }),
    names,
  };
  reading.origins.note(command, written.pointer);
  const rule = {
    id: `command:${name}`,
    name,
    bots: false,
    when: [],
    command,
    ...rest,
    ...(cooldown && { cooldown }),
  } as CanonicalRule;
  return reading.origins.note(rule, written.pointer);
}

function tellInCommand(reading: Reading, key: string, pointer: string): string | undefined {
  if (key.toLowerCase() !== "when") return tellWord(reading, key, pointer);
  const message = 'a command needs no "when": it starts when somebody uses it.';
  const hint = "delete the line; what the bot does by itself is a rule, under rules:";
  tellKey(reading, pointer, { code: "misplaced-key", message, hint });
  return "when";
}
