import { channelObject, emojisOf, guildObject } from "../wire.ts";
import { guildOf, roleOf } from "./lookup.ts";
import type { Route } from "./router.ts";

export const guildRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/guilds/{guild_id}",
    handle: (call) => ({ status: 200, body: guildObject(guildOf(call)) }),
  },
  {
    method: "GET",
    template: "/guilds/{guild_id}/channels",
    handle(call) {
      const channels = [...guildOf(call).channels.values()].filter(({ thread }) => thread === undefined);
      return { status: 200, body: channels.map(channelObject) };
    },
  },
  {
    method: "GET",
    template: "/guilds/{guild_id}/emojis",
    handle: (call) => ({ status: 200, body: emojisOf(guildOf(call)) }),
  },
  {
    method: "GET",
    template: "/guilds/{guild_id}/roles",
    handle: (call) => ({ status: 200, body: [...guildOf(call).roles.values()] }),
  },
  {
    method: "GET",
    template: "/guilds/{guild_id}/roles/{role_id}",
    handle: (call) => ({ status: 200, body: roleOf(call, guildOf(call)) }),
  },
  {
    method: "GET",
    template: "/guilds/{guild_id}/threads/active",
    handle(call) {
      const threads = [...guildOf(call).channels.values()].filter(
        ({ thread }) => thread !== undefined && !thread.archived,
      );
      return { status: 200, body: { threads: threads.map(channelObject), members: [], has_more: false } };
    },
  },
];
