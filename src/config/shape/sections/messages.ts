import { pointerTo } from "../../../diagnostics/source-map.ts";
import { isKnownLanguage } from "../../../language/intl.ts";
import { sentenceForms } from "../../../sentences/catalogue.ts";
import type { Messages } from "../../../sentences/speaker.ts";
import { readText } from "../kinds/text.ts";
import { didYouMean, isMapWritten, type Reading, tellKey, tellNoMap, tellWrongType, type Written } from "../reading.ts";

/** The short name of a language as a key: `de`, `pt-BR`. */
export const languagePattern = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

const example = 'lines such as not_allowed: "That is not for you."';

/** `messages:`, sentences by their keys, and maps of them by language. */
export function readMessages(reading: Reading, written: Written): Messages {
  const own = reading.origins.note({} as Record<string, string>, written.pointer);
  const languages = reading.origins.note({} as Record<string, Readonly<Record<string, string>>>, written.pointer);
  if (!isMapWritten(written)) {
    if (written.value !== null) tellNoMap(reading, written, example);
    return { own, languages };
  }
  for (const [name, value] of Object.entries(written.value)) {
    const member: Written = { value, pointer: pointerTo(written.pointer, name), name, dynamic: true };
    const isLanguage = !sentenceForms.has(name) && new RegExp(languagePattern).test(name);
    if (isLanguage && (isMapWritten(member) || value === null)) languages[name] = readTexts(reading, member);
    else readInto(reading, own, member, '"messages"');
  }
  return { own, languages };
}

/** The sentences in one language. */
function readTexts(reading: Reading, written: Written): Readonly<Record<string, string>> {
  const texts = reading.origins.note({} as Record<string, string>, written.pointer);
  if (!isKnownLanguage(written.name)) {
    const message = `"${written.name}" is not the short name of a language.`;
    tellKey(reading, written.pointer, { code: "bad-language", message, hint: "write for example en, es or pt-BR" });
  }
  if (!isMapWritten(written)) return texts;
  for (const [name, value] of Object.entries(written.value)) {
    const member: Written = { value, pointer: pointerTo(written.pointer, name), name, dynamic: true };
    readInto(reading, texts, member, `"messages.${written.name}"`);
  }
  return texts;
}

function readInto(reading: Reading, texts: Record<string, string>, member: Written, where: string): void {
  const form = sentenceForms.get(member.name);
  if (form === undefined) {
    const message = `${where} has no "${member.name}"${didYouMean(member.name, sentenceForms.keys())}`;
    const hint = "botctl explain messages lists all; a language goes by its short name, such as de";
    tellKey(reading, member.pointer, { code: "unknown-message", message, hint });
    return;
  }
  if (isMapWritten(member)) {
    tellWrongType(reading, member, "a text");
    return;
  }
  const text = readText(reading, { kind: "text", about: form.about, maxLength: 1000 }, member);
  if (typeof text === "string") texts[member.name] = text;
}
