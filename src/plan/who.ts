import type { CanonicalGroup, CanonicalWho } from "../contracts/canonical.ts";
import type { Actor, Truth, Who } from "../contracts/permission.ts";
import type { PlatformDefinition } from "../contracts/platform.ts";
import type { Right } from "../contracts/right.ts";
import { parsePersonName } from "../language/name.ts";

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

/** Compiles `allow` lists. Groups may name groups; each is compiled once. */
export function whoCompiler(
  groups: Readonly<Record<string, CanonicalGroup>>,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
  platforms: ReadonlyMap<string, PlatformDefinition>,
): { readonly group: (name: string) => Who | undefined; readonly list: (entries: readonly CanonicalWho[]) => Who } {
  const compiled = new Map<string, Who>();

  const group = (name: string): Who | undefined => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const written = Object.hasOwn(groups, name) ? groups[name] : undefined;
    if (written === undefined) return undefined;
    // Entered before its members are compiled: a circle, which the checker reports, ends here instead of recursing.
    let inner: Who = { matches: () => false };
    compiled.set(name, { matches: (actor) => inner.matches(actor) });
    inner = compileGroup(written);
    return compiled.get(name);
  };

  const compileGroup = (written: CanonicalGroup): Who => {
    const deny = written.deny.map(entry);
    const allow = list(written.allow);
    return {
      async matches(actor) {
        for (const denied of deny) if ((await denied(actor)) !== "no") return false;
        return allow.matches(actor);
      },
    };
  };

  const list = (entries: readonly CanonicalWho[]): Who => {
    const all = entries.map(entry);
    return {
      async matches(actor) {
        let unknown = false;
        for (const allowed of all) {
          const match = await allowed(actor);
          if (match === "yes") return true;
          if (match === "unknown") unknown = true;
        }
        return unknown ? undefined : false;
      },
    };
  };

  const entry = (who: CanonicalWho): Entry => {
    if ("everyone" in who) return () => "yes";
    if ("group" in who) {
      const named = group(who.group);
      return async (actor) => fromTruth(named === undefined ? undefined : await named.matches(actor));
    }
    if ("can" in who) return async (actor) => fromTruth(holdsRight(await actor.standing(), who.can));
    if ("user" in who) return userEntry(who.user, names, platforms);
    return async (actor) => {
      const standing = await actor.standing();
      const role = await actor.roleId(who.role);
      if (role === "missing") return "unresolved";
      if (role === "unclear" || standing?.roles === undefined) return "unknown";
      return standing.roles.some((held) => held.id === role.id) ? "yes" : "no";
    };
  };

  return { group, list };
}

function fromTruth(truth: Truth): Match {
  return truth === undefined ? "unknown" : truth ? "yes" : "no";
}

/** A person by id, or by username where the platform's usernames name one person for good. */
function userEntry(
  written: string,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>,
  platforms: ReadonlyMap<string, PlatformDefinition>,
): Entry {
  const known = [...platforms.keys()];
  const read = parsePersonName(written, known);
  if (!read.ok) return () => "unknown";
  return ({ person }) => {
    if (read.value.platform !== undefined && read.value.platform !== person.platform) return "no";
    const alias = names[read.value.name];
    const name = alias === undefined ? read.value.name : alias[person.platform];
    if (name === undefined) return "no";
    if (name === person.id) return "yes";
    const definition = platforms.get(person.platform);
    if (definition?.usernamesIdentify !== true || person.username === undefined) return "no";
    return person.username.toLowerCase() === name.toLowerCase() ? "yes" : "no";
  };
}
