import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection } from "../../../../src/contracts/platform.ts";
import { Permission } from "../../../simulators/discord/constants.ts";
import { may, permissionsOf } from "../../../simulators/discord/permissions.ts";
import { defaultBotRights } from "../../../simulators/discord/seeds.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open();
});
afterEach(() => harness.close());

const minute = 60_000;
const general = () => harness.discord.find.channel("general");
const mayWrite = (who: string) => {
  const guild = harness.discord.find.guild();
  const member = who === "bot" ? guild.members.get(ids(harness).bot)! : harness.discord.find.member(who);
  return may(permissionsOf(guild, member, general()), "SendMessages");
};
const reasons = () => harness.discord.calls.all.flatMap(({ method, reason }) => (method === "GET" ? [] : [reason]));

describe("pins", () => {
  it("pins and takes the pin away, at the address that holds today", async () => {
    const message = harness.discord.say({ author: "Ada", content: "rules" });
    await connection.port.pin(general().id, message.id, true, "Rule: Pin");
    expect([...general().pins]).toEqual([message.id]);
    await connection.port.pin(general().id, message.id, false);
    expect([...general().pins]).toEqual([]);
    expect(harness.writes()).toEqual([
      "PUT /channels/{channel_id}/messages/pins/{message_id}",
      "DELETE /channels/{channel_id}/messages/pins/{message_id}",
    ]);
    expect(reasons()).toEqual(["Rule: Pin", null]);
  });

  it("says what is in the way", async () => {
    const message = harness.discord.say({ author: "Ada", content: "rules" });
    expect(await platformError(connection.port.pin(general().id, "123456789012345678", true))).toMatchObject({
      kind: "not_found",
      message: "The message is no longer there.",
    });
    for (let count = 0; count < 250; count++) general().pins.add(`${count}`);
    expect(await platformError(connection.port.pin(general().id, message.id, true))).toMatchObject({
      kind: "refused",
      message: "The channel has as many pinned messages as it can have.",
    });
    harness.discord.setPermissions("Harbour Bot", ["ViewChannel", "ManageMessages"]);
    expect(await platformError(connection.port.pin(general().id, message.id, true))).toMatchObject({
      kind: "missing_right",
      message:
        'The bot lacks the permission "Pin Messages" here: give it to the bot\'s role, or to the bot in this channel.',
    });
    expect((await platformError(connection.port.pin("general", message.id, true))).kind).toBe("not_found");
  });
});

it("shows that it is writing", async () => {
  await connection.port.typing(general().id);
  expect(harness.writes()).toEqual(["POST /channels/{channel_id}/typing"]);
  expect((await platformError(connection.port.typing("999999999999999999"))).kind).toBe("not_found");
});

describe("slowmode", () => {
  it("counts in whole seconds, and ends", async () => {
    await connection.port.slowmode(general().id, 30_000, "Flood");
    expect(general().slowmodeSeconds).toBe(30);
    await connection.port.slowmode(general().id, 200);
    expect(general().slowmodeSeconds).toBe(1);
    await connection.port.slowmode(general().id, 0);
    expect(general().slowmodeSeconds).toBe(0);
    expect(reasons()[0]).toBe("Flood");
  });

  it("says what is in the way", async () => {
    expect(await platformError(connection.port.slowmode(general().id, 361 * minute))).toMatchObject({
      kind: "refused",
      message: "On Discord the wait between two messages is at most 6 hours.",
    });
    expect(harness.writes()).toEqual([]);
    harness.discord.setPermissions(
      "Harbour Bot",
      defaultBotRights.filter((right) => right !== "ManageChannels"),
    );
    expect(await platformError(connection.port.slowmode(general().id, 5000))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Manage Channels"'),
    });
  });
});

