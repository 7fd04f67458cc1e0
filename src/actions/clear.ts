import { defineAction, done } from "../contracts/word.ts";
import { dataFields } from "./shared/data-fields.ts";

export const clear = defineAction({
  name: "clear",
  summary: "Forgets a value that is declared under data, so that it is its default again.",
  tells: "forget {data}",
  short: "data",
  fields: dataFields,
  repeatable: true,
  outcomes: {
    done: "The value is its default again, or empty where it has none.",
    failed: "The value could not be deleted.",
  },
  examples: [
    { about: "Forget the message of the day", yaml: "clear: motd" },
    { about: "Forget somebody's coins", yaml: 'clear: { data: coins, of: "{{ options.member }}" }' },
  ],
  async run({ data, of }, context) {
    await context.data.clear(data, of);
    return done;
  },
});
