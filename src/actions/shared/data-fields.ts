import type { Fields } from "../../contracts/fields.ts";

/** Which datum a word changes, and whose. */
export const dataFields = {
  data: { kind: "data_name", about: "Its name, as it is declared under data.", examples: ["coins"] },
  of: {
    kind: "person",
    about: "Whose, where everybody has their own. The person who caused this, if left out.",
    optional: true,
  },
} as const satisfies Fields;

/** Which number changes and by how much. Below zero would turn one word into the other, so that a person could take with it. */
export const amountFields = {
  data: { ...dataFields.data, numbers: true },
  amount: { kind: "number", about: "How much. It cannot be below zero.", minimum: 0, examples: [5] },
} as const satisfies Fields;
