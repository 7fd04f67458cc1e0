import {
  type CanonicalArguments,
  type CanonicalDatum,
  type CanonicalRule,
  isCounted,
  isOfPeople,
} from "../contracts/canonical.ts";
import type { CommandOptionForm, OptionType } from "../contracts/platform.ts";
import type { ActionDefinition, SavedTypes, TriggerDefinition, WrittenTypes } from "../contracts/word.ts";
import { type ObjectType, type Scope, t, type ValueType } from "../language/types.ts";

/** The variables of texts and expressions, by what the rule is; every name has a type before the bot starts. */

/** What is known of people wherever they are named. */
const personFields = {
  id: t.text,
  name: t.text,
  username: t.optional(t.text),
  nickname: t.optional(t.text),
  mention: t.mention,
  is_bot: t.boolean,
  created_at: t.optional(t.time),
};
/** A person kept in a value: what a run reads anew of people, such as their data, is not there. */
const knownPerson = t.object("person", personFields, "name");
const roleType = t.object("role", { id: t.text, name: t.text, mention: t.mention }, "name");
const channelType = t.object("channel", { id: t.text, name: t.text, mention: t.mention, direct: t.boolean }, "name");
const serverType = t.object("server", { id: t.text, name: t.text }, "name");
const attachmentType = t.object(
  "attachment",
  {
    id: t.text,
    name: t.text,
    url: t.optional(t.text),
    content_type: t.optional(t.text),
    size: t.optional(t.integer),
  },
  "name",
);
const messageType = t.object(
  "message",
  {
    id: t.text,
    text: t.text,
    link: t.optional(t.text),
    attachments: t.list(attachmentType),
  },
  "text",
);
const botType = t.object("bot", { name: t.text, mention: t.mention }, "name");
const sentMessageType = t.object("sent message", { id: t.text, channel: t.text }, undefined);

/** `data` as a person's own record: only what belongs to people. */
function personalData(data: Readonly<Record<string, CanonicalDatum>>): ObjectType {
  const fields: Record<string, ValueType> = {};
  for (const [name, datum] of Object.entries(data)) if (isOfPeople(datum.scope)) fields[name] = datumType(datum);
  return t.object("record of data", fields);
}

/** `data` where nobody causes the rule: what belongs to people is not there, and told for what it is. */
function dataOfNobody(
  data: Readonly<Record<string, CanonicalDatum>>,
  types: Readonly<Record<string, ValueType>>,
): ObjectType {
  const shared = Object.entries(types).filter(([name]) => !isOfPeople(data[name]!.scope));
  return {
    ...t.object("record of data", Object.fromEntries(shared)),
    elsewhere: (name) =>
      Object.hasOwn(data, name)
        ? { code: "unknown-variable", message: personalMessage(name), hint: hintForPersonal(name, data[name]!) }
        : undefined,
  };
}

export const personalMessage = (name: string): string => `"${name}" belongs to a person, and nobody causes this`;

/** How something is kept for all, or put in order. */
export function hintForPersonal(name: string, datum: CanonicalDatum): string {
  const people = isCounted(datum) ? `; for those of the people, use top: { data: ${name} }` : "";
  return `to keep one for everybody, declare "${name}" with scope: bot${people}`;
}

/** What a declared value is; what has no default may be empty. */
function datumType(datum: CanonicalDatum): ValueType {
  const type = declaredType(datum, knownPerson);
  return datum.default === null && datum.type !== "list" ? t.optional(type) : type;
}

/** What a value is declared to be, under `data` or as an option. */
interface Declared {
  readonly type: OptionType;
  readonly of?: OptionType;
  readonly choices?: readonly string[];
}

function declaredType(declared: Declared, person: ObjectType): ValueType {
  switch (declared.type) {
    case "choice":
      return t.choice(declared.choices ?? []);
    case "user":
    case "member":
      return person;
    case "role":
      return roleType;
    case "channel":
      return channelType;
    case "attachment":
      return attachmentType;
    case "list":
      return t.list(declaredType({ ...declared, type: declared.of ?? "text" }, person));
    default:
      return t[declared.type];
  }
}

export interface ScopeTypes {
  readonly person: ObjectType;
  readonly data: ObjectType;
  /** The same where nobody causes the rule, so that what belongs to people is nobody's. */
  readonly dataOfNobody: ObjectType;
  /** What the types of saved values are made of. */
  readonly saved: SavedTypes;
}

/** Types that depend on what the file declares under `data`. */
export function scopeTypes(data: Readonly<Record<string, CanonicalDatum>>): ScopeTypes {
  const own: Record<string, ValueType> = {};
  const declared: Record<string, SavedTypes["data"][string]> = {};
  for (const [name, datum] of Object.entries(data)) {
    own[name] = datumType(datum);
    declared[name] = { declared: datum, type: own[name] };
  }
  return {
    person: t.object(
      "person",
      { ...personFields, joined_at: t.optional(t.time), roles: t.list(t.text), data: personalData(data) },
      "name",
    ),
    data: t.object("record of data", own),
    dataOfNobody: dataOfNobody(data, own),
    saved: {
      person: knownPerson,
      role: roleType,
      channel: channelType,
      message: sentMessageType,
      data: declared,
    },
  };
}

function optionType(option: CommandOptionForm, { person }: ScopeTypes): ValueType {
  const type = declaredType(option, person);
  return option.required ? type : t.optional(type);
}

/** What `options` holds. */
export function optionsType(options: readonly CommandOptionForm[], types: ScopeTypes): ObjectType {
  return t.object("set of options", Object.fromEntries(options.map((one) => [one.name, optionType(one, types)])));
}

/** The scope in which a rule's texts and expressions are checked. `steps` grows as `save_as` names are seen. */
export function ruleScope(rule: CanonicalRule, types: ScopeTypes, triggers: readonly TriggerDefinition[]): Scope {
  const isCommand = rule.command !== undefined;
  const messages = triggers.filter((one) => one.hasMessage).length;
  const message =
    isCommand || (messages > 0 && messages < triggers.length) ? "maybe" : messages > 0 ? "always" : "never";
  const isCaused = !triggers.some((one) => one.nobody === true);
  return {
    ...triggerVariables(triggers, types),
    ...(isCaused ? { user: types.person } : {}),
    options: optionsType(rule.command?.options ?? [], types),
    ...(message === "never" ? {} : { message: message === "always" ? messageType : t.optional(messageType) }),
    channel: channelType,
    server: serverType,
    bot: botType,
    platform: t.text,
    now: t.time,
    today: t.date,
    data: isCaused ? types.data : types.dataOfNobody,
  };
}

/** What the triggers bring along: surely there where all of them have it. */
function triggerVariables(triggers: readonly TriggerDefinition[], { person }: ScopeTypes): Record<string, ValueType> {
  const found: Record<string, ValueType> = {};
  const each = triggers.map((one) => one.variables?.({ person, role: roleType, channel: channelType }) ?? {});
  for (const variables of each)
    for (const [name, type] of Object.entries(variables))
      found[name] = each.every((one) => name in one) ? type : t.optional(type);
  return found;
}

/** What `save_as` keeps of an action, with the arguments that are written. */
export function savedType(
  saves: ActionDefinition["saves"],
  args: CanonicalArguments,
  types: ScopeTypes,
  written: WrittenTypes,
): ValueType {
  if (saves === undefined) return t.unknown;
  return typeof saves === "function" ? saves(args, types.saved, written) : saves;
}
