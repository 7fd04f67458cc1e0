import type { CommandCall, TextEntity } from "../../../contracts/event.ts";
import type { World } from "./world.ts";

/** What somebody typed, as a message: the people, roles and channels it names and the command it calls. */
export interface ReadLine {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly call?: CommandCall;
}

/** A name behind @ or #, not in the middle of a word (an e-mail address is no mention) and without the full stop behind. */
const mentionPattern = /(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{N}_])?)/gu;

/** Words behind @ that name no single person. */
const everybody: ReadonlySet<string> = new Set(["everyone", "here", "channel"]);

/** Reads a typed line; `@bob` makes bob known. */
export function readLine(text: string, world: World): ReadLine {
  const entities = mentionsIn(text, world);
  const call = callIn(text, entities, world);
  return { text, entities, ...(call === undefined ? {} : { call }) };
}

function mentionsIn(text: string, world: World): TextEntity[] {
  const found: TextEntity[] = [];
  const whole = `@${world.bot.name}`;
  for (const match of text.matchAll(mentionPattern)) {
    const offset = match.index;
    if (text.slice(offset, offset + whole.length).toLowerCase() === whole.toLowerCase()) {
      const { bot } = world;
      found.push({ offset, length: whole.length, kind: "user", id: bot.id, name: bot.name, person: bot });
      continue;
    }
    const at = { offset, length: match[0].length };
    const name = match[2]!;
    if (match[1] === "#") {
      const channel = world.channelNamed(name);
      if (channel !== undefined) found.push({ ...at, kind: "channel", id: channel.id, name: channel.name });
      continue;
    }
    const person = everybody.has(name.toLowerCase()) ? undefined : world.person(name);
    if (person !== undefined) found.push({ ...at, kind: "user", id: person.id, name: person.name, person });
  }
  return found;
}

/** `/name …`, or a mention of the bot and then the name. */
function callIn(text: string, entities: readonly TextEntity[], world: World): CommandCall | undefined {
  const [first] = entities;
  const mentioned = first?.offset === 0 && first.id === world.bot.id ? first.length : 0;
  const match = (mentioned > 0 ? /^\s*\/?([^\s/]\S*)\s*/ : /^\/([^\s/]\S*)\s*/).exec(text.slice(mentioned));
  if (match === null) return undefined;
  const start = mentioned + match[0].length;
  return {
    name: match[1]!,
    addressed: true,
    input: {
      kind: "text",
      text: text.slice(start),
      entities: entities
        .filter((entity) => entity.offset >= start)
        .map((entity) => ({ ...entity, offset: entity.offset - start })),
    },
  };
}
