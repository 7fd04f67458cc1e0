/** A time of day as it is written: `18:00`, `9:30`. */
export const timeOfDayPattern = "^([01]?\\d|2[0-3]):[0-5]\\d$";

/** The time of day that was most likely meant: `9am`, `6.30 pm`, `9`, `18h`, `noon`, also inside of other words. */
export function timeOfDayMeant(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (/\b(midnight|mitternacht)\b/.test(plain)) return "0:00";
  if (/\b(noon|midday|mittag)\b/.test(plain)) return "12:00";
  const found = /(?<![\d.:])(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(?:h|o'clock|uhr)?\s*(?:([ap])\.?m\b\.?)?/.exec(plain);
  if (found === null) return undefined;
  const [, hours, minutes = "00", half] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === "p" ? 12 : 0);
  return hour < 24 && Number(minutes) < 60 ? `${hour}:${minutes}` : undefined;
}
