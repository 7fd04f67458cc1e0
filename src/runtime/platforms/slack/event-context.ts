import type { Channel, Json, Person, Role, Server } from "../../../contracts/event.ts";
import { type DecodedText, decodeText, mentionedIds } from "./decode.ts";
import type { People } from "./people.ts";
import type { Places } from "./places.ts";

export const platform = "slack";

/** Where an answer goes; stored with suspended runs. */
export interface Origin {
  readonly kind: "message" | "slash" | "button" | "menu" | "form" | "reaction" | "join" | "group";
  readonly user: string;
  readonly channel?: string;
  /** The message, as its timestamp. */
  readonly ts?: string;
  /** The thread that the message stands in. */
  readonly thread?: string;
  /** Takes answers where the bot itself may not write. */
  readonly responseUrl?: string;
  /** When `responseUrl` stops working, in milliseconds since 1970. */
  readonly until?: number;
  /** Opens one form. */
  readonly trigger?: string;
  /** When `trigger` stops working, in milliseconds since 1970. */
  readonly triggerUntil?: number;
}

export interface EventContext {
  readonly self: { readonly userId: string; readonly botId: string | undefined };
  readonly server: Server;
  /** What stands before slack.com in the workspace's addresses; empty where it is not known. */
  readonly domain: string;
  readonly people: People;
  readonly places: Places;
  /** A user group by its id; with the id in place of a name that cannot be asked for. */
  readonly role: (id: string) => Promise<Role>;
  readonly ownCommands: readonly string[];
  readonly now: () => number;
  /** Tells whoever pressed something, seen by nobody else. */
  readonly tell: (responseUrl: string, sentence: string) => void;
}

/** More mentions than this are shown by what Slack sent along, so that one message cannot cause many calls. */
const mostLookups = 20;

/** A text of Slack's with the names of those whom it mentions. */
export async function decode(
  source: string,
  { people, places }: Pick<EventContext, "people" | "places">,
): Promise<DecodedText> {
  const mentioned = mentionedIds(source);
  const [persons, channels] = await Promise.all([
    Promise.all(mentioned.people.slice(0, mostLookups).map((id) => people.person(id))),
    Promise.all(mentioned.channels.slice(0, mostLookups).map((id) => places.channel(id).catch(() => undefined))),
  ]);
  return decodeText(source, {
    // A person whose name could not be asked for keeps the one that Slack sent along.
    people: new Map(persons.filter(({ id, name }) => id !== name).map((person) => [person.id, person])),
    channels: new Map(channels.flatMap((channel) => (channel === undefined ? [] : [[channel.id, channel.name]]))),
  });
}

/** What every event has. */
export function eventBase(
  { server }: Pick<EventContext, "server">,
  happened: {
    readonly key: string;
    readonly at: number;
    readonly user: Person;
    readonly channel?: Channel | undefined;
    readonly origin: Origin;
  },
) {
  const { key, at, user, channel, origin } = happened;
  return {
    key,
    platform,
    at,
    server,
    ...(channel === undefined ? {} : { channel }),
    user,
    origin: origin as unknown as Json,
  };
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The moment that a timestamp of Slack's stands for, in milliseconds since 1970. */
export const momentOf = (ts: string): number => Math.floor(Number(ts) * 1000);
