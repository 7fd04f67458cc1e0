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
