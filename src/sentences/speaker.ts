import { plainText, type RichText } from "../language/rich-text.ts";
import { compileTemplate } from "../language/template/compile.ts";
import { type CompiledTemplate, type Scope, t, type ValueType } from "../language/types.ts";
import type { Env, Value, Values } from "../language/values.ts";
import { catalogue, type SentenceKey } from "./catalogue.ts";
import type { SentenceForm, VariableKind } from "./form.ts";
import type { Sentence, SentenceValue } from "./sentence.ts";

/** What a file says instead of the catalogue's texts, by key: in the bot's own language, and in others. */
export interface Messages {
  readonly own: Readonly<Record<string, string>>;
  readonly languages: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Tells sentences in a language. */
export interface Speaker {
  /** In the person's language where the bot speaks it, else in the bot's own; what is not translated is told in English. */
  say(sentence: Sentence, language?: string): RichText;
}

const types: Readonly<Record<VariableKind, ValueType>> = {
  text: t.text,
  "text?": t.optional(t.text),
  number: t.number,
  yes_no: t.boolean,
  duration: t.duration,
  list: t.list(t.text),
  value: t.unknown,
};

/** The variables that a text for this sentence may show. */
export function scopeOf({ variables }: SentenceForm): Scope {
  return Object.fromEntries(Object.entries(variables).map(([name, kind]) => [name, types[kind]]));
}

type Template = Extract<CompiledTemplate, { ok: true }>;

/** Compiles a text for a sentence; texts of files were checked before. */
function compile(key: SentenceKey, text: string): Template {
  const compiled = compileTemplate(text, scopeOf(catalogue[key]));
  if (!compiled.ok) throw new Error(`the sentence "${key}" cannot be read: ${compiled.problems[0]?.message}`);
  return compiled;
}

const english = new Map<SentenceKey, Template>();

function englishText(key: SentenceKey): Template {
  let template = english.get(key);
  if (template === undefined) {
    template = compile(key, catalogue[key].text);
    english.set(key, template);
  }
  return template;
}

/** `de-AT` and `de_AT` stand for `de-at`, then for `de`. */
function tagsOf(language: string): readonly string[] {
  const tag = language.toLowerCase().replaceAll("_", "-");
  const dash = tag.indexOf("-");
  return dash > 0 ? [tag, tag.slice(0, dash)] : [tag];
}

/**
 * Tells what the file says, and the catalogue's English where it says nothing. A person's own language counts where the
 * file names it under `messages`, else the bot's does.
 */
export function createSpeaker(
  messages: Messages,
  bot: { readonly language: string; readonly timezone: string },
): Speaker {
  const texts = new Map<string, Readonly<Record<string, string>>>();
  for (const [language, own] of Object.entries(messages.languages)) texts.set(tagsOf(language)[0]!, own);
  const home = tagsOf(bot.language);
  const compiled = new Map<string, Template>();
  const textIn = (tag: string, key: SentenceKey): string | undefined => {
    const own = texts.get(tag);
    if (own !== undefined && Object.hasOwn(own, key)) return own[key];
    if (tag === home[0] && Object.hasOwn(messages.own, key)) return messages.own[key];
    return tag === "en" ? catalogue[key].text : undefined;
  };
  const find = (key: SentenceKey, language: string): Told => {
    const spoken = tagsOf(language).filter((tag) => texts.has(tag));
    for (const tag of [...spoken, ...home]) {
      const text = textIn(tag, key);
      if (text === undefined) continue;
      const id = `${tag} ${key}`;
      const template = compiled.get(id) ?? (text === catalogue[key].text ? englishText(key) : compile(key, text));
      compiled.set(id, template);
      return { template, locale: tag };
    }
    return { template: englishText(key), locale: "en" };
  };
  return {
    say: (sentence, language = "") => tellIn(sentence, bot.timezone, (key) => find(key, language)),
  };
}

/** A text that is ready to be filled in, and how numbers and times are written in it. */
interface Told {
  readonly template: Template;
  readonly locale: string;
}

function tellIn({ key, values = {} }: Sentence, timezone: string, find: (key: SentenceKey) => Told): RichText {
  const { template, locale } = find(key);
  const plain = (value: SentenceValue): Value => {
    if (value === undefined) return null;
    if (typeof value !== "object" || "kind" in value) return value;
    if ("key" in value) return plainText(tellIn(value, timezone, find));
    return value.map((one) => (typeof one === "string" ? one : plainText(tellIn(one, timezone, find))));
  };
  const shown: Values = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value)]));
  return template.render(shown, envOf(locale, timezone));
}

/** A sentence shows nothing that depends on the moment or on chance. */
const envOf = (locale: string, timezone: string): Env => ({ now: () => 0, random: () => 0, timezone, locale });

/** For logs and for the audit log, which are read by who runs the bot. */
export function inEnglish(sentence: Sentence): string {
  return plainText(tellIn(sentence, "UTC", (key) => ({ template: englishText(key), locale: "en" })));
}
