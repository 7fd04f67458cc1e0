import type { BotEvent, EventSink } from "../../contracts/event.ts";
import type { Connect, ConnectionState } from "../../contracts/platform.ts";
import { createPort } from "./port.ts";
import type { SimulatedWorld } from "./world.ts";

/** Lets a test cause events on a simulated platform. */
export interface Stage {
  readonly world: SimulatedWorld;
  /** Resolves when the event is fully handled. */
  cause(event: BotEvent): Promise<void>;
}

/** A connection to a platform that exists in memory only, and the stage from which its events come. */
export function simulate(world: SimulatedWorld): { readonly connect: Connect; readonly stage: Stage } {
  let sink: EventSink | undefined;
  const connect: Connect = (_plan, { sink: given, now, onState }) => {
    let state: ConnectionState = { state: "opening" };
    const become = (next: ConnectionState) => {
      state = next;
      onState(next);
    };
    return {
      platform: world.definition.name,
      port: createPort(world, now),
      async open() {
        sink = given;
        become({ state: "open" });
      },
      converge: async () => undefined,
      needsReplacing: () => false,
      state: () => state,
      stopIntake: async () => undefined,
      async close() {
        if (state.state !== "closed") become({ state: "closed", why: "The test is over.", clean: true });
      },
    };
  };
  return {
    connect,
    stage: {
      world,
      async cause(event) {
        await sink?.handle(event);
      },
    },
  };
}
