import type { Json } from "../../../contracts/event.ts";
import type { ConnectionMemory } from "../../../contracts/platform.ts";

/** Keeps a value that changes often: one write at a time, and always the newest. */
export interface Keeper {
  /** The value has changed. */
  save(): void;
  /** Resolves when the newest value is kept. */
  kept(): Promise<void>;
}

export function createKeeper(
  memory: ConnectionMemory,
  key: string,
  value: () => Json,
  failed: (error: unknown) => void,
): Keeper {
  let changed = false;
  let writing: Promise<void> | undefined;
  const write = async () => {
    while (changed) {
      changed = false;
      await memory.set(key, value()).catch(failed);
    }
    writing = undefined;
  };
  return {
    save() {
      changed = true;
      writing ??= write();
    },
    kept: async () => writing,
  };
}
