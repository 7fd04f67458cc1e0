import type { CanonicalConfig, CanonicalWho } from "../../contracts/canonical.ts";
import type { GivenPerson } from "../../contracts/rehearsal.ts";
import type { SimulatedWorld } from "../simulated/world.ts";

/** Puts a person into the simulated world as the test says: roles, rights, and all that their groups ask for. */
export function seat(
  world: SimulatedWorld,
  name: string,
  given: GivenPerson,
  permissions: CanonicalConfig["permissions"],
  now: number,
): void {
  if (given.id !== undefined) world.setId(name, given.id);
  const one = world.somebody(name);
  one.person = {
    ...one.person,
    isBot: given.bot,
    ...(given.language === undefined ? {} : { language: given.language }),
    ...(given.account_for === undefined ? {} : { createdAt: now - given.account_for }),
  };
  one.owner = given.owner;
  one.rank = given.rank;
  one.joinedAt = now - (given.member_for ?? 365 * 86_400_000);
  for (const role of given.roles) one.roles.add(world.role(role).id);
  for (const right of given.rights) one.rights.add(right);
  const letIn = (entries: readonly CanonicalWho[], seen: ReadonlySet<string>): void => {
    for (const entry of entries) {
      if ("can" in entry) one.rights.add(entry.can);
      else if ("role" in entry) one.roles.add(world.role(entry.role).id);
      else if ("group" in entry) join(entry.group, seen);
    }
  };
  const join = (group: string, seen: ReadonlySet<string>): void => {
    const found = Object.hasOwn(permissions, group) ? permissions[group] : undefined;
    if (found !== undefined && !seen.has(group)) letIn(found.allow, new Set([...seen, group]));
  };
  for (const group of given.groups) join(group, new Set());
  // Who may do more than others stands higher than they do, unless the test says where.
  if (one.rank === undefined && (one.rights.size > 0 || given.groups.length > 0)) one.rank = 2;
  else if (one.rank === undefined && one.roles.size > 0) one.rank = 1;
}
