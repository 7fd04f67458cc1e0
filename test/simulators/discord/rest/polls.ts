import { updateMessage } from "../messages.ts";
import { channelWhereMay, messageOf } from "./lookup.ts";
import type { Route } from "./router.ts";

const polls = "/channels/{channel_id}/polls/{message_id}";

export const pollRoutes: readonly Route[] = [
  {
    method: "GET",
    template: `${polls}/answers/{answer_id}`,
    handle(call) {
      const message = messageOf(call, channelWhereMay(call, "ReadMessageHistory"));
      const { world } = call.simulation;
      const ids = world.votes.get(message.id)?.get(Number(call.params.answer_id)) ?? [];
      return { status: 200, body: { users: [...ids].flatMap((id) => world.users.get(id) ?? []) } };
    },
  },
  {
    method: "POST",
    template: `${polls}/expire`,
    handle(call) {
      const channel = channelWhereMay(call);
      const message = messageOf(call, channel);
      if (message.poll !== undefined) {
        const answer_counts = message.poll.results?.answer_counts ?? [];
        const results = { is_finalized: true, answer_counts };
        message.poll = { ...message.poll, expiry: new Date(call.simulation.world.now()).toISOString(), results };
      }
      updateMessage(call.simulation, channel, message);
      return { status: 200, body: message };
    },
  },
];
