import { lru } from "../../stores/lru.ts";
import type { Services } from "../services.ts";

/** Keys whose burst is remembered: what was quiet for longest is forgotten first. */
const mostKeys = 10_000;

/** Counts one happening under a key. @returns true for the one that makes `most` of them within the time. */
export type Bursts = (key: string, most: number, withinMs: number) => boolean | Promise<boolean>;

/** Finds the happening that begins a burst; the burst goes on until it was quiet for as long as the time that it counts in. */
export function createBursts({ counters, clock }: Pick<Services, "counters" | "clock">): Bursts {
  /** When each burst that goes on is over, if nothing more comes. */
  const endsAt = lru<number>();
  return (key, most, withinMs) => {
    const judge = ({ allowed }: { readonly allowed: boolean }): boolean => {
      if (allowed) return false;
      const now = clock.now();
      const goesOn = (endsAt.use(key) ?? 0) > now;
      endsAt.set(key, now + withinMs);
      if (endsAt.size > mostKeys) endsAt.delete(endsAt.oldest()![0]);
      return !goesOn;
    };
    const used = counters.use(`burst:${key}`, most - 1, { kind: "rolling", ms: withinMs });
    return used instanceof Promise ? used.then(judge) : judge(used);
  };
}
