import { defineAction } from "../contracts/word.ts";
import { switchFields, switchTo } from "./shared/switching.ts";

export const disable = defineAction({
  name: "disable",
  summary: "Switches a command, a rule or a schedule of this bot off, also after a restart.",
  tells: ["switch the {kind} {name} off", "switch {name} off"],
  short: "name",
  fields: switchFields,
  right: "manage_server",
  repeatable: true,
  outcomes: {
    done: "It is switched off, or was before.",
    not_done: "Nothing has this name, several things have it, it is what switches on, or this is not a home server.",
    failed: "It could not be stored.",
  },
  examples: [
    { about: "By its name", yaml: "disable: give" },
    { about: "Where a rule is called as a command is", yaml: "disable: { name: party, kind: rule }" },
  ],
  run: (args, context) => switchTo(context, args, false),
});
