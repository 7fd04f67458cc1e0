import type { Person, Server } from "../../contracts/event.ts";
import { type ActionContext, notDone, type Outcome } from "../../contracts/word.ts";
import { say } from "../../sentences/sentence.ts";

/** The event's server, where this person can be acted on; otherwise how the action ends instead. */
export function serverOf(context: ActionContext, person: Person): Server | Outcome {
  const { server, platform } = context.event;
  if (server === undefined) return notDone(say("only_on_server"));
  if (person.platform !== platform)
    return notDone(say("elsewhere", { name: person.name, platform: person.platform, here: platform }));
  return server;
}

export const isOutcome = (value: Server | Outcome): value is Outcome => "end" in value;
