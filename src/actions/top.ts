import { defineAction, doneWith } from "../contracts/word.ts";
import { t, type ValueType } from "../language/types.ts";
import type { ObjectValue } from "../language/values.ts";
import { dataFields, typeOf } from "./shared/data-fields.ts";

export const top = defineAction({
  name: "top",
  summary: "Puts those who have most of something in order, or those who have least.",
  tells: "look up the {most} with the {order?highest=most|lowest=least} {data}",
  short: "data",
  fields: {
    data: { ...dataFields.data, holds: "number", scopes: ["user", "member", "channel"] },
    most: { kind: "integer", about: "How many at most.", minimum: 1, maximum: 100, default: 10 },
    order: { kind: "choice", values: ["highest", "lowest"], about: "What comes first.", default: "highest" },
  },
  repeatable: true,
  saves: ({ data }, types) => {
    const value = typeOf(types, data) ?? t.number;
    const scope = typeof data === "string" ? types.data[data]?.declared.scope : undefined;
    const who: Record<string, ValueType> = scope === "channel" ? { channel: types.channel } : { user: types.person };
    return t.list(t.object("place", { place: t.integer, ...who, value }));
  },
  outcomes: {
    done: "The list is made. save_as keeps it: each with place, user (or channel) and value. Whoever has nothing stored is not in it.",
    failed: "The values could not be read.",
  },
  examples: [
    {
      about: "Show who has most coins",
      yaml: "top: { data: coins, most: 3 }\nsave_as: best",
    },
  ],
  async run({ data, order, most }, context) {
    const ranked = await context.data.top(data, order === "lowest" ? "lowest" : "highest", most);
    return doneWith(ranked.map((one): ObjectValue => ({ ...one })));
  },
});
