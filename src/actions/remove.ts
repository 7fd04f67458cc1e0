import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { entryTypeOf, listFields } from "./shared/data-fields.ts";

export const remove = defineAction({
  name: "remove",
  summary: "Takes one entry out of a list that is declared under data: by what it is, or by its position.",
  tells: [
    "take {value} out of {data}",
    "take the {position?1=first|2=second|3=third|-1=last} entry out of {data}",
    "take entry {position} out of {data}",
  ],
  fields: {
    data: listFields.data,
    value: {
      kind: "value",
      entry: true,
      template: true,
      asWritten: true,
      about: "The entry; the first one that equals it goes.",
      optional: true,
    },
    position: {
      kind: "integer",
      about: "Which one: 1 is the first, 2 the second, -1 the last.",
      optional: true,
      examples: [1],
    },
    of: listFields.of,
  },
  exactlyOne: ["value", "position"],
  saves: ({ data }, types) => entryTypeOf(types, data) ?? t.unknown,
  outcomes: {
    done: "The entry is gone. save_as keeps what it was.",
    not_done: "There is no such entry in the list.",
    failed: "The list could not be stored.",
  },
  examples: [
    { about: "Take the person out of a queue", yaml: 'remove: { data: queue, value: "{{ user }}" }' },
    { about: "Take the next one out of a queue", yaml: "remove: { data: queue, position: 1 }\nsave_as: next" },
  ],
  async run({ data, value, position, of }, context) {
    const which = position === undefined ? { value: value ?? null } : { position };
    const result = await context.data.remove(data, of, which);
    return result.ok ? doneWith(result.value) : notDone(result.reason);
  },
});
