import type { BotEvent } from "../../../contracts/event.ts";
import { lineOf } from "./events.ts";
import type { Delivery } from "./intake.ts";

export interface InboxParts {
  /** What the delivery says happened; may ask Slack for names. */
  readonly read: (delivery: Delivery) => Promise<readonly BotEvent[]>;
  readonly handle: (event: BotEvent) => Promise<void> | undefined;
  readonly failed: (error: unknown) => void;
}

/** Hands events on in the order in which they happened in a place or came from a person, however long asking for names takes. */
export function createInbox({ read, handle, failed }: InboxParts): (delivery: Delivery) => void {
  const queues = new Map<string, Promise<void>>();
  return (delivery) => {
    const line = lineOf(delivery);
    const work = async () => {
      try {
        for (const event of await read(delivery)) handle(event)?.catch(failed);
      } catch (error) {
        failed(error);
      } finally {
        if (queues.get(line) === mine) queues.delete(line);
      }
    };
    const mine = (queues.get(line) ?? Promise.resolve()).then(work);
    queues.set(line, mine);
  };
}
