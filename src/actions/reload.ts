import { defineAction, doneWith, notDone } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { say } from "../sentences/sentence.ts";

export const reload = defineAction({
  name: "reload",
  summary: "Reads the bot's file again now, as a change of the file does by itself.",
  tells: "read the bot's file again",
  bare: true,
  fields: {},
  right: "manage_server",
  saves: t.list(t.text),
  outcomes: {
    done: "The file is in force. save_as keeps a list of what changed, as sentences.",
    not_done: "The file has a mistake and the bot goes on as before, or this is not a home server.",
  },
  examples: [{ about: "Read the file again and say what changed", yaml: "reload" }],
  async run(_args, { control }) {
    if (!(await control.isHome())) return notDone(say("not_at_home"));
    const { ok, sentences } = await control.reload();
    return ok ? doneWith(sentences) : notDone(say("reload_refused", { problems: sentences.slice(0, 3).join(" ") }));
  },
});
