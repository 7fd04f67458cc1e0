/** Days as they are written, by the numbers that calendars count them with: 0 is Sunday. */
export const weekdays = {
  mon: [1],
  tue: [2],
  wed: [3],
  thu: [4],
  fri: [5],
  sat: [6],
  sun: [0],
  weekdays: [1, 2, 3, 4, 5],
  weekends: [6, 0],
  monday: [1],
  tuesday: [2],
  wednesday: [3],
  thursday: [4],
  friday: [5],
  saturday: [6],
  sunday: [0],
} as const;

/** The numbers of the days that are written. */
export function weekdayNumbers(written: readonly string[]): readonly number[] {
  return written.flatMap((day) => weekdays[day as keyof typeof weekdays] ?? []);
}
