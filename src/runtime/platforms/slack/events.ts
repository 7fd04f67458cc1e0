import type { BotEvent } from "../../../contracts/event.ts";
import { type EventContext, text } from "./event-context.ts";
import { groupEvents, joinedEvent, reactionEvent } from "./happenings.ts";
import { type Delivery, isPayload, type Payload } from "./intake.ts";
import { commandEvent, interactionEvent } from "./interactions.ts";
import { messageEvents } from "./messages.ts";

/**
 * What keeps its order is read one after the other: what is said in a place, and what one person calls and presses. Those
 * wait for nobody else, because Slack takes a form or an answer for three seconds only.
 */
export function lineOf({ type, body }: Delivery): string {
  if (type === "slash_commands") return text(body.user_id) ?? "";
  if (type === "interactive") return (isPayload(body.user) ? text(body.user.id) : undefined) ?? "";
  if (!isPayload(body.event)) return "";
  const { item } = body.event;
  return text(body.event.channel) ?? (isPayload(item) ? text(item.channel) : undefined) ?? "";
}

/** What a delivery says happened, as far as rules hear of it. */
export async function readEvents({ type, body }: Delivery, context: EventContext): Promise<readonly BotEvent[]> {
  if (type === "slash_commands") return some(await commandEvent(body, context));
  if (type === "interactive") return some(await interactionEvent(body, context));
  if (type !== "events_api" || !isPayload(body.event)) return [];
  return happened(body, body.event, context);
}

async function happened(body: Payload, event: Payload, context: EventContext): Promise<readonly BotEvent[]> {
  switch (event.type) {
    case "message":
    // A mention comes as both, perhaps with only one of them subscribed to; the key is the same.
    case "app_mention":
      return some(await messageEvents(event, context));
    case "team_join":
      return some(await joinedEvent(body, event, context));
    case "reaction_added":
    case "reaction_removed":
      return some(await reactionEvent(body, event, event.type, context));
    case "subteam_members_changed":
      return groupEvents(body, event, context);
    default:
      return [];
  }
}

const some = (event: BotEvent | undefined): readonly BotEvent[] => (event === undefined ? [] : [event]);
