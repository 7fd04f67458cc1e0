import { defineAction, done } from "../contracts/word.ts";
import { plainText } from "../language/rich-text.ts";

export const log = defineAction({
  name: "log",
  summary: "Writes a line into the bot's own log, which people in the chat do not see.",
  tells: "write into the log: {message}[, as {level?warn=a warning|error=an error}]",
  short: "message",
  fields: {
    message: { kind: "text", about: "What to write." },
    level: { kind: "choice", values: ["info", "warn", "error"], about: "How serious it is.", default: "info" },
  },
  outcomes: { done: "The line is in the log." },
  examples: [
    { about: "Note something", yaml: 'log: "{{ user.name }} asked for help"' },
    { about: "Note something serious", yaml: "log: { message: The shop is empty, level: warn }" },
  ],
  run({ message, level }, context) {
    context.log[level as "info" | "warn" | "error"]({ user: context.event.user.name }, plainText(message));
    return done;
  },
});
