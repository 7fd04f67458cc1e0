import { type KnownBlock, type OauthV2AccessResponse, WebClient, type WebClientOptions } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noSpecs, specsDirectory } from "../shared/specs.ts";
import { type SlackSimulator, startSlackSimulator } from "./index.ts";
import { quiet } from "./quiet.ts";

let slack: SlackSimulator;
beforeEach(async () => {
  slack = await startSlackSimulator({
    users: [{ name: "ada", is_primary_owner: true }, { name: "bob" }, { name: "eve" }],
    channels: [
      { name: "general" },
      { name: "random", members: ["ada", "bob"] },
      { name: "moderation", kind: "group", bot: false },
      { name: "elsewhere", bot: false },
    ],
    usergroups: [{ handle: "staff", users: ["ada"] }],
    pageLimit: 2,
  });
});
afterEach(() => slack.close());

const client = (options: WebClientOptions = {}, token = slack.botToken) =>
  new WebClient(token, { slackApiUrl: slack.apiUrl, logger: quiet, retryConfig: { retries: 0 }, ...options });
const id = (channel: string) => slack.workspace.channel(channel).id;
const person = (name: string) => slack.workspace.user(name).id;
const refused = (error: string) => ({ data: { error } });

const blocks: KnownBlock[] = [
  { type: "section", text: { type: "mrkdwn", text: "Which *game*?" } },
  {
    type: "actions",
    block_id: "games",
    elements: [
      {
        type: "button",
        action_id: "run:1",
        text: { type: "plain_text", text: "Chess" },
        value: "chess",
        style: "primary",
      },
      {
        type: "static_select",
        action_id: "menu:1",
        options: [{ text: { type: "plain_text", text: "Go" }, value: "go" }],
      },
    ],
  },
];

