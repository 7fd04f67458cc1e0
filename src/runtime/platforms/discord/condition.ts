import { isDeepStrictEqual } from "node:util";
import type { ConnectionState } from "../../../contracts/platform.ts";

/** What can be wrong with a connection that works on the whole. */
export type Part = "limits" | "logins" | "gateway" | "commands";

/** How the connection is, put together from its parts. */
export interface Condition {
  readonly now: () => ConnectionState;
  /** Says what is wrong with a part; undefined: nothing any more. */
  trouble(part: Part, why: string | undefined): void;
  /** Events can arrive. */
  opened(): void;
  /** For good. */
  closed(why: string): void;
}

export function createCondition(onState: (state: ConnectionState) => void): Condition {
  const troubles = new Map<Part, string>();
  let isOpen = false;
  let state: ConnectionState = { state: "opening" };
  const set = (next: ConnectionState) => {
    if (state.state === "closed" || isDeepStrictEqual(state, next)) return;
    state = next;
    onState(next);
  };
  const settle = () => {
    const [why] = troubles.values();
    if (why !== undefined) set({ state: "degraded", why });
    else set(isOpen ? { state: "open" } : { state: "opening" });
  };
  return {
    now: () => state,
    trouble(part, why) {
      if (why === undefined) troubles.delete(part);
      else troubles.set(part, why);
      settle();
    },
    opened() {
      isOpen = true;
      settle();
    },
    closed: (why) => set({ state: "closed", why }),
  };
}
