import type { CanonicalAction } from "../../contracts/canonical.ts";
import type { Capability } from "../../contracts/right.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { PlacedAction } from "../placed-actions.ts";
import type { Check } from "./check.ts";
import { placedActions } from "./where.ts";

const closing: Capability = "threads.close_public";

/** Threads that a rule begins for all to see, and closes where a platform can close only private ones. */
export const publicThreads: Check = function* (context) {
  const cannotClose = (name: string) => context.words.platforms.get(name)?.capabilities.has(closing) === false;
  for (const rule of context.config.rules) {
    const placed = placedActions(context, rule);
    for (const { action, platforms } of placed) {
      // Where it is refused, what its else says is done in its place.
      if (action.action !== "close_thread" || action.else !== undefined) continue;
      const begun = begunAs(savedName(action), placed);
      // Where no thread can be begun at all is told there.
      const there = platforms.filter((name) => context.words.platforms.get(name)?.capabilities.has("threads") === true);
      const cannot = there.filter(cannotClose);
      const at = begun === undefined || cannot.length === 0 ? undefined : context.origins.position(action);
      if (at === undefined) continue;
      const titles = cannot.map((name) => context.words.platforms.get(name)!.title).join(" and ");
      const where = context.origins.position(begun!);
      const text = {
        code: "not-on-platform",
        message: `a thread that all may see cannot be closed on ${titles}.`,
        hint: "begin it with private: yes, or leave it open",
        ...(where === undefined ? {} : { related: [{ ...where, message: "it is begun here." }] }),
      } as const;
      yield cannot.length === platforms.length ? errorAt(at, text) : warningAt(at, text);
    }
  }
};

/** The saved value that an action names as its thread. */
function savedName({ args }: CanonicalAction): string | undefined {
  const [thread, another] = [args.thread ?? null].flat();
  if (another !== undefined || typeof thread !== "object" || thread === null || !("$" in thread)) return undefined;
  return /^\s*steps\.(\w+)\s*$/.exec(String(thread.$))?.[1];
}

/** The action that has begun the thread, where nothing else is saved under that name and it is not private. */
function begunAs(name: string | undefined, placed: readonly PlacedAction[]): CanonicalAction | undefined {
  const [saving, another] = placed.filter(({ action }) => name !== undefined && action.save_as === name);
  if (saving === undefined || another !== undefined || saving.action.action !== "create_thread") return undefined;
  const { private: isPrivate = false } = saving.action.args;
  return isPrivate === false ? saving.action : undefined;
}
