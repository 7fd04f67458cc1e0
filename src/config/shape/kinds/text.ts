import type { CanonicalValue } from "../../../contracts/canonical.ts";
import type { Field } from "../../../contracts/fields.ts";
import { isKnownLanguage, isKnownTimezone } from "../../../language/intl.ts";
import { findReferences, parseSecretText } from "../../../language/secret-reference.ts";
import { timeOfDayMeant, timeOfDayPattern } from "../../../language/time-of-day.ts";
import { type Reading, tell, tellProblem, tellWrongType, textOf, type Written } from "../reading.ts";

type TextField = Extract<Field, { kind: "text" | "plain" | "secret" | "emoji" }>;

/** Texts take the characters as they were written: `007`, `1.10`, `18:00`, `Yes`. */
export function readText(reading: Reading, field: TextField, written: Written): CanonicalValue | undefined {
  const text = textOf(reading, written);
  if (text === undefined) {
    const several = field.kind === "text" && Array.isArray(written.value);
    const hint = "for several lines of text write | behind the colon, and each line below it, further in";
    return tellWrongType(reading, written, "a text", several ? hint : undefined);
  }
  if (field.kind === "secret") {
    const parsed = parseSecretText(text);
    return parsed.ok
      ? (parsed.value as unknown as CanonicalValue)
      : tellProblem(reading, written.pointer, parsed.problem);
  }
  if (field.kind === "emoji") return text;
  const secret = field.kind === "plain" ? findReferences(text)[0] : undefined;
  if (secret !== undefined) {
    return tellProblem(reading, written.pointer, {
      code: "secret-in-text",
      offset: secret.offset,
      length: secret.length,
      message: "a secret cannot stand here, because this is shown to people",
      hint: "secrets belong under platforms, storage and redis",
    });
  }
  const hasTags = /\{\{|\{%/.test(text);
  if (field.maxLength !== undefined && text.length > field.maxLength && !hasTags) {
    const message = `this has ${text.length} characters, and at most ${field.maxLength} are possible.`;
    return tell(reading, written.pointer, { code: "too-long", message });
  }
  if (field.kind !== "plain") return text;
  if (field.format === "fixed_host" && hasTags) return checkHost(reading, written, text);
  return hasTags ? text : checkPlain(reading, field, written, text);
}

/** Who types something must not choose the server that is asked. */
function checkHost(reading: Reading, written: Written, text: string): string | undefined {
  const fixed = text.slice(0, text.search(/\{\{|\{%/));
  if (/^https?:\/\/[^\s/?#@{}]+[/?]/.test(fixed) && URL.canParse(fixed)) return text;
  const message = "the beginning of the address, up to the / behind the server's name, must be written as it is.";
  const hint = "write for example https://api.example.org/jokes/{{ options.topic }}";
  return tell(reading, written.pointer, { code: "bad-url", message, hint });
}

function checkPlain(
  reading: Reading,
  field: Extract<Field, { kind: "plain" }>,
  written: Written,
  text: string,
): string | undefined {
  if (field.pattern !== undefined && !new RegExp(field.pattern, "u").test(text)) {
    const hint = field.examples === undefined ? field.about : `write for example ${field.examples[0]}`;
    return tell(reading, written.pointer, { code: "bad-format", message: `"${text}" cannot stand here.`, hint });
  }
  switch (field.format) {
    case "url":
    case "fixed_host":
      if (!isUrl(text)) {
        const message = `"${text}" is not a web address.`;
        return tell(reading, written.pointer, {
          code: "bad-url",
          message,
          hint: "write it whole: https://example.org",
        });
      }
      break;
    case "time_of_day":
      if (!new RegExp(timeOfDayPattern).test(text)) {
        const hint = `write ${timeOfDayMeant(text) ?? "hours and minutes, such as 18:00"}`;
        return tell(reading, written.pointer, { code: "bad-time", message: `"${text}" is not a time of day.`, hint });
      }
      break;
    case "timezone":
      if (!isKnownTimezone(text)) {
        const message = `"${text}" is not a time zone.`;
        const hint = "write a continent and a city, such as Europe/Madrid, or UTC";
        return tell(reading, written.pointer, { code: "bad-timezone", message, hint });
      }
      break;
    case "language":
      if (!isKnownLanguage(text)) {
        const message = `"${text}" is not the short name of a language.`;
        return tell(reading, written.pointer, {
          code: "bad-language",
          message,
          hint: "write for example en, es or pt-BR",
        });
      }
  }
  return text;
}

function isUrl(text: string): boolean {
  if (text.includes("${")) return true;
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
