import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { createHarness, type Harness } from "./harness.ts";

let harness: Harness;
let connection: Connection;
let time = 1_700_000_000_000;
const open = async (scopes?: readonly string[]) => {
  harness = await createHarness({
    now: () => time,
    pageLimit: 2,
    users: [
      { name: "ada", display_name: "Ada", is_primary_owner: true },
      { name: "carol", is_owner: true },
      { name: "dan", is_admin: true },
      { name: "bob" },
      { name: "guest", is_restricted: true },
      { name: "gone", deleted: true },
      { name: "bob2", display_name: "Bob" },
    ],
    channels: [
      { name: "general" },
      { name: "mod-log", kind: "group" },
      { name: "old", is_archived: true },
      { name: "welcome" },
    ],
    usergroups: [
      { handle: "crew", name: "Harbour Crew", users: ["bob", "dan"] },
      { handle: "empty", users: [] },
    ],
    ...(scopes === undefined ? {} : { scopes }),
  });
  connection = await harness.open();
};
beforeEach(() => open());
afterEach(() => harness.close());

const id = (name: string) => harness.slack.workspace.user(name).id;
const find = (kind: "channel" | "role" | "user", name: string) =>
  connection.port.find(kind, harness.slack.workspace.team.id, name);
const standing = (name: string) => connection.port.standing(harness.slack.workspace.team.id, id(name));

describe("names", () => {
  it("of channels are found among all pages, once asked for", async () => {
    const welcome = harness.slack.workspace.channel("welcome").id;
    expect(await find("channel", "Welcome")).toEqual({ found: "one", id: welcome, name: "welcome" });
    expect(await find("channel", "mod-log")).toMatchObject({ found: "one", name: "mod-log" });
    expect(await find("channel", "modlog")).toEqual({ found: "none", near: "mod-log" });
    expect(await find("channel", "old")).toMatchObject({ found: "none" });
    expect(harness.calls("conversations.list")).toBe(2);
    expect(await find("channel", welcome)).toEqual({ found: "one", id: welcome, name: "welcome" });
  });

  it("of channels are asked for again after a change", async () => {
    await find("channel", "welcome");
    const { id: channel } = harness.slack.workspace.channel("welcome");
    harness.slack.workspace.channel("welcome").name = "hello";
    const renamed = harness.slack.event({
      type: "channel_rename",
      channel: { id: channel, name: "hello", created: 1 },
    });
    await renamed.acked();
    expect(await find("channel", "hello")).toMatchObject({ found: "one", id: channel });
  });

  it("of people fit one person or grant nothing", async () => {
    expect(await find("user", "ada")).toEqual({ found: "one", id: id("ada"), name: "Ada" });
    expect(await find("user", "bob")).toEqual({ found: "many" });
    expect(await find("user", "gone")).toMatchObject({ found: "none" });
    expect(await find("user", id("bob"))).toEqual({ found: "one", id: id("bob"), name: "bob" });
    expect(await find("user", "U00000000Z")).toMatchObject({ found: "none" });
  });

  it("of user groups are their handles and names", async () => {
    const crew = await find("role", "crew");
    expect(crew).toMatchObject({ found: "one", name: "Harbour Crew" });
    expect(await find("role", "harbour crew")).toEqual(crew);
    expect(await find("role", "crw")).toEqual({ found: "none", near: "crew" });
    if (crew.found !== "one") throw new Error("no crew");
    expect(await connection.port.role("", crew.id)).toEqual({ id: crew.id, name: "Harbour Crew" });
  });

  it("that cannot be asked for are unknown", async () => {
    harness.slack.misbehave({ method: "conversations.list", status: 500, times: 9 });
    expect(await find("channel", "general")).toEqual({
      found: "unknown",
      why: "Slack has trouble of its own right now.",
    });
  });

  it("of the workspace are its name, its address and its id", async () => {
    const { team } = harness.slack.workspace;
    for (const name of ["Harbour", "harbour", team.id])
      expect(await connection.port.server(name)).toEqual({ id: team.id, name: "Harbour" });
    expect(await connection.port.server("Elsewhere")).toBeUndefined();
    expect(connection.port.self()).toMatchObject({
      id: harness.slack.workspace.bot.id,
      name: "harbourbot",
      isBot: true,
    });
  });
});

describe("standing", () => {
  it("follows Slack's kinds of member", async () => {
    const [ada, carol, dan, bob, guest] = await Promise.all(["ada", "carol", "dan", "bob", "guest"].map(standing));
    expect([ada, carol, dan, bob, guest].map((one) => [one!.rank, one!.owner])).toEqual([
      [3, true],
      [2, false],
      [1, false],
      [0, false],
      [0, false],
    ]);
    expect(dan!.rights!.has("ban_members")).toBe(true);
    expect([bob!.rights!.has("ban_members"), bob!.rights!.has("mention_everyone")]).toEqual([false, true]);
    expect([...guest!.rights!].sort()).toEqual(["add_reactions", "read_messages", "send_messages"]);
    expect(bob!.roles).toMatchObject([{ name: "Harbour Crew" }]);
    expect(carol!.roles).toEqual([]);
    expect(await standing("gone")).toBeUndefined();
  });

  it("is asked for again after a minute, or at once when Slack tells of a change", async () => {
    await standing("bob");
    await standing("bob");
    harness.slack.workspace.user("bob").is_admin = true;
    expect((await standing("bob"))!.rank).toBe(0);
    time += 61_000;
    expect((await standing("bob"))!.rank).toBe(1);
    harness.slack.workspace.user("bob").is_admin = false;
    await harness.slack.event({ type: "user_change", user: { id: id("bob") } }).acked();
    expect((await standing("bob"))!.rank).toBe(0);
  });

  it("of the bot is between members and admins, with what its scopes allow", async () => {
    expect(await connection.port.botStanding("")).toEqual({
      rank: 0.5,
      owner: false,
      roles: [],
      rights: new Set([
        "send_messages",
        "mention_everyone",
        "read_messages",
        "add_reactions",
        "pin_messages",
        "manage_threads",
        "manage_channels",
        "manage_roles",
      ]),
    });
  });

  it("does not know user groups without the scope for them", async () => {
    await harness.close();
    await open(["chat:write", "users:read", "channels:read", "groups:read"]);
    expect((await standing("bob"))!.roles).toBeUndefined();
    expect(await find("role", "crew")).toMatchObject({ found: "unknown" });
    expect(connection.state()).toMatchObject({ state: "degraded" });
  });
});
