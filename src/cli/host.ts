import { randomBytes } from "node:crypto";
import type { Host } from "../contracts/host.ts";

/** The real world: this machine's clock, randomness and environment. */
export function productionHost(env: Host["env"]): Host {
  return {
    clock: {
      now: Date.now,
      after(ms, callback) {
        return longTimer(ms, callback);
      },
    },
    random: Math.random,
    newId: () => randomBytes(16).toString("base64url"),
    env,
  };
}

/** The longest time that one timer of Node can wait; more fires at once (documentation of setTimeout). */
const longestMs = 2 ** 31 - 1;

function longTimer(ms: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number) => {
    const part = Math.min(Math.max(0, left), longestMs);
    timer = setTimeout(() => (left > part ? wait(left - part) : callback()), part);
    timer.unref();
  };
  wait(ms);
  return () => clearTimeout(timer);
}
