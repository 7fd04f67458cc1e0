import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, platformError } from "./harness.ts";

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ echo: false });
});
afterEach(() => harness.close());

/** What an attempt to open ends with. */
const opening = (plan = harness.plan()) => platformError(harness.connect(plan).open());

describe("opening", () => {
  it("names every token that is wrong or missing at once", async () => {
    harness.environment.BOT = "xoxp-a-person";
    delete harness.environment.APP;
    const error = await platformError(harness.open());
    expect(error).toMatchObject({ kind: "start", setting: "bot_token" });
    expect(error.message).toMatch(/^The bot token does not begin with xoxb-.*\. .*APP is not set\.$/);
  });

  it("says who the bot is and is open", async () => {
    const connection = harness.connect();
    expect(connection.state()).toEqual({ state: "opening" });
    expect(connection.port.self()).toBeUndefined();
    await connection.open();
    expect(connection.state()).toEqual({ state: "open" });
    expect(connection.port.self()).toMatchObject({ id: harness.slack.workspace.bot.id, isBot: true });
    expect(harness.slack.sockets.open).toBe(1);
  });

  it("names the setting that is wrong, and says where to get it", async () => {
    harness.environment.BOT = "";
    expect(await opening()).toMatchObject({ kind: "start", message: "BOT is empty" });
    harness.environment.BOT = "xapp-1-wrong-kind";
    expect(await opening()).toMatchObject({ kind: "start", setting: "bot_token" });
    harness.environment.BOT = "xoxb-0-unknown";
    const error = await opening();
    expect(error).toMatchObject({ kind: "start", setting: "bot_token" });
    expect(error.message).toContain("OAuth & Permissions");
    expect(error.message).not.toContain("xoxb-0-unknown");
    harness.environment.BOT = harness.slack.botToken;
    harness.environment.APP = "xapp-0-unknown";
    expect(await opening()).toMatchObject({ kind: "start", setting: "app_token" });
    harness.environment.APP = "xoxb-wrong-kind";
    expect(await opening()).toMatchObject({ kind: "start", setting: "app_token" });
    harness.slack.tokens.revoke();
    harness.environment.APP = harness.slack.appToken;
    expect((await opening()).message).toContain("the app was uninstalled, or the token was revoked");
    expect(harness.slack.sockets.open).toBe(0);
  });

  it("is tried again while Slack cannot be reached, and given up then", async () => {
    harness.slack.misbehave({ method: "auth.test", status: 503, times: 2 });
    await harness.open();
    expect(harness.calls("auth.test")).toBe(3);
    harness.slack.misbehave({ method: "apps.connections.open", status: 500, times: 3 });
    expect(await opening()).toMatchObject({ kind: "unavailable" });
  });

  it("says which scopes are missing, and works without them", async () => {
    const connection = await harness.open(harness.plan({ capabilities: ["messages.react"], feeds: ["reactions"] }));
    expect(connection.state()).toEqual({ state: "open" });
    await harness.close();
    harness = await createHarness({
      echo: false,
      scopes: ["chat:write", "users:read", "usergroups:read", "channels:read"],
    });
    const poor = await harness.open(harness.plan({ feeds: [] }));
    expect(poor.state()).toEqual({
      state: "degraded",
      why: "The Slack app lacks the scope groups:read: add what is missing on its page OAuth & Permissions and install it again.",
    });
    await poor.port.send(harness.slack.workspace.channel("general").id, { text: richText("still here") });
    expect(harness.slack.seen("general")).toHaveLength(1);
  });
});