describe("what the Web API answers", () => {
  it("knows the bot, and pages through lists with cursors", async () => {
    expect(await client().auth.test()).toMatchObject({ user_id: slack.workspace.bot.id, team: "Harbour" });
    const names: unknown[] = [];
    for await (const page of client().paginate("users.list", { limit: 200 }))
      names.push(...(page as unknown as { members: { name: string }[] }).members.map(({ name }) => name));
    expect(names).toEqual(["harbourbot", "ada", "bob", "eve"]);
    const listed = await client().conversations.list({
      types: "public_channel,private_channel",
      exclude_archived: true,
    });
    expect(listed.channels?.map(({ name }) => name)).toEqual(["general", "random"]);
    await expect(client().conversations.list({ cursor: "bm9uc2Vuc2U=" })).rejects.toMatchObject(
      refused("invalid_cursor"),
    );
    expect((await client().usergroups.list({ include_users: true })).usergroups?.[0]?.users).toEqual([person("ada")]);
    expect((await client().users.info({ user: person("ada") })).user).toMatchObject({
      is_primary_owner: true,
      is_admin: true,
    });
    expect(slack.problems).toEqual([]);
  });

  it("keeps what is posted, changed and deleted", async () => {
    const web = client();
    const posted = await web.chat.postMessage({ channel: id("random"), text: "Which game?", blocks });
    const ts = String(posted.ts);
    expect(slack.seen("random")).toMatchObject([{ text: "Which game?", ts }]);
    await web.chat.update({ channel: id("random"), ts, text: "Chess it is", blocks: [] });
    await web.reactions.add({ channel: id("random"), timestamp: ts, name: "tada" });
    expect(slack.seen("random")).toMatchObject([{ text: "Chess it is", reactions: [{ name: "tada" }] }]);
    await web.chat.postEphemeral({ channel: id("random"), user: person("bob"), text: "only you" });
    expect(slack.seen("random", "ada")).toHaveLength(1);
    expect(slack.seen("random", "bob")).toHaveLength(2);
    await web.chat.delete({ channel: id("random"), ts });
    expect(slack.seen("random", "ada")).toEqual([]);
    expect(slack.problems).toEqual([]);
    expect(slack.calls.all[0]).toMatchObject({ method: "chat.postMessage", args: { blocks } });
  });

  it("takes a file in three steps", async () => {
    await client().filesUploadV2({
      channel_id: id("random"),
      filename: "talk.txt",
      file: Buffer.from("hello"),
      initial_comment: "The talk",
    });
    expect(slack.seen("random")).toMatchObject([{ text: "The talk", files: [{ title: "talk.txt" }] }]);
    expect(slack.uploads.all[0]?.body.toString()).toContain("hello");
    expect(slack.problems).toEqual([]);
  });

  it("refuses as Slack refuses", async () => {
    const web = client();
    const theirs = slack.say({ channel: "random", user: "bob", text: "mine" }).envelope.payload.event as { ts: string };
    const channel = id("random");
    await expect(web.chat.postMessage({ channel: "C0", text: "x" })).rejects.toMatchObject(
      refused("channel_not_found"),
    );
    await expect(web.chat.postMessage({ channel: id("moderation"), text: "x" })).rejects.toMatchObject(
      refused("channel_not_found"),
    );
    await expect(web.chat.postMessage({ channel: id("elsewhere"), text: "x" })).rejects.toMatchObject(
      refused("not_in_channel"),
    );
    await expect(web.chat.postMessage({ channel, text: "" })).rejects.toMatchObject(refused("no_text"));
    await expect(web.chat.update({ channel, ts: "1.1", text: "x" })).rejects.toMatchObject(
      refused("message_not_found"),
    );
    await expect(web.chat.delete({ channel, ts: theirs.ts })).rejects.toMatchObject(refused("cant_delete_message"));
    await expect(web.users.info({ user: "U0" })).rejects.toMatchObject(refused("user_not_found"));
    await expect(web.reactions.add({ channel, timestamp: theirs.ts, name: "👍" })).rejects.toMatchObject(
      refused("invalid_name"),
    );
    await expect(web.conversations.kick({ channel: id("general"), user: person("bob") })).rejects.toMatchObject(
      refused("cant_kick_from_general"),
    );
    await expect(
      web.views.open({
        trigger_id: "1.2.3",
        view: { type: "modal", title: { type: "plain_text", text: "x" }, blocks: [] },
      }),
    ).rejects.toMatchObject(refused("invalid_trigger_id"));
    await expect(client({}, "xoxb-wrong").auth.test()).rejects.toMatchObject(refused("invalid_auth"));
    await expect(client({}, "").auth.test()).rejects.toMatchObject(refused("not_authed"));
    await expect(client({}, slack.appToken).auth.test()).rejects.toMatchObject(refused("not_allowed_token_type"));
    expect(slack.problems).toEqual([]);
    await expect(web.apiCall("chat.shout")).rejects.toMatchObject(refused("unknown_method"));
    expect(slack.problems).toEqual(["chat.shout: the simulator knows no such method"]);
  });

  it("says which scope is missing", async () => {
    const poor = await startSlackSimulator({ scopes: ["chat:write"] });
    const web = new WebClient(poor.botToken, { slackApiUrl: poor.apiUrl, logger: quiet });
    const error = { data: { error: "missing_scope", needed: "users:read", provided: "chat:write" } };
    await expect(web.users.list({})).rejects.toMatchObject(error);
    await poor.close();
  });

  it("renews tokens once per refresh token", async () => {
    const web = client();
    const renewal = {
      client_id: "1",
      client_secret: "2",
      grant_type: "refresh_token",
      refresh_token: slack.tokens.refreshToken,
    };
    slack.tokens.expire();
    await expect(web.auth.test()).rejects.toMatchObject(refused("token_expired"));
    const renewed = (await client({}, "").apiCall("oauth.v2.access", renewal)) as OauthV2AccessResponse;
    expect(renewed.expires_in).toBe(43_200);
    await expect(client({}, "").apiCall("oauth.v2.access", renewal)).rejects.toMatchObject(
      refused("invalid_refresh_token"),
    );
    expect(await client({}, renewed.access_token).auth.test()).toMatchObject({ ok: true });
    expect(slack.problems).toEqual([]);
  });
});

