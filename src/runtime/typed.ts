import type { Channel, CommandCall, Person, TextEntity } from "../contracts/event.ts";

/** What somebody typed, as a message: the people, roles and channels it names and the command it calls. */
export interface Typed {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  readonly call?: CommandCall;
}

/** Whom and what typed names stand for. */
export interface TypedNames {
  readonly bot: Person;
  /** How much of `text`, which begins with "@" and `name`, is a mention of the bot: 0 where it is none. */
  botMention(text: string, name: string): number;
  person(name: string): Person | undefined;
  channel(name: string): Channel | undefined;
}

/** A name behind @ or #, not in the middle of a word (an e-mail address is no mention) and without the full stop behind. */
const mentionPattern = /(?<![\p{L}\p{N}_])([@#])([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{N}_])?)/gu;

/** Words behind @ that name no single person. */
const everybody: ReadonlySet<string> = new Set(["everyone", "here", "channel"]);

/** Reads a typed line where no platform has marked its mentions and commands. */
export function readTyped(text: string, names: TypedNames): Typed {
  const entities = mentionsIn(text, names);
  const call = callIn(text, entities, names.bot);
  return { text, entities, ...(call === undefined ? {} : { call }) };
}

function mentionsIn(text: string, names: TypedNames): TextEntity[] {
  const found: TextEntity[] = [];
  for (const { index: offset, 0: written, 1: sign, 2: name } of text.matchAll(mentionPattern)) {
    if (sign === "#") {
      const channel = names.channel(name!);
      if (channel !== undefined)
        found.push({ offset, length: written.length, kind: "channel", id: channel.id, name: channel.name });
      continue;
    }
    const length = names.botMention(text.slice(offset), name!);
    const person = length > 0 ? names.bot : everybody.has(name!.toLowerCase()) ? undefined : names.person(name!);
    if (person !== undefined)
      found.push({ offset, length: length || written.length, kind: "user", id: person.id, name: person.name, person });
  }
  return found;
}

/** `/name …`, or a mention of the bot and then the name. */
function callIn(text: string, entities: readonly TextEntity[], bot: Person): CommandCall | undefined {
  const [first] = entities;
  const mentioned = first?.offset === 0 && first.id === bot.id ? first.length : 0;
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
