import { defineAction, done, notDone } from "../contracts/word.ts";
import { dataFields } from "./shared/data-fields.ts";

export const set = defineAction({
  name: "set",
  aka: ["remember", "save", "store"],
  summary: "Remembers a value under a name that is declared under data.",
  tells: "set {data} to {value}",
  fields: {
    data: dataFields.data,
    value: {
      kind: "value",
      template: true,
      asWritten: true,
      about: "What to remember; in a text, {{ }} may stand beside other words.",
    },
    of: dataFields.of,
  },
  repeatable: true,
  outcomes: {
    done: "The value is kept.",
    not_done: "The value does not fit what data declares, such as a minimum or a length.",
    failed: "The value could not be stored.",
  },
  examples: [
    { about: "Remember a text", yaml: "set: { data: motd, value: Welcome aboard }" },
    {
      about: "Remember a text of several parts",
      yaml: 'set: { data: motd, value: "{{ user.name }} opened on {{ today | date }}" }',
    },
    { about: "Start somebody's count again", yaml: 'set: { data: coins, value: 0, of: "{{ user }}" }' },
  ],
  async run({ data, value, of }, context) {
    const problem = await context.data.set(data, of, value);
    return problem === undefined ? done : notDone(problem);
  },
});
