import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { listFields } from "./shared/data-fields.ts";

export const append = defineAction({
  name: "append",
  summary: "Puts an entry at the end of a list that is declared under data.",
  tells: "put {value} into {data}",
  fields: {
    data: listFields.data,
    value: { kind: "value", entry: true, template: true, asWritten: true, about: "The new entry." },
    of: listFields.of,
  },
  saves: t.integer,
  outcomes: {
    done: "The entry is in the list. save_as keeps how many there are now.",
    not_done: "The list is full, or the entry does not fit what data declares.",
    failed: "The list could not be stored.",
  },
  examples: [
    { about: "Remember one more piece of news", yaml: "append: { data: news, value: The harbour is open }" },
    { about: "Put the person into a queue", yaml: 'append: { data: queue, value: "{{ user }}" }' },
  ],
  async run({ data, value, of }, context) {
    const result = await context.data.append(data, of, value);
    return result.ok ? doneWith(result.value) : notDone(result.reason);
  },
});
