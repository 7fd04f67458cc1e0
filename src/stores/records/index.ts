import type { Store } from "../../contracts/store.ts";
import { auditStore } from "./audit.ts";
import { cooldownStore } from "./cooldowns.ts";
import { dataStore } from "./data.ts";
import type { Engine } from "./engine.ts";
import { factStore } from "./facts.ts";
import { jobStore } from "./jobs.ts";
import { peopleStore } from "./people.ts";
import { personalStore } from "./personal.ts";
import { runStore } from "./runs.ts";
import { warningStore } from "./warnings.ts";

/** The store on an engine whose tables are up to date. */
export function recordStore(engine: Engine, now: () => number): Store {
  return {
    data: dataStore(engine),
    cooldowns: cooldownStore(engine),
    warnings: warningStore(engine),
    jobs: jobStore(engine, now),
    runs: runStore(engine),
    people: peopleStore(engine),
    facts: factStore(engine),
    audit: auditStore(engine),
    personal: personalStore(engine),
    shared: engine.dialect === "postgres",
    close: () => engine.close(),
  };
}