describe("what the Web API does not take", () => {
  it("measures texts and counts blocks", async () => {
    const channel = id("random");
    const section = (text: string): KnownBlock => ({ type: "section", text: { type: "mrkdwn", text } });
    const button = (label: string, value: string, action_id = "a"): KnownBlock => ({
      type: "actions",
      elements: [{ type: "button", action_id, text: { type: "plain_text", text: label }, value }],
    });
    const post = (given: KnownBlock[], text = "x") => client().chat.postMessage({ channel, text, blocks: given });
    await expect(post([section("x".repeat(3001))])).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post([section("")])).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post(Array.from({ length: 51 }, () => section("x")))).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post([button("x".repeat(76), "v")])).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post([button("x", "v".repeat(2001))])).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post([button("x", "v", "a".repeat(256))])).rejects.toMatchObject(refused("invalid_blocks"));
    await expect(post(Array.from({ length: 5 }, () => section("x".repeat(2900))))).rejects.toMatchObject(
      refused("msg_blocks_too_long"),
    );
    await expect(post([], "x".repeat(40_001))).rejects.toMatchObject(refused("msg_too_long"));
    expect(slack.problems).toEqual([
      "chat.postMessage /blocks/0/text/text: must be less than 3001 characters",
      "chat.postMessage /blocks/0/text/text: must be more than 0 characters",
      "chat.postMessage /blocks: no more than 50 items allowed",
      "chat.postMessage /blocks/0/elements/0/text/text: must be less than 76 characters",
      "chat.postMessage /blocks/0/elements/0/value: must be less than 2001 characters",
      "chat.postMessage /blocks/0/elements/0/action_id: must be less than 256 characters",
      "chat.postMessage /blocks: must have less than 13201 characters of text",
      "chat.postMessage /text: must be less than 40001 characters",
    ]);
    await post([section("x".repeat(3000)), button("x".repeat(75), "v".repeat(2000), "a".repeat(255))]);
    expect(slack.problems).toHaveLength(8);
  });

  it("holds every argument against the published schemas", async ({ skip }) => {
    skip(specsDirectory() === undefined, noSpecs);
    const web = client();
    const call = (method: string, args: Record<string, unknown>) =>
      web.apiCall(method, args).catch((error) => error.data.error);
    const channel = id("random");
    expect(await call("chat.postMessage", { channel, text: "x", colour: "red" })).toBe("invalid_arguments");
    expect(await call("chat.postMessage", { channel, text: "x", unfurl_links: "perhaps" })).toBe("invalid_arguments");
    expect(await call("chat.postMessage", { channel, text: "x", blocks: [{ type: "text", text: "x" }] })).toBe(
      "invalid_blocks",
    );
    expect(await call("chat.postMessage", { channel, text: "x", blocks: [{ type: "section", txt: "x" }] })).toBe(
      "invalid_blocks",
    );
    const button = { type: "button", text: "Chess" };
    expect(
      await call("chat.postMessage", { channel, text: "x", blocks: [{ type: "actions", elements: [button] }] }),
    ).toBe("invalid_blocks");
    expect(await call("reactions.add", { channel, timestamp: "1.1" })).toBe("invalid_arguments");
    expect(await call("conversations.members", { channel, limit: "many" })).toBe("invalid_arguments");
    expect(await call("views.open", { trigger_id: "x", view: { type: "modal", blocks: [] } })).toBe(
      "invalid_arguments",
    );
    expect(slack.problems).toEqual([
      "chat.postMessage /colour: unknown argument",
      "chat.postMessage /unfurl_links: is not a boolean",
      expect.stringContaining("chat.postMessage /blocks/0/type: must be one of actions, "),
      "chat.postMessage /blocks/0: invalid additional property: txt",
      "chat.postMessage /blocks/0: must define either `fields` or `text`",
      "chat.postMessage /blocks/0/elements/0/text: must be object",
      "reactions.add: missing required field: name",
      "conversations.members /limit: is not a number",
      "views.open /view: missing required field: title",
    ]);
  });
});

describe("faults", () => {
  it("limits the rate of one method in one channel", async () => {
    slack.misbehave({
      method: "chat.postMessage",
      when: (args) => args.channel === id("general"),
      status: 429,
      headers: { "retry-after": "1" },
    });
    const impatient = client({ rejectRateLimitedCalls: true });
    await impatient.chat.postMessage({ channel: id("random"), text: "goes" });
    await expect(impatient.chat.postMessage({ channel: id("general"), text: "waits" })).rejects.toMatchObject({
      retryAfter: 1,
    });
    slack.misbehave({ method: "chat.postMessage", status: 429, headers: { "retry-after": "1" } });
    const patient = client({ retryConfig: { retries: 1, minTimeout: 1 } });
    await patient.chat.postMessage({ channel: id("general"), text: "waits" });
    const [first, second] = slack.calls.all.slice(-2);
    expect(second!.at - first!.at).toBeGreaterThan(990);
    expect(slack.seen("general")).toHaveLength(1);
  });

  it("does what was asked and then fails, breaks off, hangs or is late", async () => {
    const web = client();
    const post = { channel: id("general"), text: "once" };
    slack.misbehave({ method: "chat.postMessage", status: 500, afterEffect: true });
    await expect(web.chat.postMessage(post)).rejects.toMatchObject({ statusCode: 500 });
    expect(slack.seen("general")).toHaveLength(1);
    slack.misbehave({ method: "*", close: true });
    await expect(web.chat.postMessage(post)).rejects.toThrow();
    const hanging = slack.misbehave({ method: "auth.test", hang: true, times: Number.POSITIVE_INFINITY });
    const patience = new AbortController();
    const impatient = client({ fetch: (url, init) => fetch(url, { ...init, signal: patience.signal }) }).auth.test();
    await slack.calls.waitFor(({ method }) => method === "auth.test");
    patience.abort();
    await expect(impatient).rejects.toThrow();
    expect(hanging.hits).toBe(1);
    hanging.stop();
    slack.misbehave({ method: "auth.test", delay: 30 });
    expect(await web.auth.test()).toMatchObject({ ok: true });
    slack.misbehave({ method: "auth.test", body: { ok: false, error: "fatal_error" } });
    await expect(web.auth.test()).rejects.toMatchObject(refused("fatal_error"));
    expect(slack.seen("general")).toHaveLength(1);
  });
});
