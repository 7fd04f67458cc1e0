import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { amountFields, dataFields, typeOf } from "./shared/data-fields.ts";

export const subtract = defineAction({
  name: "subtract",
  aka: ["decrease", "decrement", "take"],
  summary: "Makes a number that is declared under data smaller, unless it would fall below its minimum.",
  tells: "take {amount} from {data}",
  fields: { ...amountFields, of: dataFields.of },
  saves: ({ data }, types) => typeOf(types, data) ?? t.number,
  outcomes: {
    done: "The number has shrunk. save_as keeps what it is now.",
    not_done: "It would have fallen below its minimum, so it stayed as it was.",
    failed: "The number could not be stored.",
  },
  examples: [
    {
      about: "Take ten coins, if they are there",
      yaml: "subtract: { data: coins, amount: 10 }\nelse:\n  - reply: You do not have ten coins.\n  - stop",
    },
  ],
  async run({ data, amount, of }, context) {
    const result = await context.data.add(data, of, -amount);
    return result.ok ? doneWith(result.value) : notDone(result.reason);
  },
});
