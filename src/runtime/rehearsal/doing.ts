import type { Channel } from "../../contracts/event.ts";
import type { PersonDoes } from "../../contracts/rehearsal.ts";
import type { Stage } from "../simulated/connection.ts";
import type { Origin } from "../simulated/port.ts";
import type { SimulatedPerson } from "../simulated/world.ts";

/** Somebody who does something in a test, and where. */
export interface Doing {
  readonly stage: Stage;
  readonly somebody: SimulatedPerson;
  /** How a transcript calls them, with the place if the step says one. */
  readonly called: string;
  readonly channel: Channel;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** A new id for what comes of it. */
  readonly id: string;
  /** What every event has; `channelId` where it is caused in another place than the person's own. */
  event(channelId?: string): EventParts;
  /** The same person does something else in the same place, as a part of this. */
  also(more: Pick<PersonDoes, "press" | "say">): Promise<string>;
}

type EventParts = ReturnType<typeof eventParts>;

/** What every event has that this person causes in a place. */
export function eventParts({ stage, somebody, now, id }: Doing, channel: Channel) {
  const { world } = stage;
  const platform = world.definition.name;
  const origin: Origin = { channel: channel.id, person: somebody.person.id, canOpenForm: true };
  return {
    key: `${platform}:${id}`,
    platform,
    at: now,
    ...(channel.direct ? {} : { server: world.server }),
    channel,
    user: somebody.person,
    origin: { ...origin },
  };
}

/** What cannot be done in a test: nothing of that label to press, no message to react to. */
export class CannotDo extends Error {
  override readonly name = "CannotDo";
}
