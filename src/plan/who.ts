import type { CanonicalGroup, CanonicalWho } from "../contracts/canonical.ts";
import { type Actor, holdsRight, type Truth, type Who } from "../contracts/permission.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import { parseName, parsePersonName } from "../language/name.ts";

/** `unresolved`: the file names a role or somebody who is not to be found here; in `allow` it matches nobody, in `deny` it denies. */
type Match = "yes" | "no" | "unresolved" | "unknown";
type Entry = (actor: Actor) => Match | Promise<Match>;

export interface WhoCompiler {
  /** Whom a list lets in: a name that is not here matches nobody. */
  list(entries: readonly CanonicalWho[]): Who;
  /** Whom a list keeps out: a name that is not here keeps everybody out. */
  denyList(entries: readonly CanonicalWho[]): Who;
}

/** Compiles `allow` and `deny` lists. Groups may name groups; each is compiled once. */
export function whoCompiler(
  groups: Readonly<Record<string, CanonicalGroup>>,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
  platforms: ReadonlyMap<string, PlatformDefinition>,
): WhoCompiler {
  const compiled = new Map<string, Entry>();
  const known = [...platforms.keys()];

  const group = (name: string): Entry | undefined => {
    const before = compiled.get(name);
    if (before !== undefined) return before;
    const written = Object.hasOwn(groups, name) ? groups[name] : undefined;
    if (written === undefined) return undefined;
    // A circle, which the checker reports, ends here instead of recursing.
    compiled.set(name, () => "unknown");
    const entry = groupEntry(written);
    compiled.set(name, entry);
    return entry;
  };

  const groupEntry = (written: CanonicalGroup): Entry => {
    const deny = anyOf(written.deny.map(entry));
    const allow = anyOf(written.allow.map(entry));
    if (written.deny.length === 0) return allow;
    return (actor) =>
      afterwards(deny(actor), (denied): Match | Promise<Match> => {
        if (denied === "unknown") return "unknown";
        return denied === "no" ? allow(actor) : "no";
      });
  };

  const entry = (who: CanonicalWho): Entry => {
    if ("everyone" in who) return () => "yes";
    if ("group" in who) return group(who.group) ?? (() => "unknown");
    if ("can" in who)
      return (actor) =>
        afterwards(actor.standing(), (standing) => {
          const holds = holdsRight(standing, who.can);
          return holds === undefined ? "unknown" : holds ? "yes" : "no";
        });
    return "user" in who ? userEntry(who.user, names, platforms) : roleEntry(who.role, known);
  };

  const denied: Partial<Record<Match, Truth>> = { yes: true, unresolved: true, no: false };
  const allowed: Partial<Record<Match, Truth>> = { yes: true, unresolved: false, no: false };
  const toWho = (match: Entry, truths: Partial<Record<Match, Truth>>): Who => ({
    matches: (actor) => afterwards(match(actor), (found) => truths[found]),
  });

  return {
    list: (entries) => toWho(anyOf(entries.map(entry)), allowed),
    denyList: (entries) => toWho(anyOf(entries.map(entry)), denied),
  };
}

/** One that matches is enough; else what is unknown outweighs what is not here, and that outweighs a plain no. */
function anyOf(entries: readonly Entry[]): Entry {
  if (entries.length === 1) return entries[0]!;
  const from = (actor: Actor, first: number, before: Match): Match | Promise<Match> => {
    let answer = before;
    for (let index = first; index < entries.length; index++) {
      const match = entries[index]!(actor);
      if (match instanceof Promise)
        return match.then((late) => (late === "yes" ? late : from(actor, index + 1, heavier(answer, late))));
      if (match === "yes") return match;
      answer = heavier(answer, match);
    }
    return answer;
  };
  return (actor) => from(actor, 0, "no");
}

function heavier(answer: Match, match: Match): Match {
  return match === "unknown" || (match === "unresolved" && answer === "no") ? match : answer;
}

/** Goes on at once with a value that is there already, so that what is known costs no promise. */
function afterwards<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

function roleEntry(written: string, platforms: readonly string[]): Entry {
  const read = parseName(written, platforms);
  if (!read.ok) return () => "unknown";
  const { platform, name } = read.value;
  return (actor) => {
    if (platform !== undefined && platform !== actor.platform) return "no";
    return afterwards(actor.roleId(name), (role): Match | Promise<Match> => {
      if (role === "missing") return "unresolved";
      if (role === "unclear") return "unknown";
      return afterwards(actor.standing(), (standing) => {
        if (standing?.roles === undefined) return "unknown";
        return standing.roles.some((held) => held.id === role.id) ? "yes" : "no";
      });
    });
  };
}

/** A person by id, or by username where the platform's usernames name one person for good. */
function userEntry(
  written: string,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
  platforms: ReadonlyMap<string, PlatformDefinition>,
): Entry {
  const read = parsePersonName(written, [...platforms.keys()]);
  if (!read.ok) return () => "unknown";
  const { platform, name: asWritten } = read.value;
  const alias = Object.hasOwn(names, asWritten) ? names[asWritten] : undefined;
  return ({ person }) => {
    if (platform !== undefined && platform !== person.platform) return "no";
    const name = alias === undefined ? asWritten : alias[person.platform];
    if (name === undefined) return "no";
    if (name === person.id) return "yes";
    const definition = platforms.get(person.platform);
    if (definition?.idPattern.test(name) === true) return "no";
    // Whoever has the username today need not be the one who is meant.
    if (definition?.usernamesIdentify !== true) return "unresolved";
    if (person.username === undefined) return "no";
    return person.username.toLowerCase() === name.toLowerCase() ? "yes" : "no";
  };
}
