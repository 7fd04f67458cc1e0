import type { Person, Server } from "../../contracts/event.ts";
import { type ActionContext, notDone, type Outcome } from "../../contracts/word.ts";

/** The event's server, where this person can be acted on; otherwise how the action ends instead. */
export function serverOf(context: ActionContext, person: Person): Server | Outcome {
  const { server, platform } = context.event;
  if (server === undefined) return notDone("This only works on a server, not in a private conversation.");
  if (person.platform !== platform)
    return notDone(`${person.name} is on ${person.platform}, so nothing can be done to them from ${platform}.`);
  return server;
}

export const isOutcome = (value: Server | Outcome): value is Outcome => "end" in value;
