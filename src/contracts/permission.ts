import type { Person, Standing } from "./event.ts";
import type { Right } from "./right.ts";

/** Three-valued: `undefined` means "cannot be decided", which makes the whole `if` false, under `not` too. */
export type Truth = boolean | undefined;

/** The person whose permission is asked, with what the platform says of them; every lookup is made at most once. */
export interface Actor {
  readonly person: Person;
  readonly platform: string;
  readonly serverId: string | undefined;
  /** Undefined: not a member here, or the platform could not be asked. */
  standing(): Standing | undefined | Promise<Standing | undefined>;
  /**
   * The id of a role that the file names, here. `missing`: no role of that name here; `unclear`: two fit, or the platform
   * could not be asked.
   */
  roleId(name: string): NamedId | Promise<NamedId>;
}

/** What a name of the file stands for on one server. */
export type NamedId = { readonly id: string } | "missing" | "unclear";

/** Whether the standing holds a right; an administrator and the owner hold all. Unknown stays unknown. */
export function holdsRight(standing: Pick<Standing, "rights" | "owner"> | undefined, right: Right): Truth {
  if (standing === undefined) return undefined;
  if (standing.owner) return true;
  if (standing.rights === undefined) return undefined;
  return standing.rights.has(right) || standing.rights.has("administrator");
}

/** A compiled `allow` list: whether it lets this person in. */
export interface Who {
  matches(actor: Actor): Truth | Promise<Truth>;
}
