import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { amountFields, dataFields, typeOf } from "./shared/data-fields.ts";

export const add = defineAction({
  name: "add",
  aka: ["give", "increase", "increment"],
  summary: "Makes a number that is declared under data larger.",
  tells: "add {amount} to {data}",
  fields: { ...amountFields, of: dataFields.of },
  saves: ({ data }, types) => typeOf(types, data) ?? t.number,
  outcomes: {
    done: "The number has grown. save_as keeps what it is now.",
    not_done: "It would have gone above its maximum, so it stayed as it was.",
    failed: "The number could not be stored.",
  },
  examples: [{ about: "Give the person five coins", yaml: "add: { data: coins, amount: 5 }" }],
  async run({ data, amount, of }, context) {
    const result = await context.data.add(data, of, amount);
    return result.ok ? doneWith(result.value) : notDone(result.reason);
  },
});