describe("lock", () => {
  it("keeps everybody from writing but the bot, and lets them again", async () => {
    await connection.port.lock(general().id, true, "Raid");
    expect([mayWrite("Bob"), mayWrite("bot"), mayWrite("Olga")]).toEqual([false, true, true]);
    const error = await connection.port.send(general().id, { text: [{ type: "text", text: "locked" }] });
    expect(error.channelId).toBe(general().id);
    await connection.port.lock(general().id, false);
    expect([mayWrite("Bob"), mayWrite("bot")]).toEqual([true, true]);
    expect(general().overwrites).toEqual([]);
    expect(reasons().filter((reason) => reason === "Raid")).toHaveLength(2);
  });

  it("restores what was before, after a restart too, and leaves other permissions alone", async () => {
    harness.discord.overwrite("general", "@everyone", { allow: ["SendMessages"], deny: ["AttachFiles"] });
    harness.discord.overwrite("general", "Newcomer", { deny: ["SendMessages"] });
    const before = structuredClone(general().overwrites);
    await connection.port.lock(general().id, true);
    await connection.port.lock(general().id, true);
    expect(mayWrite("Bob")).toBe(false);
    await connection.close();
    harness.pass(10_000);
    connection = await harness.open();
    await connection.port.lock(general().id, false);
    const sorted = (all: typeof before) => [...all].sort((one, other) => (one.id < other.id ? -1 : 1));
    expect(sorted(general().overwrites)).toEqual(sorted(before));
  });

  it("does not take a lock from before for what is to be restored", async () => {
    await connection.port.lock(general().id, true);
    harness.discord.overwrite("general", "@everyone", { allow: ["SendMessages"] });
    await connection.port.lock(general().id, true);
    await connection.port.lock(general().id, false);
    const everyone = general().overwrites.find(({ id }) => id === ids(harness).server);
    expect(everyone).toMatchObject({ allow: String(Permission.SendMessages), deny: "0" });
  });

  it("opens a channel that somebody else locked", async () => {
    harness.discord.overwrite("general", "@everyone", { deny: ["SendMessages", "AttachFiles"] });
    await connection.port.lock(general().id, false);
    expect(mayWrite("Bob")).toBe(true);
    expect(general().overwrites).toMatchObject([{ deny: String(Permission.AttachFiles) }]);
  });

  it("writes nothing when there is nothing to open", async () => {
    await connection.port.lock(general().id, false);
    expect(harness.writes()).toEqual([]);
  });

  it("decides only about permissions that it has", async () => {
    harness.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages"]);
    harness.discord.setPermissions("Harbour Bot", ["ViewChannel", "SendMessages", "ManageRoles", "ManageChannels"]);
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    await connection.port.lock(general().id, true);
    expect([mayWrite("Bob"), mayWrite("bot")]).toEqual([false, true]);
  });

  it("needs no exception for an administrator", async () => {
    harness.discord.setPermissions("Harbour Bot", ["Administrator"]);
    harness.discord.say({ author: "Ada", content: "after" });
    await harness.events.waitFor(({ kind }) => kind === "message");
    await connection.port.lock(general().id, true);
    expect(general().overwrites.map(({ id }) => id)).toEqual([ids(harness).server]);
    await connection.port.lock(general().id, false);
    expect(general().overwrites).toEqual([]);
  });

  it("locks a thread as threads are", async () => {
    const thread = harness.discord.startThread({ user: "Ada", name: "talk" });
    await connection.port.lock(thread.id, true, "Enough");
    expect(thread.thread).toMatchObject({ locked: true, archived: false });
    await connection.port.lock(thread.id, false);
    expect(thread.thread?.locked).toBe(false);
  });

  it("says what is in the way", async () => {
    const { channelId } = await connection.port.direct(ids(harness).ada, { text: [{ type: "text", text: "hi" }] });
    expect(await platformError(connection.port.lock(channelId, true))).toMatchObject({
      kind: "refused",
      message: "A private conversation cannot be locked.",
    });
    harness.discord.setPermissions(
      "Harbour Bot",
      defaultBotRights.filter((right) => right !== "ManageRoles"),
    );
    expect(await platformError(connection.port.lock(general().id, true))).toMatchObject({
      kind: "missing_right",
      message: expect.stringContaining('"Manage Permissions"'),
    });
    expect(mayWrite("Bob")).toBe(true);
  });
});

describe("nicknames", () => {
  it("gives one, takes it away, and changes its own", async () => {
    const { server, bob, bot } = ids(harness);
    const nick = (name: string) => harness.discord.find.member(name).nick;
    await connection.port.setNickname(server, bob, "Sailor", "Fits");
    expect(nick("Bob")).toBe("Sailor");
    await connection.port.setNickname(server, bob, undefined);
    expect(nick("Bob")).toBeNull();
    await connection.port.setNickname(server, bot, "Harbour master");
    expect(harness.discord.find.guild().members.get(bot)?.nick).toBe("Harbour master");
    expect(harness.writes().at(-1)).toBe("PATCH /guilds/{guild_id}/members/@me");
    expect(reasons()[0]).toBe("Fits");
  });

  it("shortens what is too long for Discord, and no character in two", async () => {
    const { server, bob } = ids(harness);
    const names = "Sailor of the seven seas and more 🚢";
    await connection.port.setNickname(server, bob, names, `${"x".repeat(510)}🚢🚢`);
    expect(harness.discord.find.member("Bob").nick).toBe("Sailor of the seven seas and mo…");
    expect(reasons().at(-1)).toBe(`${"x".repeat(510)}…`);
  });

  it("says what is in the way", async () => {
    const { server, olga } = ids(harness);
    expect((await platformError(connection.port.setNickname(server, olga, "x"))).kind).toBe("missing_right");
    expect((await platformError(connection.port.setNickname(server, "999999999999999999", "x"))).kind).toBe(
      "not_found",
    );
  });
});
