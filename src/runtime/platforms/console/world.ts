import type { Channel, Person, Role, Server, Standing } from "../../../contracts/event.ts";
import { type Right, rights } from "../../../contracts/right.ts";
import type { Traits } from "./traits.ts";

/**
 * The little server that the console pretends to be: everybody and every channel exists once somebody names them. An id
 * is the name in lower case, so that a file may name people of the console as it reads.
 */
export interface World {
  readonly server: Server;
  readonly channel: Channel;
  readonly bot: Person;
  rename(botName: string): void;
  /** Somebody by name or id; undefined only where the text cannot be a name. */
  person(name: string): Person | undefined;
  role(name: string): Role | undefined;
  channelNamed(name: string): Channel | undefined;
  /** Gives exactly these roles, as `--role` and `/as` do. They stand above roles that only the bot gives. */
  setRoles(personId: string, names: readonly string[]): void;
  setOwner(personId: string): void;
  /** What is left out stays as it is. */
  setTraits(personId: string, traits: Traits): void;
  /** The rights that somebody has by {@link setTraits}. */
  rightsGiven(personId: string): readonly Right[];
  standing(personId: string): Standing | undefined;
  rankOf(roleId: string): number;
  /** What keeps people from writing; times are milliseconds since the epoch, `Infinity` without an end. */
  readonly restrictions: Restrictions;
  /** Who is in which voice channel. */
  readonly voiceChannels: Map<string, Channel>;
  /** Left out: they are called by their own name again. */
  setNickname(personId: string, nickname: string | undefined): void;
  addRole(personId: string, roleId: string): void;
  removeRole(personId: string, roleId: string): void;
}

export interface Restrictions {
  readonly mutedUntil: Map<string, number>;
  readonly bannedUntil: Map<string, number>;
  readonly kicked: Set<string>;
}

/** Highest first: the owner, the bot, roles and rights given by hand, roles given by the bot, everybody else. */
const ranks = { owner: 4, bot: 3, staff: 2, role: 1, member: 0 };

const everyRight: ReadonlySet<Right> = new Set(Object.keys(rights) as Right[]);
const memberRights: ReadonlySet<Right> = new Set<Right>(["send_messages", "read_messages", "add_reactions"]);

const yearMs = 365 * 86_400_000;

const namePattern = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_. -]{0,63}$/u;
const idOf = (name: string) => name.toLowerCase();

export const botId = "bot";
export const directPrefix = "dm:";

export function createWorld(botName: string, now: () => number): World {
  const people = new Map<string, Person>();
  const roles = new Map<string, Role>();
  const channels = new Map<string, Channel>();
  const held = new Map<string, Set<string>>();
  const staffRoles = new Set<string>();
  const restrictions: Restrictions = { mutedUntil: new Map(), bannedUntil: new Map(), kicked: new Set() };
  const joined = new Map<string, number>();
  const given = new Map<string, readonly Right[]>();
  /** Whoever is not said to be new has been here for long. */
  const longAgo = now() - yearMs;
  let owner: string | undefined;
  let bot: Person = { platform: "console", id: botId, name: botName, isBot: true };

  const named = <T>(all: Map<string, T>, name: string, make: (id: string, name: string) => T): T | undefined => {
    const id = idOf(name);
    const known = all.get(id);
    if (known !== undefined || !namePattern.test(name)) return known;
    const made = make(id, name);
    all.set(id, made);
    return made;
  };
  const channelNamed = (name: string) => named(channels, name, (id) => ({ id, name, direct: false }));
  const role = (name: string) => named(roles, name, (id) => ({ id, name }));
  const rolesOf = (personId: string) => held.get(personId) ?? held.set(personId, new Set()).get(personId)!;
  const rankOf = (roleId: string) => (staffRoles.has(roleId) ? ranks.staff : ranks.role);
  const isAway = (personId: string) =>
    restrictions.kicked.has(personId) || (restrictions.bannedUntil.get(personId) ?? 0) > now();

  return {
    server: { id: "console", name: "console" },
    channel: channelNamed("general")!,
    get bot() {
      return bot;
    },
    rename(name) {
      bot = { ...bot, name };
    },
    person(name) {
      if (idOf(name) === botId || idOf(name) === idOf(bot.name)) return bot;
      return named(people, name, (id) => ({
        platform: "console",
        id,
        name,
        username: name,
        isBot: false,
        createdAt: longAgo - yearMs,
      }));
    },
    role,
    channelNamed,
    setRoles(personId, names) {
      const own = rolesOf(personId);
      own.clear();
      for (const name of names) {
        const given = role(name);
        if (given === undefined) continue;
        own.add(given.id);
        staffRoles.add(given.id);
      }
    },
    setOwner(personId) {
      owner = personId;
    },
    setTraits(personId, traits) {
      const person = people.get(personId);
      if (person !== undefined)
        people.set(personId, {
          ...person,
          ...(traits.created === undefined ? {} : { createdAt: now() - traits.created }),
          ...(traits.language === undefined ? {} : { language: traits.language }),
        });
      if (traits.joined !== undefined) joined.set(personId, now() - traits.joined);
      if (traits.rights !== undefined) given.set(personId, traits.rights);
    },
    rightsGiven: (personId) => given.get(personId) ?? [],
    standing(personId) {
      if (personId === botId) return { owner: false, rank: ranks.bot, rights: everyRight, roles: [] };
      if (isAway(personId)) return undefined;
      const own = [...(held.get(personId) ?? [])];
      const more = given.get(personId) ?? [];
      // Who may do more than others stands higher than they do.
      const ground = more.length > 0 ? ranks.staff : ranks.member;
      return {
        owner: personId === owner,
        rank: personId === owner ? ranks.owner : Math.max(ground, ...own.map(rankOf)),
        rights: personId === owner ? everyRight : new Set([...memberRights, ...more]),
        roles: own.map((id) => roles.get(id)!),
        joinedAt: joined.get(personId) ?? longAgo,
      };
    },
    rankOf,
    restrictions,
    voiceChannels: new Map(),
    setNickname(personId, nickname) {
      const person = people.get(personId);
      const name = nickname ?? person?.username ?? person?.name;
      if (person !== undefined && name !== undefined) people.set(personId, { ...person, name, nickname });
    },
    addRole: (personId, roleId) => void rolesOf(personId).add(roleId),
    removeRole: (personId, roleId) => void rolesOf(personId).delete(roleId),
  };
}
