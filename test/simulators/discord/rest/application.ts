import { applicationFlags, type Portal } from "../simulation.ts";
import type { World } from "../state.ts";
import { ownUserObject } from "../wire.ts";
import { unknownThing } from "./errors.ts";
import type { Route } from "./router.ts";

export const applicationRoutes: readonly Route[] = [
  {
    method: "GET",
    template: "/gateway/bot",
    handle({ simulation: { portal, url } }) {
      const { total, remaining, resetAfter, maxConcurrency } = portal.sessionStart;
      const session_start_limit = { total, remaining, reset_after: resetAfter, max_concurrency: maxConcurrency };
      const address = `${url.replace("http:", "ws:")}/gateway`;
      return { status: 200, body: { url: address, shards: portal.recommendedShards, session_start_limit } };
    },
  },
  {
    method: "GET",
    template: "/users/@me",
    handle: ({ simulation: { world } }) => ({ status: 200, body: ownUserObject(world.bot) }),
  },
  {
    method: "GET",
    template: "/users/{user_id}",
    handle({ simulation: { world }, params }) {
      const user = world.users.get(params.user_id!);
      if (user === undefined) throw unknownThing("User");
      return { status: 200, body: user };
    },
  },
  {
    method: "GET",
    template: "/oauth2/applications/@me",
    handle: ({ simulation: { world, portal } }) => ({ status: 200, body: applicationObject(world, portal) }),
  },
  {
    method: "GET",
    template: "/applications/@me",
    handle: ({ simulation: { world, portal } }) => ({ status: 200, body: applicationObject(world, portal) }),
  },
  {
    method: "GET",
    template: "/users/@me/guilds",
    handle({ simulation: { world } }) {
      const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
      const body = guilds.map(({ id, name }) => ({
        id,
        name,
        icon: null,
        banner: null,
        owner: false,
        permissions: "0",
        features: [],
      }));
      return { status: 200, body };
    },
  },
];

function applicationObject(world: World, portal: Portal): object {
  const flags = applicationFlags(portal);
  return {
    id: world.applicationId,
    name: world.applicationName,
    icon: null,
    description: "",
    type: null,
    verify_key: "0".repeat(64),
    flags,
    flags_new: `${flags}`,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: { ...world.bot, id: world.applicationId },
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
    bot: world.bot,
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { "0": {} },
  };
}
