import { say } from "../../sentences/sentence.ts";
import { giveBack } from "../engine/cooldown.ts";
import { giveUseOfRunBack } from "../engine/limits.ts";
import type { Services } from "../services.ts";
import { tell } from "./answer.ts";
import type { Run } from "./run.ts";
import { queueRun } from "./storing.ts";

/** How many runs wait for their turn behind one that is under way. */
export const mostQueued = 10;

/** Runs that must not overlap and are under way without being stored yet, by what they have in common. */
export type RunsUnderWay = Map<string, Set<Run>>;

type Turn = "begins" | "busy" | "queued" | "full";

/**
 * Begins a run where its rule's `overlap` lets it: at once, instead of the one before, or after it. Runs that wait count,
 * also those from before a restart. Who asked is told when it does not begin now; rules are silent.
 */
/** What is said to whoever has to wait. */
const waits = { busy: "still_running", queued: "queued", full: "queue_full" } as const;

export async function withoutOverlap(services: Services, run: Run, begin: () => Promise<unknown>): Promise<void> {
  if (run.overlap === "") {
    await begin();
    return;
  }
  const turn = await turnOf(services, run);
  if (turn === "begins") {
    try {
      await begin();
    } finally {
      await endTurn(services, run);
    }
    return;
  }
  // A run that waits for its turn is stored with what it has taken; one that never begins was no use of the command.
  if (turn !== "queued") {
    await giveBack(services, run.promised);
    await giveUseOfRunBack(services, run);
  }
  services.log.info({ rule: run.rule.name, turn }, "a rule did not begin, because it is still under way");
  if (run.acting === "person") await tell(services, run.event, say(waits[turn]));
}

async function turnOf(services: Services, run: Run): Promise<Turn> {
  const { overlap } = run;
  const { runs } = services.store;
  const others = services.underWay.get(overlap);
  switch (run.rule.canonical.overlap) {
    case "restart":
      for (const other of others ?? []) other.control.cancelled = true;
      claim(services, run);
      await runs.cancel(overlap);
      return "begins";
    case "queue": {
      if (others === undefined) {
        claim(services, run);
        const { underWay, queued } = await runs.standing(overlap);
        if (underWay + queued === 0) return "begins";
        release(services, run);
      }
      const { queued } = await runs.standing(overlap);
      if (queued >= mostQueued) return "full";
      await queueRun(services, run);
      // What it would have waited for may have ended meanwhile.
      await advance(services, overlap);
      return "queued";
    }
    default: {
      if (others !== undefined) return "busy";
      claim(services, run);
      const { underWay } = await runs.standing(overlap);
      if (underWay === 0) return "begins";
      release(services, run);
      return "busy";
    }
  }
}

async function endTurn(services: Services, run: Run): Promise<void> {
  release(services, run);
  if (run.rule.canonical.overlap === "queue") await advance(services, run.overlap);
}

async function advance(services: Services, overlap: string): Promise<void> {
  if (services.underWay.has(overlap)) return;
  if (await services.store.runs.advance(overlap, services.clock.now())) services.wakeJobs();
}

function claim({ underWay }: Services, run: Run): void {
  const others = underWay.get(run.overlap);
  if (others === undefined) underWay.set(run.overlap, new Set([run]));
  else others.add(run);
}

function release({ underWay }: Services, run: Run): void {
  const others = underWay.get(run.overlap);
  others?.delete(run);
  if (others?.size === 0) underWay.delete(run.overlap);
}
