import type { Client, Guild, GuildBan, GuildMember } from "discord.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { login, nextEvent } from "./client.ts";
import { type DiscordSimulator, startDiscordSimulator } from "./simulator.ts";

let discord: DiscordSimulator;
let client: Client<true>;
let guild: Guild;

beforeEach(async () => {
  discord = await startDiscordSimulator({
    checkOutgoing: true,
    guilds: [
      {
        name: "Harbour",
        roles: [{ name: "Newcomer" }, { name: "Moderator" }, { name: "Admin", permissions: ["Administrator"] }],
        members: ["ada", { name: "mo", roles: ["Moderator"] }, { name: "root", roles: ["Admin"] }],
        bot: { below: "Admin" },
      },
    ],
  });
  client = await login(discord);
  guild = client.guilds.cache.first()!;
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
  expect(discord.problems).toEqual([]);
});

const id = (name: string) => discord.find.user(name).id;
const forbidden = { code: 50013, status: 403 };

it("bans for real: gone, listed, told, and the messages too", async () => {
  discord.say({ author: "ada", content: "spam" });
  const banned = nextEvent<GuildBan>(client, "guildBanAdd");
  const left = nextEvent<GuildMember>(client, "guildMemberRemove");
  const ada = id("ada");
  await guild.members.ban(ada, { reason: "Spämming", deleteMessageSeconds: 3600 });
  expect((await banned).user.id).toBe(ada);
  await left;
  expect(discord.find.guild().members.has(ada)).toBe(false);
  expect(discord.find.guild().bans.get(ada)?.reason).toBe("Spämming");
  expect(discord.find.channel("general").messages.size).toBe(0);
  expect((await guild.bans.fetch(ada)).reason).toBe("Spämming");
  await expect(guild.members.fetch({ user: ada, force: true })).rejects.toMatchObject({ code: 10007 });
  await guild.members.unban(ada);
  await expect(guild.bans.fetch({ user: ada, force: true })).rejects.toMatchObject({ code: 10026 });
});

it("acts on nobody above, nor on the owner", async () => {
  await guild.members.kick(id("mo"));
  expect(discord.find.guild().members.has(id("mo"))).toBe(false);
  await expect(guild.members.ban(id("root"))).rejects.toMatchObject(forbidden);
  await expect(guild.members.kick(id("owner"))).rejects.toMatchObject(forbidden);
  const root = await guild.members.fetch(id("root"));
  await expect(root.timeout(60_000)).rejects.toMatchObject(forbidden);
  expect(discord.find.guild().bans.size).toBe(0);
});

it("needs the right itself", async () => {
  discord.setPermissions(discord.world.applicationName, ["KickMembers"]);
  await expect(guild.members.ban(id("ada"))).rejects.toMatchObject(forbidden);
  discord.overwrite("general", "@everyone", { deny: ["SendMessages"] });
  const general = client.channels.cache.get(discord.find.channel("general").id)!;
  if (!general.isSendable()) throw new Error("a text channel is sendable");
  await expect(general.send("x")).rejects.toMatchObject(forbidden);
  discord.overwrite("general", "@everyone", { deny: ["ViewChannel"] });
  await expect(general.send("x")).rejects.toMatchObject({ code: 50001 });
});

it("gives and takes roles below its own, not above, not managed", async () => {
  const ada = await guild.members.fetch(id("ada"));
  const role = (name: string) => discord.find.role(name).id;
  await ada.roles.add(role("Moderator"));
  expect(discord.find.member("ada").roles).toEqual([role("Moderator")]);
  await ada.roles.remove(role("Moderator"));
  expect(discord.find.member("ada").roles).toEqual([]);
  await ada.roles.set([role("Newcomer"), role("Moderator")]);
  expect(discord.find.member("ada").roles).toHaveLength(2);
  await expect(ada.roles.add(role("Admin"))).rejects.toMatchObject(forbidden);
  await expect(ada.roles.add(role(discord.world.applicationName))).rejects.toMatchObject({ code: 50028 });
  await expect(ada.roles.add("1")).rejects.toMatchObject({ code: 10011 });
});

it("times out and renames", async () => {
  const ada = await guild.members.fetch(id("ada"));
  const changed = nextEvent<GuildMember>(client, "guildMemberUpdate");
  await ada.timeout(600_000, "Flooding");
  await changed;
  expect(Date.parse(discord.find.member("ada").timedOutUntil ?? "")).toBeGreaterThan(Date.now());
  await ada.timeout(null);
  expect(discord.find.member("ada").timedOutUntil).toBeNull();
  await expect(ada.timeout(29 * 24 * 3_600_000)).rejects.toMatchObject({ code: 50035 });
  await ada.setNickname("Ada L.");
  expect(discord.find.member("Ada L.").user.id).toBe(id("ada"));
  await guild.members.me?.setNickname("Harbourmaster");
  expect(discord.find.member(client.user.id).nick).toBe("Harbourmaster");
});
