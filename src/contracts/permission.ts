import type { Person, Standing } from "./event.ts";

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
  roleId(name: string): RoleAnswer | Promise<RoleAnswer>;
}

export type RoleAnswer = { readonly id: string } | "missing" | "unclear";

/** A compiled `allow` list: whether it lets this person in. */
export interface Who {
  matches(actor: Actor): Truth | Promise<Truth>;
}
