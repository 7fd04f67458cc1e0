import type { CommandCall, MessageContent, Person, RawOption, Role, TextEntity } from "../../contracts/event.ts";
import type { CommandOptionForm } from "../../contracts/platform.ts";
import type { AnswerType } from "../../contracts/word.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { durationAhead, parseTypedDuration } from "../../language/duration.ts";
import { parseMoment } from "../../language/moment.ts";
import { type Duration, duration, instant, type Value } from "../../language/values.ts";
import { parseYesNo } from "../../language/yes-no.ts";
import { Refusal } from "../../plan/program.ts";
import { usageOf } from "../../plan/spelling.ts";
import { quoted, type Sentence, say } from "../../sentences/sentence.ts";
import { attachmentValue, channelValue, type Mutable, personValue, roleValue } from "./values.ts";

/** How names inside options are looked up. Each may reject with `Refusal`. */
export interface OptionLookup {
  person(name: string): Promise<Person | undefined>;
  role(name: string): Promise<Role>;
  channel(name: string): Promise<{ readonly id: string; readonly name: string }>;
  /** Of times that are written without one. */
  readonly timezone: string;
}

/**
 * Reads and checks what somebody gave to a command. `command` is the command as people type it here.
 * @throws Refusal with a sentence that names the option and shows how the command is written.
 */
export async function readOptions(
  command: string,
  declared: readonly CommandOptionForm[],
  call: CommandCall,
  message: MessageContent | undefined,
  lookup: OptionLookup,
): Promise<Mutable> {
  const values: Mutable = {};
  const bad = withUsage(usageOf(command, declared));
  const source =
    call.input.kind === "options"
      ? new FilledIn(call.input.options)
      : new Words(call.input.text, call.input.entities, declared);
  for (const [index, option] of declared.entries()) {
    const isLast = declared.slice(index + 1).every(({ type }) => type === "attachment");
    const raw = source.take(option, isLast, message);
    if (raw === undefined) {
      if (option.required) throw bad(missing(option));
      values[option.name] = null;
      continue;
    }
    values[option.name] = await readValue(option, raw, lookup, bad);
  }
  const left = source.rest();
  if (left !== undefined) throw bad(say("too_much_written", { text: left }));
  return values;
}

/**
 * Reads what somebody answered to a question, like an option.
 * @throws Refusal with a sentence.
 */
export function readAnswer(
  type: AnswerType,
  { text, entities }: Pick<MessageContent, "text" | "entities">,
  lookup: OptionLookup,
): Promise<Value> {
  const option = { ...type, name: answerName, description: "", required: true };
  return readValue(option, answerOf(type, text.trim(), entities), lookup, (sentence) => new Refusal(sentence));
}

function answerOf(type: AnswerType, text: string, entities: readonly TextEntity[]): RawOption {
  const wanted = namesPerson(type.type) ? "user" : type.type;
  const entity = entities.find((one) => one.kind === wanted);
  if (entity?.kind === "user")
    return entity.person === undefined ? { kind: "text", text: entity.id } : { kind: "person", person: entity.person };
  if (entity?.kind === "role") return { kind: "role", role: { id: entity.id, name: entity.name } };
  if (entity?.kind === "channel")
    return { kind: "channel", channel: { id: entity.id, name: entity.name, direct: false } };
  return { kind: "text", text };
}

/** Of what is read like an option and is none: no option is called so. */
const answerName = "";

/** Shows behind what is wrong how the command is written. */
const withUsage =
  (usage: string): Refuse =>
  (problem) =>
    new Refusal(say("with_usage", { problem, usage }));

type Refuse = (problem: Sentence) => Refusal;

async function readValue(option: CommandOptionForm, raw: RawOption, lookup: OptionLookup, bad: Refuse): Promise<Value> {
  const text = raw.kind === "text" ? raw.text : raw.kind === "number" ? String(raw.number) : "";
  switch (option.type) {
    case "text":
      return boundedText(option, text, bad);
    case "integer":
    case "number":
      return boundedNumber(option, raw.kind === "number" ? raw.number : readNumber(text), text, bad);
    case "boolean": {
      if (raw.kind === "boolean") return raw.boolean;
      const read = parseYesNo(text);
      if (!read.ok) throw bad(say("value_yes_no", { value: called(option), given: text }));
      return read.value;
    }
    case "choice":
      return oneOf(option, text, bad);
    case "duration": {
      const read = parseTypedDuration(text);
      if (!read.ok) throw bad(say("value_duration", { value: called(option), given: text }));
      return duration(bounded(option, read.value, duration, bad));
    }
    case "time": {
      const read = parseMoment(text, lookup.timezone);
      if (!read.ok) throw bad(say("value_time", { value: called(option), given: text }));
      return instant(read.value);
    }
    case "attachment":
      if (raw.kind !== "attachment") throw bad(missing(option));
      return attachmentValue(raw.attachment);
    case "list":
      return readList(option, text, lookup, bad);
    case "member":
    case "user": {
      const person = raw.kind === "person" ? raw.person : await lookup.person(text);
      if (person === undefined) throw bad(say("no_person", { name: text.replace(/^@/, "") }));
      return personValue(person);
    }
    case "role":
      return roleValue(raw.kind === "role" ? raw.role : await lookup.role(text));
    case "channel":
      return channelValue(raw.kind === "channel" ? raw.channel : { ...(await lookup.channel(text)), direct: false });
  }
}

