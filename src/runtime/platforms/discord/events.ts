import type { GatewayDispatchPayload } from "discord.js";
import type { BotEvent } from "../../../contracts/event.ts";
import type { EventContext, OfSomebody } from "./event-context.ts";
import { interactionEvent } from "./interaction-events.ts";
import { joinedEvent, leftEvent, roleEvents } from "./member-events.ts";
import { deletedEvents, editedEvent, reactionEvent, writtenEvent } from "./message-events.ts";
import { threadEvent, voiceEvents } from "./place-events.ts";

type Heard = BotEvent | OfSomebody;

/** What a dispatch says happened, as far as rules hear of it. */
export function eventsOf(payload: GatewayDispatchPayload, context: EventContext): readonly Heard[] {
  switch (payload.t) {
    case "MESSAGE_CREATE":
      return listed(writtenEvent(payload.d, context));
    case "MESSAGE_UPDATE":
      return listed(editedEvent(payload.d, context));
    case "MESSAGE_DELETE":
      return deletedEvents({ ids: [payload.d.id] }, context);
    case "MESSAGE_DELETE_BULK":
      return deletedEvents(payload.d, context);
    case "MESSAGE_REACTION_ADD":
      return listed(reactionEvent("reaction_added", payload.d, context));
    case "MESSAGE_REACTION_REMOVE":
      return listed(reactionEvent("reaction_removed", payload.d, context));
    case "INTERACTION_CREATE":
      return listed(interactionEvent(payload.d, context));
    case "GUILD_MEMBER_ADD":
      return listed(joinedEvent(payload.d, context));
    case "GUILD_MEMBER_REMOVE":
      return listed(leftEvent(payload.d, context));
    case "GUILD_MEMBER_UPDATE":
      return roleEvents(payload.d, context);
    case "THREAD_CREATE":
      return listed(threadEvent(payload.d, context));
    case "VOICE_STATE_UPDATE":
      return voiceEvents(payload.d, context);
    default:
      return [];
  }
}

const listed = (event: Heard | undefined): readonly Heard[] => (event === undefined ? [] : [event]);
