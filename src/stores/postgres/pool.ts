import pg from "pg";
import type { StoreSettings } from "../../contracts/store.ts";

/** Idle connections above the minimum close after this long, in milliseconds. */
const idleMs = 30_000;
/** Waits between attempts to fill the pool up again, in milliseconds. */
const [firstPause, longestPause] = [500, 30_000];

/**
 * A pool that really holds `min` connections: pg's own pool only spares them from idling out, and neither opens them at
 * the start nor replaces them after an outage.
 */
export function keptPool(settings: Extract<StoreSettings, { kind: "postgres" }>): {
  readonly pool: pg.Pool;
  /** Opens what is missing. @throws when a connection cannot be opened. */
  fill(): Promise<void>;
  end(): Promise<void>;
} {
  const { url, max, timeoutMs } = settings;
  const min = Math.min(settings.min, max);
  const pool = new pg.Pool({
    connectionString: url,
    min,
    max,
    connectionTimeoutMillis: timeoutMs,
    // The server is asked first to give up; this ends the wait for one that is gone.
    query_timeout: timeoutMs + 500,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    application_name: "botctl",
    types: { getTypeParser },
    // Not as a start parameter: connection poolers in between refuse those.
    onConnect: async (client) => {
      await client.query(`set statement_timeout = ${Math.ceil(timeoutMs)}`);
    },
  });
  let pause = firstPause;
  let again: NodeJS.Timeout | undefined;
  let ended = false;

  // An idle connection that breaks is only replaced; whoever needs one is told by the request.
  pool.on("error", refill);
  pool.on("remove", refill);

  async function fill(): Promise<void> {
    const missing = min - pool.totalCount;
    if (missing <= 0) return;
    // Idle ones are handed out first, so they are held too until the missing ones are open.
    const taken = await Promise.allSettled(Array.from({ length: pool.idleCount + missing }, () => pool.connect()));
    for (const one of taken) if (one.status === "fulfilled") one.value.release();
    for (const one of taken) if (one.status === "rejected") throw one.reason;
  }

  function refill(): void {
    if (ended || again !== undefined || pool.totalCount >= min) return;
    again = setTimeout(() => {
      again = undefined;
      if (ended) return;
      fill().then(
        () => {
          pause = firstPause;
          refill();
        },
        () => {
          pause = Math.min(pause * 2, longestPause);
          refill();
        },
      );
    }, pause).unref();
  }

  return {
    pool,
    fill,
    async end() {
      ended = true;
      clearTimeout(again);
      await pool.end();
    },
  };
}

/** 64-bit integers (times, counts, sequences) stay below 2^53 here, so they come as numbers, not as texts. */
const getTypeParser: typeof pg.types.getTypeParser = (id: number, format?: "text" | "binary") =>
  id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format as "text");
