import type { BotStatus, Switchable } from "../contracts/control.ts";
import { defineAction, doneWith } from "../contracts/word.ts";
import { t } from "../language/types.ts";
import { duration, type Value } from "../language/values.ts";
import { type Sentence, say } from "../sentences/sentence.ts";
import { withLine } from "./shared/asking.ts";

export const status = defineAction({
  name: "status",
  summary: "Answers how the bot is: how long it has been running, how its platforms are, and what waits.",
  tells:
    "{silent?no=answer|yes=look up} how the bot is: how long it has been running, how its platforms are, and what waits",
  bare: true,
  fields: {
    silent: { kind: "boolean", about: "Whether nothing is answered, and save_as alone keeps it.", default: false },
  },
  uses: ["messages.send"],
  saves: t.object("status", {
    uptime: t.duration,
    platforms: t.list(t.object("platform", { name: t.text, state: t.text, why: t.text }, "name")),
    commands: t.integer,
    rules: t.integer,
    schedules: t.integer,
    switched_off: t.list(t.text),
    waiting: t.integer,
    allowed: t.list(t.object("command", { command: t.text, who: t.text }, "command")),
  }),
  outcomes: {
    done: "It was answered, and save_as keeps it.",
    failed: "The platform or the storage could not be reached.",
  },
  examples: [
    { about: "Answer how the bot is", yaml: "status" },
    { about: "Keep it for an answer of your own", yaml: "status: { silent: yes }\nsave_as: how" },
  ],
  async run({ silent }, context) {
    const found = await context.control.status();
    if (!silent) {
      const lines = said(found).map((sentence) => context.say(sentence));
      await context.reply({ text: lines.reduce(withLine), ephemeral: true });
    }
    return doneWith(asValue(found));
  },
});

function asValue({ uptimeMs, platforms, switched, waiting }: BotStatus): Value {
  return {
    uptime: duration(uptimeMs),
    platforms: platforms.map(({ name, state, why = "" }) => ({ name, state, why })),
    commands: count(switched, "command"),
    rules: count(switched, "rule"),
    schedules: count(switched, "schedule"),
    switched_off: switched.filter(({ on }) => !on).map(({ name }) => name),
    waiting,
    allowed: switched.flatMap(({ name, who }) => (who === undefined ? [] : [{ command: name, who }])),
  };
}

function said({ uptimeMs, platforms, switched, waiting }: BotStatus): readonly Sentence[] {
  const off = switched.filter(({ on }) => !on).map(({ name }) => name);
  const [commands, rules, schedules] = (["command", "rule", "schedule"] as const).map((kind) => count(switched, kind));
  return [
    say("status_running", { time: duration(Math.max(1000, uptimeMs)) }),
    ...platforms.map(({ name, state, why }) => say("status_platform", { platform: name, state, why })),
    say("status_rules", { commands: commands!, rules: rules!, schedules: schedules! }),
    ...(off.length === 0 ? [] : [say("status_off", { names: off })]),
    say("status_waiting", { runs: waiting }),
  ];
}

function count(switched: BotStatus["switched"], kind: Switchable): number {
  return switched.filter((one) => one.kind === kind).length;
}
