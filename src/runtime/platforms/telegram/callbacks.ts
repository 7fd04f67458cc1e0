import type { Client } from "./client.ts";

/**
 * Answers to presses: a client shows a button as busy until its query is answered, and a query goes stale, so it is
 * answered early and exactly once.
 */
export interface Callbacks {
  /** Notes a new query; it is answered by itself after two seconds. */
  open(id: string): void;
  /** Answers the query if nobody has, with a text that only the person sees. @returns whether this answered it. */
  answer(id: string, text?: string): Promise<boolean>;
  close(): void;
}

const patienceMs = 2000;

/** Longest text of a private answer (answerCallbackQuery). */
export const mostAlertLength = 200;

export function createCallbacks(client: Client, failed: (error: unknown) => void): Callbacks {
  const open = new Map<string, NodeJS.Timeout>();

  const answer = async (id: string, text?: string): Promise<boolean> => {
    const timer = open.get(id);
    if (timer === undefined) return false;
    clearTimeout(timer);
    open.delete(id);
    await client.call("answerCallbackQuery", {
      callback_query_id: id,
      ...(text === undefined ? {} : { text, show_alert: true }),
    });
    return true;
  };

  return {
    open(id) {
      if (open.has(id)) return;
      open.set(
        id,
        setTimeout(() => void answer(id).catch(failed), patienceMs),
      );
    },
    answer,
    close() {
      for (const timer of open.values()) clearTimeout(timer);
      open.clear();
    },
  };
}
