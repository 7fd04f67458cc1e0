/** Making an Intl formatter costs tens of microseconds, using one costs one: each is made once per locale. */
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return remembered(numberFormats, locale, options, (known) => new Intl.NumberFormat(known, options));
}

/**
 * A moment in words. The narrow space that newer language data puts before AM and PM becomes an ordinary one, so that
 * every Node version writes the same.
 */
export function formatMoment(locale: string, options: Intl.DateTimeFormatOptions, ms: number): string {
  return dateFormat(locale, options).format(ms).replaceAll("\u202f", " ");
}

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return remembered(dateFormats, locale, options, (known) => new Intl.DateTimeFormat(known, options));
}

function remembered<T>(cache: Map<string, T>, locale: string, options: object, make: (locale: string) => T): T {
  const key = `${locale}\n${JSON.stringify(options)}`;
  let format = cache.get(key);
  if (format === undefined) {
    format = make(locale);
    cache.set(key, format);
  }
  return format;
}

/** Whether dates and numbers can be written in this language, a BCP 47 tag. */
export function isKnownLanguage(tag: string): boolean {
  try {
    // Every kind of format has the same languages; only this one has its list at hand, the others take milliseconds.
    return Intl.PluralRules.supportedLocalesOf([tag]).length === 1;
  } catch {
    return false;
  }
}

/** Whether this names a zone of the IANA database, by its name or an older one. An offset is none. */
export function isKnownTimezone(name: string): boolean {
  // The list has no older names, but making a format takes milliseconds.
  if (name === "UTC" || Intl.supportedValuesOf("timeZone").includes(name)) return true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}
