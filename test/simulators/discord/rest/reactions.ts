import type { APIUser } from "discord.js";
import { changeReaction } from "../reactions.ts";
import type { Channel } from "../state.ts";
import { unknownThing } from "./errors.ts";
import { channelWhereMay, limitOf, messageOf } from "./lookup.ts";
import type { RestCall, Route } from "./router.ts";

const reactions = "/channels/{channel_id}/messages/{message_id}/reactions";

export const reactionRoutes: readonly Route[] = [
  {
    method: "PUT",
    template: `${reactions}/{emoji_name}/@me`,
    handle(call) {
      const channel = channelWhereMay(call, "ReadMessageHistory", "AddReactions");
      const [, id] = call.params.emoji_name!.split(":");
      const isKnown = id === undefined ? !/^\w+$/.test(call.params.emoji_name!) : channel.guild?.emojis.has(id);
      if (isKnown !== true) throw unknownThing("Emoji");
      react(call, channel, call.simulation.world.bot, true);
      return {};
    },
  },
  {
    method: "DELETE",
    template: `${reactions}/{emoji_name}/@me`,
    handle(call) {
      const channel = channelWhereMay(call);
      react(call, channel, call.simulation.world.bot, false);
      return {};
    },
  },
  {
    method: "DELETE",
    template: `${reactions}/{emoji_name}/{user_id}`,
    handle(call) {
      const channel = channelWhereMay(call, "ManageMessages");
      const user = call.simulation.world.users.get(call.params.user_id!);
      if (user !== undefined) react(call, channel, user, false);
      return {};
    },
  },
  {
    method: "GET",
    template: `${reactions}/{emoji_name}`,
    handle(call) {
      const channel = channelWhereMay(call, "ReadMessageHistory");
      const { world } = call.simulation;
      const ids = world.reactions.get(messageOf(call, channel).id)?.get(call.params.emoji_name!) ?? [];
      const users = [...ids].flatMap((id) => world.users.get(id) ?? []);
      return { status: 200, body: users.slice(0, limitOf(call, 25, 100)) };
    },
  },
];

function react(call: RestCall, channel: Channel, user: APIUser, present: boolean): void {
  changeReaction(call.simulation, channel, messageOf(call, channel), user, call.params.emoji_name!, present);
}
