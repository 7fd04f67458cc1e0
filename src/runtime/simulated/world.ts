import type { Channel, Person, Role, Server, Standing } from "../../contracts/event.ts";
import { type PlatformDefinition, PlatformError } from "../../contracts/platform.ts";
import type { Right } from "../../contracts/right.ts";
import type { Happening, OpenForm, StandingMessage } from "./happenings.ts";

/** What is known of somebody on the simulated platform. */
export interface SimulatedPerson {
  person: Person;
  readonly roles: Set<string>;
  readonly rights: Set<Right>;
  /** Left out: above everybody with neither roles nor rights, below the bot. */
  rank: number | undefined;
  owner: boolean;
  here: boolean;
  /** Milliseconds since the epoch; `Infinity` without an end. */
  mutedUntil: number;
  bannedUntil: number;
  joinedAt: number;
}

export interface SimulatedChannel {
  readonly channel: Channel;
  locked: boolean;
  slowmodeMs: number;
  /** People of a thread that was made private. */
  readonly members: Set<string> | undefined;
  closed: boolean;
}

/** A server of a platform that exists in memory only: whatever is named comes into being. */
export interface SimulatedWorld {
  readonly definition: PlatformDefinition;
  readonly server: Server;
  readonly bot: Person;
  readonly channels: ReadonlyMap<string, SimulatedChannel>;
  readonly messages: StandingMessage[];
  readonly forms: OpenForm[];
  readonly happenings: Happening[];
  /** By name or id, without `@`. */
  somebody(name: string): SimulatedPerson;
  known(id: string): SimulatedPerson | undefined;
  named(name: string): SimulatedPerson | undefined;
  /** Gives somebody another id. */
  setId(name: string, id: string): void;
  role(name: string): Role;
  channel(name: string): SimulatedChannel;
  addChannel(channel: Channel, members: Set<string> | undefined): void;
  standing(personId: string): Standing | undefined;
  rankOf(personId: string): number;
}

export const botId = "bot";
export const directPrefix = "dm:";
/** Highest first: the owner, the bot, people with roles or rights, everybody else. */
const ranks = { owner: 4, bot: 3, staff: 2, member: 0 };

export function createWorld(definition: PlatformDefinition, botName: string, now: () => number): SimulatedWorld {
  const platform = definition.name;
  const byName = new Map<string, SimulatedPerson>();
  const people = new Map<string, SimulatedPerson>();
  const channels = new Map<string, SimulatedChannel>();
  const roles = new Map<string, Role>();
  const idOf = (name: string) => name.toLowerCase();
  const bot: Person = { platform, id: botId, name: botName, username: idOf(botName), isBot: true };

  const somebody = (written: string): SimulatedPerson => {
    const name = written.replace(/^@/, "");
    const there = byName.get(idOf(name));
    if (there !== undefined) return there;
    const made: SimulatedPerson = {
      person: { platform, id: idOf(name), name, username: name, isBot: false },
      roles: new Set(),
      rights: new Set(),
      rank: undefined,
      owner: false,
      here: true,
      mutedUntil: 0,
      bannedUntil: 0,
      joinedAt: now(),
    };
    byName.set(idOf(name), made);
    people.set(idOf(name), made);
    return made;
  };

  const channel = (name: string): SimulatedChannel => {
    const id = idOf(name);
    const there = channels.get(id);
    if (there !== undefined) return there;
    const made = {
      channel: { id, name, direct: false },
      locked: false,
      slowmodeMs: 0,
      members: undefined,
      closed: false,
    };
    channels.set(id, made);
    return made;
  };

  const role = (name: string): Role => {
    const there = roles.get(idOf(name));
    if (there !== undefined) return there;
    const made = { id: idOf(name), name };
    roles.set(made.id, made);
    return made;
  };

  const rankOf = (personId: string): number => {
    if (personId === botId) return ranks.bot;
    const one = people.get(personId);
    if (one === undefined) return ranks.member;
    if (one.owner) return ranks.owner;
    return one.rank ?? (one.rights.size > 0 ? ranks.staff : ranks.member);
  };

  return {
    definition,
    server: { id: "server", name: "server" },
    bot,
    channels,
    messages: [],
    forms: [],
    happenings: [],
    somebody,
    known: (id) => people.get(id),
    named: (name) => byName.get(idOf(name)),
    setId(name, id) {
      const one = somebody(name);
      people.delete(one.person.id);
      one.person = { ...one.person, id };
      people.set(id, one);
    },
    role,
    channel,
    addChannel(added, members) {
      channels.set(added.id, { channel: added, locked: false, slowmodeMs: 0, members, closed: false });
    },
    standing(personId) {
      if (personId === botId) return { owner: false, rank: ranks.bot, rights: definition.rights, roles: [] };
      const one = people.get(personId);
      if (one === undefined || !one.here) return undefined;
      const everybody: readonly Right[] = ["send_messages", "read_messages", "add_reactions"];
      return {
        owner: one.owner,
        rank: rankOf(personId),
        rights: one.owner ? definition.rights : new Set([...everybody, ...one.rights]),
        roles: [...one.roles].map((id) => roles.get(id)!),
        joinedAt: one.joinedAt,
      };
    },
    rankOf,
  };
}

/** @throws PlatformError where nobody has that id */
export function knownPerson(world: SimulatedWorld, id: string): SimulatedPerson {
  const one = world.known(id);
  if (one === undefined) throw new PlatformError("not_found", `Nobody has the id "${id}".`);
  return one;
}

/** A channel by its name, or the newest thread that is called so. */
export function placeNamed(world: SimulatedWorld, written: string): SimulatedChannel {
  const name = written.replace(/^#/, "");
  return [...world.channels.values()].findLast(({ channel }) => channel.name === name) ?? world.channel(name);
}
