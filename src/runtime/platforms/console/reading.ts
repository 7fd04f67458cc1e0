import { readTyped, type Typed } from "../../typed.ts";
import type { World } from "./world.ts";

/** Reads a typed line; `@bob` makes bob known, and the bot's name may be several words. */
export function readLine(text: string, world: World): Typed {
  const { bot } = world;
  const whole = `@${bot.name}`;
  return readTyped(text, {
    bot,
    botMention: (from) => (from.slice(0, whole.length).toLowerCase() === whole.toLowerCase() ? whole.length : 0),
    person: world.person,
    channel: world.channelNamed,
  });
}
