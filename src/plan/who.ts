import type { CanonicalGroup, CanonicalWho } from "../contracts/canonical.ts";
import type { Actor, Truth, Who } from "../contracts/permission.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import type { Right } from "../contracts/right.ts";
import { parseName, parsePersonName } from "../language/name.ts";

/** `unresolved`: the file names a role that is not here; in `allow` it matches nobody, in `deny` it denies. */
type Match = "yes" | "no" | "unresolved" | "unknown";
type Entry = (actor: Actor) => Match | Promise<Match>;

/** Whether the standing holds a right; an administrator and the owner hold all. Unknown stays unknown. */
export function holdsRight(standing: { rights?: ReadonlySet<Right>; owner: boolean } | undefined, right: Right): Truth {
  if (standing === undefined) return undefined;
  if (standing.owner) return true;
  if (standing.rights === undefined) return undefined;
  return standing.rights.has(right) || standing.rights.has("administrator");
}

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
    return async (actor) => {
      const denied = await deny(actor);
      if (denied === "unknown") return "unknown";
      return denied === "no" ? allow(actor) : "no";
    };
  };

  const entry = (who: CanonicalWho): Entry => {
    if ("everyone" in who) return () => "yes";
    if ("group" in who) return group(who.group) ?? (() => "unknown");
    if ("can" in who)
      return async (actor) => {
        const holds = holdsRight(await actor.standing(), who.can);
        return holds === undefined ? "unknown" : holds ? "yes" : "no";
      };
    return "user" in who ? userEntry(who.user, names, platforms) : roleEntry(who.role, known);
  };

  const denied: Partial<Record<Match, Truth>> = { yes: true, unresolved: true, no: false };
  const allowed: Partial<Record<Match, Truth>> = { yes: true, unresolved: false, no: false };
  const toWho = (match: Entry, truths: Partial<Record<Match, Truth>>): Who => ({
    matches: async (actor) => truths[await match(actor)],
  });

  return {
    list: (entries) => toWho(anyOf(entries.map(entry)), allowed),
    denyList: (entries) => toWho(anyOf(entries.map(entry)), denied),
  };
}

/** One that matches is enough; else what is unknown outweighs what is not here, and that outweighs a plain no. */
function anyOf(entries: readonly Entry[]): Entry {
  if (entries.length === 1) return entries[0]!;
  return async (actor) => {
    let answer: Match = "no";
    for (const entry of entries) {
      const match = await entry(actor);
      if (match === "yes") return match;
      if (match === "unknown" || (match === "unresolved" && answer === "no")) answer = match;
    }
    return answer;
  };
}

function roleEntry(written: string, platforms: readonly string[]): Entry {
  const read = parseName(written, platforms);
  if (!read.ok) return () => "unknown";
  const { platform, name } = read.value;
  return async (actor) => {
    if (platform !== undefined && platform !== actor.platform) return "no";
    const role = await actor.roleId(name);
    if (role === "missing") return "unresolved";
    if (role === "unclear") return "unknown";
    const standing = await actor.standing();
    if (standing?.roles === undefined) return "unknown";
    return standing.roles.some((held) => held.id === role.id) ? "yes" : "no";
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
    if (definition?.usernamesIdentify !== true || person.username === undefined) return "no";
    return person.username.toLowerCase() === name.toLowerCase() ? "yes" : "no";
  };
}
