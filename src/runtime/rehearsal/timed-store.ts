import type { Store } from "../../contracts/store.ts";
import type { SteppedClock } from "../simulated/clock.ts";

/** A store whose every call the clock waits for. */
export function timed(store: Store, clock: Pick<SteppedClock, "during">): Store {
  const part = <Part extends object>(target: Part): Part =>
    new Proxy(target, {
      get(object, name) {
        const member: unknown = object[name as keyof Part];
        if (typeof member !== "function") return member;
        return (...args: unknown[]) => clock.during(Promise.resolve(member.apply(object, args)));
      },
    });
  const parts = Object.entries(store).map(([name, value]) => [
    name,
    typeof value === "object" ? part(value as object) : value,
  ]);
  return Object.fromEntries(parts) as Store;
}
