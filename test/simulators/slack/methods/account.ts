import { fail, type Method } from "./method.ts";

/** Who the bot is, where it is, and how it connects. */
export const accountMethods: Record<string, Method> = {
  "auth.test": {
    run: ({ workspace }) => ({
      ok: true,
      url: `https://${workspace.team.domain}.slack.com/`,
      team: workspace.team.name,
      user: workspace.bot.name,
      team_id: workspace.team.id,
      user_id: workspace.bot.id,
      bot_id: workspace.bot.bot_id,
      is_enterprise_install: false,
    }),
  },
  "apps.connections.open": {
    token: "app",
    run: ({ socketUrl }) => ({ ok: true, url: socketUrl() }),
  },
  "team.info": {
    scopes: () => ["team:read"],
    run: ({ workspace }) => ({
      ok: true,
      team: {
        ...workspace.team,
        email_domain: "",
        icon: { image_default: true },
        url: `https://${workspace.team.domain}.slack.com/`,
      },
    }),
  },
  "bots.info": {
    scopes: () => ["users:read"],
    run: ({ args, workspace }) =>
      args.bot === workspace.bot.bot_id
        ? {
            ok: true,
            bot: {
              id: workspace.bot.bot_id,
              deleted: false,
              name: workspace.bot.name,
              updated: 1_700_000_000,
              app_id: workspace.app.id,
              user_id: workspace.bot.id,
              icons: { image_36: "https://avatars.example.org/36.png" },
            },
          }
        : fail("bot_not_found"),
  },
  "oauth.v2.access": {
    token: "none",
    run({ args, tokens, workspace }) {
      if (args.grant_type !== "refresh_token") return fail("invalid_grant_type");
      const renewed = tokens.renew(String(args.refresh_token));
      if (renewed === undefined) return fail("invalid_refresh_token");
      return {
        ok: true,
        ...renewed,
        token_type: "bot",
        app_id: workspace.app.id,
        bot_user_id: workspace.bot.id,
        team: { id: workspace.team.id, name: workspace.team.name },
        enterprise: null,
        is_enterprise_install: false,
      };
    },
  },
};
