import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { ConnectionPlan } from "../../../../src/contracts/platform.ts";
import { neededScopes, slackManifest } from "../../../../src/platforms/slack/manifest.ts";
import { slack } from "../../../../src/platforms/slack.ts";
import { loadSpec, noSpecs, specsDirectory } from "../../../simulators/shared/specs.ts";

const secret = { parts: [{ kind: "env", name: "X" }] } as const;
const option = { name: "to", description: "Whom", type: "member", required: true } as const;

const quiet: ConnectionPlan = {
  platform: "slack",
  botName: "Harbour",
  settings: { bot_token: secret, app_token: secret, command: "/harbour" },
  feeds: [],
  capabilities: [],
  rights: [],
  webhooks: [],
  commands: [],
};
const busy: ConnectionPlan = {
  ...quiet,
  botName: "The keeper of everything that happens in the harbour",
  settings: {
    bot_token: secret,
    signing_secret: secret,
    url: "https://bot.example.org/",
    command: "/harbour",
    own_commands: ["give", "later"],
  },
  feeds: [
    "buttons",
    "commands",
    "direct_messages",
    "member_roles",
    "members",
    "message_deletions",
    "message_edits",
    "message_text",
    "messages",
    "reactions",
  ],
  capabilities: [...slack.capabilities],
  rights: ["send_messages", "pin_messages"],
  commands: [
    {
      name: "give",
      description: "Give coins",
      options: [option, { ...option, name: "amount", required: false }],
      rights: [],
    },
  ],
};

describe("the manifest of the Slack app", () => {
  it("asks for what the file needs and no more", () => {
    expect(neededScopes(quiet)).toEqual([
      "channels:read",
      "chat:write",
      "groups:read",
      "usergroups:read",
      "users:read",
    ]);
    expect(neededScopes({ ...quiet, feeds: ["commands"] })).toEqual([
      "app_mentions:read",
      "channels:read",
      "chat:write",
      "commands",
      "groups:read",
      "im:history",
      "usergroups:read",
      "users:read",
    ]);
    expect(slackManifest(quiet)).toMatchObject({
      display_information: { name: "Harbour" },
      features: { bot_user: { display_name: "Harbour" } },
      settings: {
        socket_mode_enabled: true,
        interactivity: { is_enabled: false },
        event_subscriptions: { bot_events: ["app_uninstalled", "tokens_revoked"] },
      },
    });
    expect(slackManifest(quiet)).not.toHaveProperty("features.slash_commands");
  });

  it("asks for what each word needs", () => {
    const more = (plan: Partial<ConnectionPlan>) =>
      neededScopes({ ...quiet, ...plan }).filter((scope) => !neededScopes(quiet).includes(scope));
    const histories = ["channels:history", "groups:history", "im:history", "mpim:history"];
    expect(more({ capabilities: ["messages.edit", "messages.menu", "forms"] })).toEqual([]);
    expect(more({ capabilities: ["messages.pin"], rights: ["pin_messages"] })).toEqual(["pins:write"]);
    expect(more({ capabilities: ["messages.history"], rights: ["read_messages"] })).toEqual(histories);
    expect(more({ capabilities: ["messages.file"] })).toEqual(["files:write", "im:write"]);
    expect(more({ capabilities: ["threads"], rights: ["manage_threads"] })).toEqual([]);
    expect(more({ capabilities: ["threads", "threads.private"] })).toEqual(["groups:write"]);
    expect(more({ feeds: ["message_edits"] })).toEqual(histories);
    expect(more({ feeds: ["message_deletions"] })).toEqual(histories);
    expect(more({ feeds: ["reactions"] })).toEqual(["reactions:read"]);
    expect(more({ feeds: ["member_roles"] })).toEqual(["im:write"]);
  });

  it("hears only what rules listen to: reading what was said takes no event", () => {
    const events = (plan: Partial<ConnectionPlan>) =>
      (slackManifest({ ...quiet, ...plan }) as { settings: { event_subscriptions: { bot_events: string[] } } }).settings
        .event_subscriptions.bot_events;
    expect(events({ capabilities: ["messages.history"], rights: ["read_messages"] })).toEqual(events({}));
    expect(events({ feeds: ["message_edits"] })).toContain("message.channels");
    expect(events({ feeds: ["member_roles"] })).toContain("subteam_members_changed");
    expect(events({ feeds: ["direct_messages"] }).filter((event) => event.startsWith("message."))).toEqual([
      "message.im",
    ]);
  });

  it("holds commands, events and addresses", () => {
    expect(slackManifest(busy)).toMatchObject({
      features: {
        slash_commands: [
          { command: "/harbour", url: "https://bot.example.org/slack/events", should_escape: true, usage_hint: "help" },
          { command: "/give", description: "Give coins", usage_hint: "to [amount]" },
          { command: "/later", description: "later" },
        ],
      },
      settings: {
        socket_mode_enabled: false,
        interactivity: { is_enabled: true, request_url: "https://bot.example.org/slack/events" },
        event_subscriptions: {
          request_url: "https://bot.example.org/slack/events",
          bot_events: [
            "app_mention",
            "app_uninstalled",
            "message.channels",
            "message.groups",
            "message.im",
            "message.mpim",
            "reaction_added",
            "reaction_removed",
            "subteam_members_changed",
            "team_join",
            "tokens_revoked",
          ],
        },
      },
    });
  });

  const schemas = ["manifest.schema.json", "manifest.schema.1.0.0.json"];
  it("fits Slack's schemas", ({ skip }) => {
    skip(specsDirectory() === undefined, noSpecs);
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    for (const version of ["1.0.0", "2.0.0"])
      ajv.addSchema(
        loadSpec<object>(`slack/manifest.schema.${version}.json`),
        `https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/manifest.schema.${version}.json`,
      );
    for (const name of schemas) {
      const validate = ajv.compile(loadSpec<object>(`slack/${name}`));
      for (const plan of [quiet, busy, { ...busy, settings: { ...busy.settings, url: null } }]) {
        validate(slackManifest(plan));
        expect(validate.errors, name).toBeNull();
      }
    }
  });
});
