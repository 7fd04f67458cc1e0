import type { Json } from "../../../contracts/event.ts";
import type { ConnectDependencies } from "../../../contracts/platform.ts";
import type { ConsoleForms, FormsState } from "./forms.ts";
import type { Recent, RecentState } from "./recent.ts";

const key = "answerable";

interface Kept {
  readonly recent: RecentState;
  readonly forms: FormsState;
}

/** Buttons, menus and forms that wait for an answer, over restarts: a console has nobody else who remembers them. */
export interface Keeping {
  load(): Promise<void>;
  /** Writes what there is now, one write after the other. */
  keep(): void;
  /** Resolves when all of it is written. */
  written(): Promise<void>;
}

export function createKeeping(
  { memory, log }: Pick<ConnectDependencies, "memory" | "log">,
  recent: Recent,
  forms: ConsoleForms,
): Keeping {
  let writing: Promise<void> = Promise.resolve();
  let isWaiting = false;
  const write = async (): Promise<void> => {
    isWaiting = false;
    const kept: Kept = { recent: recent.state(), forms: forms.state() };
    await memory.set(key, JSON.parse(JSON.stringify(kept)) as Json);
  };
  return {
    async load() {
      const kept = (await memory.get(key)) as unknown as Kept | undefined;
      if (kept === undefined) return;
      recent.restore(kept.recent);
      forms.restore(kept.forms);
    },
    keep() {
      if (isWaiting) return;
      isWaiting = true;
      writing = writing.then(write).catch((error: unknown) => {
        log.warn({ error: String(error) }, "what can be answered on the console could not be kept for the next start");
      });
    },
    written: () => writing,
  };
}
