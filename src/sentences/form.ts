/** One sentence that the bot says of its own accord, as the catalogue holds it. */
export interface SentenceForm {
  /** When it is said, in one line. */
  readonly about: string;
  /** What it says in English: a template with its variables. */
  readonly text: string;
  readonly variables: Readonly<Record<string, VariableKind>>;
}

/**
 * What a variable holds: `text?` may be nothing; `list` holds texts; `value` shows itself as what it is at run time, such
 * as a number or a duration.
 */
export type VariableKind = "text" | "text?" | "number" | "yes_no" | "duration" | "list" | "value";

/** Keeps which variables each sentence has, so that nobody says it without them. */
export const sentencesOf = <const Forms extends Readonly<Record<string, SentenceForm>>>(forms: Forms): Forms => forms;
