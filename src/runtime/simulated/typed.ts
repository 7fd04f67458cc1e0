import { readTyped, type Typed } from "../typed.ts";
import type { SimulatedWorld } from "./world.ts";

/** Reads a typed line; `@bob` makes bob known, and `/give @bob 20` calls a command. */
export function readLine(text: string, world: SimulatedWorld): Typed {
  return readTyped(text, {
    bot: world.bot,
    botMention: (_, name) => (name.toLowerCase() === world.bot.username ? name.length + 1 : 0),
    person: (name) => world.somebody(name).person,
    channel: (name) => world.channel(name).channel,
  });
}
