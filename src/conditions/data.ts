import { defineCondition } from "../contracts/word.ts";
import { isDate, isDuration, isInstant, isList, isObject, type Value } from "../language/values.ts";

/** What is asked of one value; all that is asked must be true. */
interface Asked {
  readonly equals?: Value;
  readonly at_least?: Value;
  readonly below?: Value;
  readonly contains?: Value;
}

export const data = defineCondition({
  name: "data",
  summary:
    "What the bot remembers: the person's own data, or the channel's, the server's, the bot's, as it was declared.",
  tells: "{?|it is not so that }{values}",
  short: "values",
  fields: {
    values: {
      kind: "map",
      data: true,
      about: "What must hold, by the name under data: { coins: { at_least: 10 } }, or { premium: yes }.",
      of: {
        kind: "object",
        about: "What the value must be.",
        short: "equals",
        tells: "[, is {equals}][, is at least {at_least}][, is below {below}][, contains {contains}]",
        fields: {
          equals: { kind: "value", asWritten: true, about: "Exactly this.", optional: true },
          at_least: { kind: "value", holds: "number", about: "This number or more.", optional: true },
          below: { kind: "value", holds: "number", about: "Less than this number.", optional: true },
          contains: {
            kind: "value",
            holds: "text",
            asWritten: true,
            about: "A text that stands somewhere in it, or an entry of a list.",
            optional: true,
          },
        },
      },
    },
  },
  examples: [
    { about: "Ten coins or more", yaml: "data: { coins: { at_least: 10 } }" },
    { about: "From ten coins up to a hundred", yaml: "data: { coins: { at_least: 10, below: 100 } }" },
    { about: "A word in the message of the day", yaml: "data: { motd: { contains: party } }" },
  ],
  compile({ values }) {
    const wanted = Object.entries(values);
    if (wanted.length === 0)
      return { problem: "say what must hold, such as { coins: { at_least: 10 } }", field: "values" };
    for (const [name, asked] of wanted)
      if (Object.keys(asked).length === 0)
        return { problem: `say what "${name}" must be, such as ${name}: { at_least: 10 }`, field: "values" };
    return ({ values: variables }) => {
      const stored = isObject(variables.data) ? variables.data : {};
      let all = true;
      for (const [name, asked] of wanted) {
        const value = stored[name];
        if (value === undefined) return undefined;
        all &&= holds(value, asked);
      }
      return all;
    };
  },
});

function holds(value: Value, { equals, at_least, below, contains }: Asked): boolean {
  if (equals !== undefined && plain(value) !== plain(equals)) return false;
  if (at_least !== undefined && !(Number(plain(value)) >= Number(plain(at_least)))) return false;
  if (below !== undefined && !(Number(plain(value)) < Number(plain(below)))) return false;
  if (contains === undefined) return true;
  if (isList(value)) return value.some((item) => plain(item) === plain(contains));
  return String(value).toLowerCase().includes(String(contains).toLowerCase());
}

/** Durations and times by their numbers, people, roles and channels by their ids, so that equal ones are the same. */
function plain(value: Value): Value {
  if (isObject(value)) return value.id ?? null;
  if (isDuration(value) || isInstant(value)) return value.ms;
  return isDate(value) ? value.iso : value;
}
