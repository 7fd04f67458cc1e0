import type { CommandCall, TextEntity } from "../../contracts/event.ts";
import type { SimulatedWorld } from "./world.ts";

/** What somebody typed, as a message: the people, roles and channels it names and the command it calls. */
export interface Typed {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly call?: CommandCall;
}

/** A name behind @ or #, not in the middle of a word and without the full stop behind. */
const mentionPattern = /(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{N}_])?)/gu;
/** Words behind @ that name no single person. */
const everybody: ReadonlySet<string> = new Set(["everyone", "here", "channel"]);

/** Reads a typed line; `@bob` makes bob known, and `/give @bob 20` calls a command. */
export function readTyped(text: string, world: SimulatedWorld): Typed {
  const entities: TextEntity[] = [];
  for (const match of text.matchAll(mentionPattern)) {
    const name = match[2]!;
    const at = { offset: match.index, length: match[0].length };
    if (match[1] === "#") {
      const { channel } = world.channel(name);
      entities.push({ ...at, kind: "channel", id: channel.id, name: channel.name });
    } else if (name.toLowerCase() === world.bot.username) {
      entities.push({ ...at, kind: "user", id: world.bot.id, name: world.bot.name, person: world.bot });
    } else if (!everybody.has(name.toLowerCase())) {
      const { person } = world.somebody(name);
      entities.push({ ...at, kind: "user", id: person.id, name: person.name, person });
    }
  }
  const call = callIn(text, entities, world);
  return { text, entities, ...(call === undefined ? {} : { call }) };
}

/** `/name …`, or a mention of the bot and then the name. */
function callIn(text: string, entities: readonly TextEntity[], world: SimulatedWorld): CommandCall | undefined {
  const [first] = entities;
  const mentioned = first?.offset === 0 && first.id === world.bot.id ? first.length : 0;
  const match = (mentioned > 0 ? /^\s*\/?([^\s/]\S*)\s*/ : /^\/([^\s/]\S*)\s*/).exec(text.slice(mentioned));
  if (match === null) return undefined;
  const start = mentioned + match[0].length;
  const behind = entities.filter((entity) => entity.offset >= start);
  return {
    name: match[1]!,
    addressed: true,
    input: {
      kind: "text",
      text: text.slice(start),
      entities: behind.map((entity) => ({ ...entity, offset: entity.offset - start })),
    },
  };
}
