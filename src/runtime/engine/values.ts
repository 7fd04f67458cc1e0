import type { Attachment, BotEvent, Channel, MessageContent, Person, Role } from "../../contracts/event.ts";
import type { ValueMakers } from "../../contracts/word.ts";
import {
  type CalendarDate,
  calendarDate,
  instant,
  mention,
  type ObjectValue,
  type Value,
} from "../../language/values.ts";

/** Events and people as the values that texts and expressions read. */

/** A value that the engine may still complete with data and roles. */
export type Mutable = { [field: string]: Value | undefined };

export function personValue(person: Person): Mutable {
  return {
    id: person.id,
    name: person.name,
    username: person.username ?? null,
    nickname: person.nickname ?? null,
    mention: mention("user", person.id, person.name),
    is_bot: person.isBot,
    platform: person.platform,
    language: person.language ?? null,
    created_at: person.createdAt === undefined ? null : instant(person.createdAt),
  };
}

export function roleValue(role: Role): ObjectValue {
  return { id: role.id, name: role.name, mention: mention("role", role.id, role.name) };
}

export function channelValue(channel: Channel): ObjectValue {
  return {
    id: channel.id,
    name: channel.name,
    direct: channel.direct,
    mention: mention("channel", channel.id, channel.name),
  };
}

function messageValue({ id, text, link, attachments = [] }: MessageContent): ObjectValue {
  return {
    id,
    text,
    link: link ?? null,
    attachments: attachments.map(attachmentValue),
  };
}

export function attachmentValue({ id, name, url, contentType, size }: Attachment): ObjectValue {
  return { id, name, url: url ?? null, content_type: contentType ?? null, size: size ?? null };
}

/** For words that bring variables of their own. */
export const valueMakers: ValueMakers = { person: personValue, role: roleValue, channel: channelValue };

type Bot = { readonly name: string; readonly self: Person | undefined };
type Time = { readonly now: () => number; readonly timezone: string };

const time = Symbol("time");

/**
 * `now` and `today` are worked out when read. They stand on the prototype, because an object with getters of its own is slow
 * to make, and its other fields slow to read.
 */
class EventValues {
  [name: string]: Value | undefined;
  readonly [time]: Time;

  constructor(event: BotEvent, bot: Bot, clock: Time) {
    this.user = personValue(event.user);
    this.channel = event.channel === undefined ? null : channelValue(event.channel);
    this.server = event.server === undefined ? null : { id: event.server.id, name: event.server.name };
    this.message = "message" in event ? messageValue(event.message) : null;
    const { self } = bot;
    this.bot = { name: bot.name, mention: self === undefined ? null : mention("user", self.id, self.name) };
    this.platform = event.platform;
    this[time] = clock;
  }

  get now(): Value {
    return instant(this[time].now());
  }
  get today(): Value {
    return todayIn(this[time].timezone, this[time].now());
  }
}

/** The variables of one event. */
export function eventValues(event: BotEvent, bot: Bot, clock: Time): Mutable {
  return new EventValues(event, bot, clock);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a time zone. */
function todayIn(timezone: string, ms: number): CalendarDate {
  let format = formats.get(timezone);
  if (format === undefined) {
    // The Swedish locale writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone });
    formats.set(timezone, format);
  }
  return calendarDate(format.format(ms));
}
