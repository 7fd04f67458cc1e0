import type { BotStatus, Switchable } from "../contracts/control.ts";
import { defineAction, doneWith } from "../contracts/word.ts";
import { formatDuration } from "../language/duration.ts";
import { richText } from "../language/rich-text.ts";
import { t } from "../language/types.ts";
import { duration, type Value } from "../language/values.ts";

export const status = defineAction({
  name: "status",
  summary: "Answers how the bot is: how long it has been running, how its platforms are, and what waits.",
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
    if (!silent) await context.reply({ text: richText(said(found)), ephemeral: true });
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

function said({ uptimeMs, platforms, switched, waiting }: BotStatus): string {
  const off = switched.filter(({ on }) => !on).map(({ name }) => name);
  return [
    `Running for ${formatDuration(Math.max(1000, uptimeMs), "en")}.`,
    ...platforms.map(({ name, state, why }) => `${name}: ${state}${why === undefined ? "" : `, ${why}`}`),
    `${several(count(switched, "command"), "command")}, ${several(count(switched, "rule"), "rule")}, ${several(count(switched, "schedule"), "schedule")}.`,
    ...(off.length === 0 ? [] : [`Switched off: ${off.join(", ")}.`]),
    `${several(waiting, "run")} waiting.`,
  ].join("\n");
}

function count(switched: BotStatus["switched"], kind: Switchable): number {
  return switched.filter((one) => one.kind === kind).length;
}

const several = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
