import type { Fields } from "../../contracts/fields.ts";

/** How old something must be, for the words that ask about age. */
export const ageFields = {
  under: { kind: "duration", about: "Younger than this.", optional: true, examples: ["24h"] },
  over: { kind: "duration", about: "Older than this.", optional: true, examples: ["7d"] },
} as const satisfies Fields;

/** Whether something that began at a moment is as old as asked now. @returns a sentence when the question makes no sense. */
export function compileAge({
  under,
  over,
}: {
  readonly under?: number;
  readonly over?: number;
}): ((since: number, now: number) => boolean) | { readonly problem: string; readonly field: "under" | "over" } {
  if (under === undefined && over === undefined)
    return { problem: "say how old: { under: 24h } or { over: 7d }", field: "under" };
  if (under !== undefined && over !== undefined && under <= over)
    return { problem: 'nothing is under the one and over the other; "under" must be the longer time', field: "under" };
  return (since, now) => {
    const age = now - since;
    return (under === undefined || age < under) && (over === undefined || age > over);
  };
}