function missing(option: CommandOptionForm): Sentence {
  return say(option.type === "attachment" ? "file_missing" : "option_missing", { value: called(option) });
}

/** Entries between commas, or on lines of their own; each is read like an option of its type. */
async function readList(option: CommandOptionForm, text: string, lookup: OptionLookup, bad: Refuse): Promise<Value> {
  const written = text.split(/[,\n]/).map((entry) => entry.trim());
  const entries = written.filter((entry) => entry !== "");
  const { maxItems } = option;
  if (entries.length === 0) throw bad(missing(option));
  if (maxItems !== undefined && entries.length > maxItems)
    throw bad(say("value_too_many", { value: called(option), most: maxItems }));
  const one: CommandOptionForm = { ...option, type: option.of ?? "text" };
  const values: Value[] = [];
  for (const entry of entries) values.push(await readValue(one, { kind: "text", text: entry }, lookup, bad));
  return values;
}

const called = ({ name }: CommandOptionForm): string | Sentence =>
  name === answerName ? say("your_answer") : quoted(name);

/** Digits as people write them: no `0x10`, no `1e3`. */
function readNumber(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text.trim()) ? Number(text) : Number.NaN;
}

const namesPerson = (type: CommandOptionForm["type"]): boolean => type === "member" || type === "user";

function boundedText(option: CommandOptionForm, text: string, bad: Refuse): string {
  if (option.minLength !== undefined && text.length < option.minLength)
    throw bad(say("value_too_short", { value: called(option), least: option.minLength }));
  if (option.maxLength !== undefined && text.length > option.maxLength)
    throw bad(say("value_too_long", { value: called(option), most: option.maxLength }));
  return text;
}

function boundedNumber(option: CommandOptionForm, value: number, text: string, bad: Refuse): number {
  const kind = option.type === "integer" ? "value_whole_number" : "value_number";
  const whole = option.type !== "integer" || Number.isSafeInteger(value);
  if (!Number.isFinite(value) || !whole) throw bad(say(kind, { value: called(option), given: text || String(value) }));
  return bounded(option, value, (bound) => bound, bad);
}

/** @param shown - a bound as people read it */
function bounded(
  option: CommandOptionForm,
  value: number,
  shown: (bound: number) => number | Duration,
  bad: Refuse,
): number {
  const { minimum, maximum } = option;
  if (minimum !== undefined && value < minimum)
    throw bad(say("value_at_least", { value: called(option), least: shown(minimum) }));
  if (maximum !== undefined && value > maximum)
    throw bad(say("value_at_most", { value: called(option), most: shown(maximum) }));
  return value;
}

