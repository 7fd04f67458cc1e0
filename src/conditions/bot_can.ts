import type { Standing } from "../contracts/event.ts";
import { holdsRight } from "../contracts/permission.ts";
import { defineCondition } from "../contracts/word.ts";

export const bot_can = defineCondition({
  name: "bot_can",
  summary: "The bot itself holds a right of the platform here.",
  tells: "the bot {?may|may not} {right}",
  short: "right",
  fields: { right: { kind: "right", about: "A right of the bot's own." } },
  examples: [{ about: "Only where the bot may ban people", yaml: "bot_can: ban_members" }],
  compile({ right }) {
    return ({ here }) => {
      const ask = (standing: Standing | undefined) => holdsRight(standing, right);
      const standing = here.botStanding();
      return standing instanceof Promise ? standing.then(ask) : ask(standing);
    };
  },
});
