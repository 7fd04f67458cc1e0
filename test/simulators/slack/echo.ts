import type { Deliveries } from "./deliveries.ts";
import type { Json } from "./json.ts";
import type { Echo } from "./methods/method.ts";
import * as payloads from "./payloads.ts";
import type { Workspace } from "./workspace.ts";

/** The bot's own doings come back to it as events, as they do in a real workspace; `enabled` says whether. */
export function createEcho(workspace: Workspace, deliveries: Deliveries, now: () => number, enabled: boolean): Echo {
  const emit = (event: Json) => {
    if (enabled) deliveries.deliver("events_api", payloads.eventCallback(event, workspace, now));
  };
  const hears = (id: string) => workspace.channel(id).members.has(workspace.bot.id);
  return {
    posted(message) {
      if (hears(message.channel)) emit(payloads.messageEvent(message, workspace.channel(message.channel), workspace));
    },
    changed(message, previous) {
      emit(payloads.messageChanged(message, previous, workspace.channel(message.channel), workspace));
    },
    deleted(message) {
      emit(payloads.messageDeleted(message, workspace.channel(message.channel), workspace));
    },
    reaction(kind, message, name, user) {
      emit(payloads.reactionEvent(kind, message, name, user, workspace));
    },
    left(channel, user) {
      emit(payloads.membershipEvent("member_left_channel", user, channel, workspace));
    },
    joined(channel, user) {
      emit(payloads.membershipEvent("member_joined_channel", user, channel, workspace));
    },
  };
}
