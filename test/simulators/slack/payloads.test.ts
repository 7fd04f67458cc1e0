import { WebClient } from "@slack/web-api";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, it } from "vitest";
import { loadSpec, noSpecs, specsDirectory } from "../shared/specs.ts";
import { startSlackSimulator } from "./index.ts";
import type { Json } from "./json.ts";
import { quiet } from "./quiet.ts";
import { generatedCheck } from "./validate/schemas.ts";

const definitions: Record<string, string> = {
  app_mention: "AppMentionEvent",
  "message:": "GenericMessageEvent",
  "message:file_share": "FileShareMessageEvent",
  "message:message_changed": "MessageChangedEvent",
  "message:message_deleted": "MessageDeletedEvent",
  member_joined_channel: "MemberJoinedChannelEvent",
  member_left_channel: "MemberLeftChannelEvent",
  team_join: "TeamJoinEvent",
  subteam_members_changed: "SubteamMembersChangedEvent",
  reaction_added: "ReactionAddedEvent",
  reaction_removed: "ReactionRemovedEvent",
};

beforeEach(({ skip }) => skip(specsDirectory() === undefined, noSpecs));

describe("what the simulator sends fits the published formats", () => {
  it("in every event, command and press", async () => {
    const slack = await startSlackSimulator({ usergroups: [{ handle: "crew", users: ["bob"] }] });
    const web = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: quiet });
    const channel = slack.workspace.channel("general").id;
    slack.say({ channel: "general", user: "bob", text: "hello" });
    const said = slack.seen("general")[0]!;
    slack.say({ channel: "general", user: "ada", text: "in the thread", thread_ts: said.ts });
    slack.say({ channel: "general", user: "bob", text: "look", files: [{ name: "cat.png", mimetype: "image/png" }] });
    slack.mention({ channel: "general", user: "ada", text: "you" });
    slack.edit(said, "hello all");
    slack.removeMessage(slack.seen("general").at(-1)!);
    slack.changeGroup({ handle: "crew", added: ["ada"], removed: ["bob"] });
    slack.react({ user: "ada", message: said, name: "wave" });
    slack.react({ user: "ada", message: said, name: "wave", remove: true });
    slack.memberJoined({ user: "dora", channel: "random" });
    slack.memberLeft({ user: "dora", channel: "random" });
    slack.slash({ channel: "@bob", user: "bob", command: "/harbour", text: "help" });
    const title = { type: "plain_text", text: "Go" } as const;
    const options = [{ text: title, value: "go" }];
    const elements = [
      { type: "button", action_id: "b", text: title, value: "go" },
      { type: "static_select", action_id: "s", options },
      { type: "users_select", action_id: "u" },
    ] as const;
    const posted = await web.chat.postMessage({
      channel,
      text: "?",
      blocks: [{ type: "actions", elements: [...elements] as never }],
    });
    const message = slack.workspace.message(channel, String(posted.ts))!;
    slack.press({ user: "bob", message, action_id: "b" });
    slack.press({ user: "bob", message, action_id: "s", value: "go" });
    slack.press({ user: "bob", message, action_id: "u", value: slack.workspace.user("ada").id });
    await web.chat.update({ channel, ts: message.ts, text: "done" });
    await web.reactions.add({ channel, timestamp: message.ts, name: "tada" });
    await web.chat.delete({ channel, ts: message.ts });
    const modal = { type: "modal", title, submit: title, blocks: [] };
    const view = {
      id: "V1",
      hash: "1",
      external_id: "",
      user: "",
      body: modal,
      root_view_id: "V1",
      previous_view_id: null,
    };
    slack.submit({ user: "bob", view });
    slack.dismiss({ user: "bob", view });

    const wrapper = new Ajv({ strict: false }).compile(loadSpec<Json>("slack/slack_common_event_wrapper_schema.json"));
    const events = new Map(
      Object.entries(definitions).map(([name, definition]) => [name, generatedCheck("Event", definition, false)]),
    );
    const interactive: Record<string, string> = {
      block_actions: "bolt.SlackBlockAction",
      view_submission: "bolt.ViewSubmit",
      view_closed: "bolt.ViewClosed",
    };
    const seen = new Set<string>();
    for (const { envelope } of slack.deliveries.all) {
      const { payload } = envelope;
      if (envelope.type === "slash_commands") expect(generatedCheck("bolt.SlackSlash")(payload)).toEqual([]);
      else if (envelope.type === "interactive") {
        seen.add(String(payload.type));
        const { enterprise: _none, ...rest } = payload;
        expect(generatedCheck(interactive[String(payload.type)]!, undefined, false)(rest)).toEqual([]);
      } else {
        expect(wrapper(payload), JSON.stringify(wrapper.errors)).toBe(true);
        const inner = payload.event as Json;
        const name = inner.type === "message" ? `message:${String(inner.subtype ?? "")}` : String(inner.type);
        seen.add(name);
        expect(events.get(name)?.(inner), JSON.stringify(inner)).toEqual([]);
      }
    }
    expect([...seen].sort()).toEqual([...Object.keys(definitions), ...Object.keys(interactive)].sort());
    expect(slack.problems).toEqual([]);
    await slack.close();
  });

  it("in the answers of the Web API", async () => {
    const slack = await startSlackSimulator({ echo: false });
    const call = async (method: string, args: Json, token = slack.botToken): Promise<unknown> => {
      const headers = { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token}` };
      const response = await fetch(`${slack.apiUrl}${method}`, {
        method: "POST",
        headers,
        body: JSON.stringify(args),
      });
      return response.json();
    };
    const channel = slack.workspace.channel("general").id;
    // Slack answers null for what is not there, which the published response types call optional.
    const check = (file: string, answer: unknown) =>
      expect(generatedCheck(file, undefined, false)(withoutNulls(answer))).toEqual([]);
    const meta = { response_metadata: {} };
    check("AuthTestResp", { ...((await call("auth.test", {})) as Json), ...meta });
    check("AppsConnectionsOpenResp", {
      ...((await call("apps.connections.open", {}, slack.appToken)) as Json),
      ...meta,
    });
    check("ChatPostMessageResp", { ...((await call("chat.postMessage", { channel, text: "x" })) as Json), ...meta });
    const trigger_id = slack.triggers.issue(slack.workspace.user("bob").id);
    const view = { type: "modal", title: { type: "plain_text", text: "Go" }, blocks: [] };
    check("ViewsOpenResp", { ...((await call("views.open", { trigger_id, view })) as Json), ...meta });
    slack.triggers.expire();
    const late = { trigger_id: slack.triggers.issue("x"), view };
    slack.triggers.expire();
    expect(await call("views.open", late)).toMatchObject({ error: "expired_trigger_id" });
    expect(slack.problems).toEqual([]);
    await slack.close();
  });
});

function withoutNulls(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer, (_key, value: unknown) => value ?? undefined));
}
