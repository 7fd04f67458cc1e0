import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { amountFields, typeOf } from "./shared/data-fields.ts";

export const transfer = defineAction({
  name: "transfer",
  summary: "Moves a part of a number from one person to another: wholly, or not at all.",
  tells: "move {amount} {data} from {from} to {to}",
  fields: {
    data: { ...amountFields.data, scopes: ["user", "member"] },
    from: { kind: "person", about: "Who gives." },
    to: { kind: "person", about: "Who gets." },
    amount: { kind: "number", about: "How much. It must be above zero.", positive: true, examples: [20] },
  },
  saves: ({ data }, types) => {
    const type = typeOf(types, data) ?? t.number;
    return t.object("transfer", { from: type, to: type });
  },
  outcomes: {
    done: "One has less and the other more. save_as keeps what both have now, as from and to.",
    not_done: "Who gives does not have enough, who gets would have more than the maximum, or both are the same person.",
    failed: "It could not be stored, and nothing was moved.",
  },
  examples: [
    {
      about: "Give coins to somebody",
      yaml: 'transfer: { data: coins, from: "{{ user }}", to: "{{ options.member }}", amount: 20 }\nelse:\n  - reply: You do not have 20 coins.\n  - stop',
    },
  ],
  async run({ data, from, to, amount }, context) {
    const result = await context.data.transfer(data, from, to, amount);
    return result.ok ? doneWith(result.value) : notDone(result.reason);
  },
});
