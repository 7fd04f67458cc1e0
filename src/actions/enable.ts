import { defineAction } from "../contracts/word.ts";
import { switchFields, switchTo } from "./shared/switching.ts";

export const enable = defineAction({
  name: "enable",
  summary: "Switches a command, a rule or a schedule of this bot on, also after a restart.",
  tells: ["switch the {kind} {name} on", "switch {name} on"],
  short: "name",
  fields: switchFields,
  right: "manage_server",
  repeatable: true,
  outcomes: {
    done: "It is switched on, or was before.",
    not_done: "Nothing has this name, several things have it, or this is not a home server.",
    failed: "It could not be stored.",
  },
  examples: [
    { about: "By its name", yaml: "enable: give" },
    { about: "Where a rule is called as a command is", yaml: "enable: { name: party, kind: rule }" },
  ],
  run: (args, context) => switchTo(context, args, true),
});