describe("an open connection", () => {
  it("asks nothing of Slack when a reload changes nothing, and needs replacing for another bot only", async () => {
    const connection = await harness.open();
    const before = harness.slack.calls.all.length;
    await connection.converge(harness.plan({ settings: { command: "/haven", own_commands: ["give"] } }));
    expect(harness.slack.calls.all.length).toBe(before);
    expect(connection.needsReplacing(harness.plan())).toBe(false);
    harness.slack.slash({ channel: "general", user: "bob", command: "/give", text: "20" });
    await harness.events.waitFor((event) => event.kind === "command" && event.call.name === "give");
    harness.environment.BOT = "xoxb-2-other";
    expect(connection.needsReplacing(harness.plan())).toBe(true);
  });

  it("keeps its socket when the new app token of a reload is not accepted", async () => {
    const connection = await harness.open();
    harness.environment.APP = "xapp-0-unknown";
    expect(await platformError(connection.converge(harness.plan()))).toMatchObject({ setting: "app_token" });
    expect(harness.slack.sockets.open).toBe(1);
    await harness.slack.say({ channel: "general", user: "bob", text: "still heard" }).acked();
  });

  it("is closed, without an error thrown anywhere, once the bot token is revoked", async () => {
    const connection = await harness.open();
    harness.slack.tokens.revoke();
    const general = harness.slack.workspace.channel("general").id;
    const error = await platformError(connection.port.send(general, { text: richText("x") }));
    expect(error).toMatchObject({ kind: "unavailable", setting: "bot_token" });
    expect(connection.state()).toMatchObject({ state: "closed" });
    const calls = harness.slack.calls.all.length;
    await platformError(connection.port.send(general, { text: richText("x") }));
    expect(harness.slack.calls.all.length).toBe(calls);
    expect(harness.states.all.filter(({ state }) => state === "closed")).toHaveLength(1);
  });

  it("says that its token runs out, and why it did", async () => {
    const { tokens } = harness.slack;
    harness.environment.BOT = tokens.renew(tokens.refreshToken)!.access_token;
    const connection = await harness.open();
    expect(harness.logged.join()).toContain("the bot token expires after 12 hours: token rotation is switched on");
    tokens.expire();
    const general = harness.slack.workspace.channel("general").id;
    await platformError(connection.port.send(general, { text: richText("x") }));
    const state = { state: "closed", why: expect.stringContaining("expired after 12 hours: token rotation") };
    expect(connection.state()).toMatchObject(state);
    const error = await opening();
    expect(error).toMatchObject({ kind: "start", setting: "bot_token" });
    expect(error.message).toContain("botctl manifest slack");
    expect(harness.calls("oauth.v2.access")).toBe(0);
  });

  it("is closed when the app is uninstalled, and degraded while Slack leaves events out", async () => {
    const connection = await harness.open();
    await harness.slack.appRateLimited().acked();
    expect(connection.state()).toMatchObject({ state: "degraded", why: expect.stringContaining("30,000") });
    await harness.slack.event({ type: "tokens_revoked", tokens: { oauth: ["U1"] } }).acked();
    expect(connection.state().state).toBe("degraded");
    await harness.slack.event({ type: "app_uninstalled" }).acked();
    expect(connection.state().state).toBe("closed");
  });

  it("never says a token, in no message and no log", async () => {
    const connection = await harness.open();
    harness.slack.misbehave({ method: "*", status: 500, times: 8 });
    const general = harness.slack.workspace.channel("general").id;
    const error = await platformError(connection.port.send(general, { text: richText("x") }));
    harness.slack.sockets.drop();
    await harness.states.waitFor(({ state }) => state === "degraded");
    const said = JSON.stringify([error.message, harness.states.all, harness.logged]);
    expect(said).not.toContain(harness.slack.botToken);
    expect(said).not.toContain(harness.slack.appToken);
  });

  it("takes no more events once told to stop, and can still answer", async () => {
    const connection = await harness.open();
    await connection.stopIntake();
    await harness.slack.sockets.changes.waitFor(({ open }) => open === 0);
    expect(harness.slack.say({ channel: "general", user: "bob", text: "too late" }).sent).toBe(false);
    await connection.port.send(harness.slack.workspace.channel("general").id, { text: richText("bye") });
    await connection.close();
    expect(connection.state()).toMatchObject({ state: "closed" });
  });
});
