import type { Value } from "../../language/values.ts";
import type { Channel, Person, Role } from "../event.ts";

/** An example of a word: YAML of one action, condition or trigger, run by the tests. */
export interface Example {
  readonly about: string;
  readonly yaml: string;
}

export interface Word {
  /** What people call it who do not know its name yet. */
  readonly aka?: readonly string[];
  readonly summary: string;
  readonly examples: readonly Example[];
}

/** People, roles and places as texts and expressions read them. */
export interface ValueMakers {
  person(person: Person): Value;
  role(role: Role): Value;
  channel(channel: Channel): Value;
}
