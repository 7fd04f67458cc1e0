import { randomFillSync } from "node:crypto";
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
    newId: idMaker(),
    env,
  };
}

/** Ids of 128 random bits each; the bits are drawn for many ids at once, because drawing costs more than using them. */
function idMaker(): () => string {
  const bits = Buffer.alloc(16 * 256);
  let used = bits.length;
  return () => {
    if (used === bits.length) {
      randomFillSync(bits);
      used = 0;
    }
    used += 16;
    return bits.toString("base64url", used - 16, used);
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
