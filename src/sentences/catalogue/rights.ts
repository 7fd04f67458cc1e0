import { rights as named, type Right } from "../../contracts/right.ts";
import type { SentenceForm } from "../form.ts";

export interface RightForm extends SentenceForm {
  readonly variables: Readonly<Record<never, never>>;
}

type RightForms = { readonly [Key in `right_${Right}`]: RightForm };

/** What each right lets people do, as it stands behind "may" in right_needed, button_right_needed and bot_lacks_right. */
export const rights = Object.fromEntries(
  Object.entries(named).map(([name, text]) => [
    `right_${name}`,
    { about: `What the right ${name} lets people do.`, text, variables: {} },
  ]),
) as RightForms;
