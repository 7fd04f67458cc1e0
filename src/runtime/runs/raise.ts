import type { BotEvent, RaisedEvent } from "../../contracts/event.ts";
import type { Services } from "../services.ts";

/** Completes what actions cause with the place and the person of the run's own event, and keeps it until the run rests. */
export function raiser(
  services: Pick<Services, "clock" | "newId">,
  event: BotEvent,
  kept: BotEvent[],
): (raised: RaisedEvent) => void {
  return (raised) =>
    void kept.push({
      ...raised,
      key: `raised:${services.newId()}`,
      platform: event.platform,
      at: services.clock.now(),
      ...(event.server === undefined ? {} : { server: event.server }),
      ...(event.channel === undefined ? {} : { channel: event.channel }),
      user: raised.user ?? event.user,
      origin: event.origin,
      depth: (event.depth ?? 0) + 1,
      cause: event.cause ?? event.key,
    });
}
