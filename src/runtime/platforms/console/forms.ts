import type { OutForm } from "../../../contracts/message.ts";
import type { ConsoleTerminal } from "../../../contracts/terminal.ts";
import { tellEvent } from "./port.ts";

/** What a whole form says. */
export interface FilledForm {
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A form at the console: whoever is to fill it in types one line for each field. */
export interface ConsoleForms {
  open(form: OutForm, personId: string): void;
  /** A line of somebody who has a form open; undefined where it is for the chat. */
  take(personId: string, line: string): FilledForm | "more" | undefined;
  /** Asks again for what is open for somebody, if anything is. */
  remind(personId: string): void;
  /** What is not filled in yet, by person: a bot that starts again begins with it. */
  state(): FormsState;
  restore(state: FormsState): void;
}

interface OpenForm {
  readonly form: OutForm;
  readonly values: Record<string, string>;
}

export type FormsState = readonly (readonly [string, OpenForm])[];

export function createForms(terminal: ConsoleTerminal): ConsoleForms {
  const openForms = new Map<string, OpenForm>();
  const ask = ({ title, fields }: OutForm, at: number): void => {
    const { label, choices, required } = fields[at]!;
    const hints = [...(choices === undefined ? [] : [choices.join(", ")]), ...(required ? [] : ["- leaves it empty"])];
    const hint = hints.length === 0 ? "" : ` (${hints.join("; ")})`;
    tellEvent(terminal, `form "${title}", ${at + 1} of ${fields.length}: ${label}${hint}`);
  };
  return {
    open(form, personId) {
      openForms.set(personId, { form, values: {} });
      ask(form, 0);
    },
    take(personId, line) {
      const open = openForms.get(personId);
      if (open === undefined || line.startsWith("/")) return undefined;
      const { form, values } = open;
      const at = Object.keys(values).length;
      values[form.fields[at]!.name] = line.trim() === "-" ? "" : line;
      if (at + 1 < form.fields.length) {
        ask(form, at + 1);
        return "more";
      }
      openForms.delete(personId);
      return { form: form.key, values };
    },
    remind(personId) {
      const open = openForms.get(personId);
      if (open !== undefined) ask(open.form, Object.keys(open.values).length);
    },
    state: () => [...openForms],
    restore(state) {
      for (const [personId, open] of state) openForms.set(personId, open);
    },
  };
}
