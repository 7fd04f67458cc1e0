import { type Actor, holdsRight } from "../contracts/permission.ts";
import type { Right } from "../contracts/right.ts";
import type { CompiledCommand } from "./program.ts";

/** `{ lacks }`: it is open to whoever holds the rights that its actions need, and this is the first one missing. */
export type Permission = "allowed" | "denied" | { readonly lacks: Right };

/**
 * Whether a person may use a command (or press a button) now: deny beats allow; without `allow` the person must hold the
 * rights that the actions need. What cannot be told is no.
 */
export async function permission(
  { allow, deny }: Partial<Pick<CompiledCommand, "allow" | "deny">>,
  rights: readonly Right[],
  actor: Actor,
): Promise<Permission> {
  if (deny !== undefined && (await deny.matches(actor)) !== false) return "denied";
  if (allow !== undefined) return (await allow.matches(actor)) === true ? "allowed" : "denied";
  if (rights.length === 0) return "allowed";
  const standing = await actor.standing();
  const lacks = rights.find((right) => holdsRight(standing, right) !== true);
  return lacks === undefined ? "allowed" : { lacks };
}
