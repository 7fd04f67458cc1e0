import type { BotEvent, MessageContent } from "../../contracts/event.ts";

/** The message that an event is about; undefined where it is about none. */
export function messageOf(event: BotEvent): MessageContent | undefined {
  return "message" in event ? event.message : undefined;
}