function oneOf(option: CommandOptionForm, text: string, bad: Refuse): string {
  const choices = option.choices ?? [];
  const wanted = text.trim().toLowerCase();
  const found = choices.find((choice) => choice.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const near = suggest(text, choices);
  throw bad(say("value_choice", { value: called(option), choices, near }));
}

/** Options that the platform's own form filled in. */
class FilledIn {
  readonly #options: Readonly<Record<string, RawOption>>;
  readonly #taken = new Set<string>();
  constructor(options: Readonly<Record<string, RawOption>>) {
    this.#options = options;
  }
  take(option: CommandOptionForm): RawOption | undefined {
    this.#taken.add(option.name);
    return Object.hasOwn(this.#options, option.name) ? this.#options[option.name] : undefined;
  }
  rest(): string | undefined {
    return Object.keys(this.#options).find((name) => !this.#taken.has(name));
  }
}

/** Options written as words after the command: in order, the last text takes all that is left. */
class Words {
  readonly #text: string;
  readonly #entities: readonly TextEntity[];
  #at = 0;
  #filesTaken = 0;
  readonly #severalDurations: boolean;
  constructor(text: string, entities: readonly TextEntity[], declared: readonly CommandOptionForm[]) {
    this.#text = text;
    this.#entities = entities;
    this.#severalDurations = declared.filter(({ type }) => type === "duration").length > 1;
    this.#skipBlanks();
  }

  take(option: CommandOptionForm, isLast: boolean, message: MessageContent | undefined): RawOption | undefined {
    const entity = this.#entities.find((one) => one.offset === this.#at);
    if (option.type === "attachment") {
      const attachment = message?.attachments?.[this.#filesTaken];
      if (attachment === undefined) return undefined;
      this.#filesTaken++;
      return { kind: "attachment", attachment };
    }
    if (namesPerson(option.type)) {
      if (entity?.kind === "user") {
        this.#moveTo(entity.offset + entity.length);
        return entity.person === undefined
          ? { kind: "text", text: entity.id }
          : { kind: "person", person: entity.person };
      }
      // An omitted member is the author of the message replied to.
      const author = message?.repliedTo?.author;
      if (author !== undefined && this.#text[this.#at] !== "@") return { kind: "person", person: author };
    }
    if (entity !== undefined && entity.kind === option.type) {
      this.#moveTo(entity.offset + entity.length);
      return entity.kind === "role"
        ? { kind: "role", role: { id: entity.id, name: entity.name } }
        : { kind: "channel", channel: { id: entity.id, name: entity.name, direct: false } };
    }
    if (this.#at >= this.#text.length) return undefined;
    if (option.long === true || ((option.type === "text" || option.type === "list") && isLast)) {
      const rest = this.#text.slice(this.#at).trimEnd();
      this.#moveTo(this.#text.length);
      return { kind: "text", text: option.long === true ? rest : unquote(rest) };
    }
    const word = this.#withBlanks(option) ?? this.#word();
    // A whole word that does not fit an optional option may belong to the next one.
    if (!option.required && !isLast && !mayBe(option, word)) return undefined;
    this.#moveTo(this.#at + word.length);
    return { kind: "text", text: unquote(word) };
  }

  rest(): string | undefined {
    return this.#at < this.#text.length ? this.#text.slice(this.#at).trim() : undefined;
  }

  #word(): string {
    const rest = this.#text.slice(this.#at);
    return /^["“„][^"“”„]*["“”](?=\s|$)/.exec(rest)?.[0] ?? /^\S+/.exec(rest)?.[0] ?? "";
  }

  /** What is one value although there are blanks in it: a choice or a duration of several words, a day and its time. */
  #withBlanks({ type, choices = [] }: CommandOptionForm): string | undefined {
    if (type === "choice") return this.#choice(choices);
    if (type === "duration") return this.#duration();
    if (type !== "time") return undefined;
    return /^\d{4}-\d\d-\d\d +\d{1,2}:\d\d(?::\d\d)?(?=\s|$)/.exec(this.#text.slice(this.#at))?.[0];
  }

  /** The longest choice that is written here, which may have blanks in it. */
  #choice(choices: readonly string[]): string | undefined {
    const rest = this.#text.slice(this.#at);
    const found = choices.filter((choice) => {
      const begins = rest.slice(0, choice.length).toLowerCase() === choice.toLowerCase();
      return begins && /^(\s|$)/.test(rest.slice(choice.length));
    });
    const longest = Math.max(0, ...found.map(({ length }) => length));
    return longest === 0 ? undefined : rest.slice(0, longest);
  }

  /** Durations side by side are several values where the command takes several. */
  #duration(): string | undefined {
    const rest = this.#text.slice(this.#at);
    return durationAhead(rest, this.#severalDurations ? "one unit" : "all units");
  }

  #moveTo(offset: number): void {
    this.#at = offset;
    this.#skipBlanks();
  }

  #skipBlanks(): void {
    while (this.#at < this.#text.length && /\s/.test(this.#text[this.#at]!)) this.#at++;
  }
}

/** Without the quotes around it; phones write round ones. */
function unquote(text: string): string {
  return /^["“„][^"“”„]*["“”]$/.test(text) ? text.slice(1, -1) : text;
}

/** Whether a word can be the value of an option, as far as its form tells. */
function mayBe(option: CommandOptionForm, word: string): boolean {
  switch (option.type) {
    case "integer":
    case "number":
      return Number.isFinite(readNumber(word));
    case "duration":
      return parseTypedDuration(word).ok;
    case "boolean":
      return parseYesNo(word).ok;
    case "time":
      return parseMoment(word, "UTC").ok;
    case "member":
    case "user":
      return word.startsWith("@");
    case "choice":
      return (option.choices ?? []).some((choice) => choice.toLowerCase() === word.toLowerCase());
    default:
      return true;
  }
}
