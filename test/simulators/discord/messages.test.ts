import {
  ActivityType,
  type Client,
  GatewayIntentBits,
  type Guild,
  type GuildMember,
  type Message,
  type MessageReaction,
  type Role,
  type TextChannel,
  type ThreadChannel,
} from "discord.js";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { login, nextEvent } from "./client.ts";
import { defaultBotRights } from "./seeds.ts";
import { type DiscordSimulator, startDiscordSimulator } from "./simulator.ts";

let discord: DiscordSimulator;
let client: Client<true>;

beforeAll(async () => {
  discord = await startDiscordSimulator({
    checkOutgoing: true,
    guilds: [
      {
        name: "Harbour",
        roles: [{ name: "Newcomer" }, { name: "Moderator" }],
        channels: ["general", "mod-log", { name: "Talk", kind: "GuildVoice" }],
        members: ["ada", "bob"],
      },
    ],
  });
  client = await login(discord);
});
afterEach(() => expect(discord.problems).toEqual([]));
afterAll(async () => {
  await client.destroy();
  await discord.close();
});

const channel = () => client.channels.cache.get(discord.find.channel("general").id) as TextChannel;

it("greets with the guilds, their channels and roles", () => {
  expect(client.user.username).toBe("harbour_bot");
  expect(client.application.id).toBe(discord.world.applicationId);
  const guild = client.guilds.cache.first();
  expect(guild?.name).toBe("Harbour");
  expect(guild?.channels.cache.map(({ name }) => name)).toEqual(["general", "mod-log", "Talk"]);
  expect(guild?.roles.cache.map(({ name }) => name)).toContain("Moderator");
  expect(guild?.members.me?.permissions.has("BanMembers")).toBe(true);
});

it("carries a message to the bot and its reply back", async () => {
  const heard = nextEvent<Message>(client, "messageCreate");
  const said = discord.say({ author: "ada", content: "hello", channel: "general", mentions: ["bob"] });
  const message = await heard;
  expect(message.content).toBe(`<@${discord.find.user("bob").id}> hello`);
  expect(message.member?.displayName).toBe("ada");
  const reply = await message.reply("hi **ada**");
  expect(reply.reference?.messageId).toBe(said.id);
  const call = await discord.calls.waitFor(
    ({ method, body }) => method === "POST" && JSON.stringify(body).includes("hi"),
  );
  expect(call.template).toBe("/channels/{channel_id}/messages");
  expect(discord.find.channel("general").messages.get(reply.id)?.content).toBe("hi **ada**");
});

it("edits, reacts, pins, uploads, deletes, and remembers it", async () => {
  const message = await channel().send({ content: "one", embeds: [{ title: "Two", color: 255 }] });
  expect((await message.edit("three")).content).toBe("three");
  await message.react("👍");
  await message.pin();
  const kept = discord.find.channel("general").messages.get(message.id);
  expect(kept?.reactions?.[0]).toMatchObject({ emoji: { name: "👍" }, count: 1, me: true });
  expect(kept?.pinned).toBe(true);
  const removed = nextEvent<Message>(client, "messageDelete");
  await message.delete();
  expect((await removed).id).toBe(message.id);
  await expect(channel().messages.fetch(message.id)).rejects.toMatchObject({ code: 10008, status: 404 });

  const uploaded = await channel().send({ files: [{ attachment: Buffer.from("line"), name: "log.txt" }] });
  const file = await fetch(uploaded.attachments.first()!.url);
  expect(await file.text()).toBe("line");
});

it("purges, and refuses what is too long, empty or gone", async () => {
  const ids = [1, 2, 3].map((n) => discord.say({ author: "bob", content: `spam ${n}`, channel: "mod-log" }).id);
  const log = client.channels.cache.get(discord.find.channel("mod-log").id) as TextChannel;
  await log.bulkDelete(ids);
  expect(discord.find.channel("mod-log").messages.size).toBe(0);
  await expect(channel().send("x".repeat(2001))).rejects.toMatchObject({ code: 50035 });
  await expect(channel().send("")).rejects.toMatchObject({ code: 50006 });
  await expect(client.users.send("1", "x")).rejects.toMatchObject({ code: 10013 });
});

it("opens direct messages, and says when somebody takes none", async () => {
  const ada = await client.users.fetch(discord.find.user("ada").id);
  const sent = await ada.send("psst");
  expect(sent.guildId).toBeNull();
  const heard = nextEvent<Message>(client, "messageCreate", (message) => message.author.id === ada.id);
  discord.say({ author: "ada", content: "what?", direct: true });
  expect((await heard).content).toBe("what?");
  discord.closeDirectMessages("bob");
  const bob = await client.users.fetch(discord.find.user("bob").id);
  await expect(bob.send("psst")).rejects.toMatchObject({ code: 50007, status: 403 });
});

it("tells who came, changed, reacted and went", async () => {
  const joined = nextEvent<GuildMember>(client, "guildMemberAdd");
  const madeAt = Date.now() - 3_600_000;
  discord.joinMember({ name: "cy", accountCreatedAt: madeAt });
  expect((await joined).user.createdTimestamp).toBe(madeAt);
  const changed = nextEvent<GuildMember>(client, "guildMemberUpdate");
  discord.updateMember("cy", { roles: ["Newcomer"], nick: "Cyan" });
  await changed;
  const member = client.guilds.cache.first()?.members.cache.get(discord.find.user("cy").id);
  expect(member?.nickname).toBe("Cyan");
  expect(member?.roles.cache.some(({ name }) => name === "Newcomer")).toBe(true);
  const message = discord.say({ author: "cy", content: "x" });
  const reacted = nextEvent<MessageReaction>(client, "messageReactionAdd");
  discord.react({ user: "ada", message, emoji: "🎉" });
  expect((await reacted).emoji.name).toBe("🎉");
  const left = nextEvent<GuildMember>(client, "guildMemberRemove");
  discord.removeMember("cy");
  expect((await left).id).toBe(discord.joinMember({ name: "cy" }).user.id);
  const renamed = nextEvent<Role>(client, "roleUpdate");
  discord.setPermissions("Moderator", ["BanMembers"]);
  await renamed;
  const voice = nextEvent<{ member: GuildMember }>(client, "voiceStateUpdate");
  discord.moveVoice("ada", "Talk");
  expect((await voice).member.displayName).toBe("ada");
});

it("opens a thread, speaks in it and closes it", async () => {
  const start = discord.say({ author: "ada", content: "ticket please", channel: "general" });
  const message = await channel().messages.fetch(start.id);
  const thread = await message.startThread({ name: "Ticket" });
  await thread.members.add(discord.find.user("ada").id);
  await thread.send("How can we help?");
  await thread.setArchived(true);
  expect(discord.find.channel("Ticket").thread?.archived).toBe(true);
  await channel().setRateLimitPerUser(30);
  await channel().permissionOverwrites.edit(channel().guild.roles.everyone, { SendMessages: false });
  expect(discord.find.channel("general").slowmodeSeconds).toBe(30);
  await channel().permissionOverwrites.delete(channel().guild.roles.everyone);
});

it("holds a poll", async () => {
  const poll = {
    question: { text: "Which?" },
    answers: [{ text: "Chess" }, { text: "Go" }],
    duration: 2,
    allowMultiselect: false,
  };
  const message = await channel().send({ poll });
  discord.vote({ user: "ada", message: discord.find.channel("general").messages.get(message.id)!, answer: 2 });
  expect((await message.poll!.answers.get(2)!.voters.fetch()).first()?.displayName).toBe("ada");
  await message.poll!.end();
});

it("calls only those whom the text may call", async () => {
  discord.setPermissions(discord.world.applicationName, ["ViewChannel", "SendMessages", "MentionEveryone"]);
  const [ada, bob] = [discord.find.user("ada").id, discord.find.user("bob").id];
  const content = `@everyone <@${ada}> <@${bob}> <@&${discord.find.role("Moderator").id}>`;
  const everything = await channel().send(content);
  expect(everything.mentions.everyone).toBe(true);
  expect(everything.mentions.users.size).toBe(2);
  const some = await channel().send({ content, allowedMentions: { users: [bob] } });
  expect(some.mentions.everyone).toBe(false);
  expect(some.mentions.users.map(({ id }) => id)).toEqual([bob]);
  expect(some.mentions.roles.size).toBe(0);
  discord.setPermissions(discord.world.applicationName, defaultBotRights);
  expect((await channel().send("@here")).mentions.everyone).toBe(false);
  const posted = await discord.posts.waitFor(({ message }) => message.content === "@here");
  expect(posted.channel.name).toBe("general");
});

it("hears of new guilds, channels, roles and threads, and of their end", async () => {
  const invited = nextEvent<Guild>(client, "guildCreate");
  discord.inviteBot({ name: "Second", channels: ["lobby"] });
  expect((await invited).name).toBe("Second");
  const expelled = nextEvent<Guild>(client, "guildDelete");
  discord.expelBot("Second");
  expect((await expelled).name).toBe("Second");
  const thread = nextEvent<ThreadChannel>(client, "threadCreate");
  discord.startThread({ user: "ada", name: "Help", channel: "general" });
  expect((await thread).ownerId).toBe(discord.find.user("ada").id);
  const made = nextEvent<TextChannel>(client, "channelCreate");
  discord.createChannel("news");
  expect((await made).name).toBe("news");
  const gone = nextEvent<TextChannel>(client, "channelDelete");
  discord.deleteChannel("news");
  expect((await gone).name).toBe("news");
  const role = nextEvent<Role>(client, "roleCreate");
  discord.createRole("Guest", []);
  expect((await role).position).toBe(1);
  const removed = nextEvent<Role>(client, "roleDelete");
  discord.deleteRole("Guest");
  expect((await removed).name).toBe("Guest");
  const renamed = nextEvent<TextChannel>(client, "channelUpdate");
  discord.rename("channel", "mod-log", "log");
  await renamed;
  discord.rename("channel", "log", "mod-log");
});

it("hears presence changes and hands over all members", async () => {
  client.user.setActivity("for /help", { type: ActivityType.Watching });
  const presence = await discord.gateway.events.waitFor(({ kind, op }) => kind === "received" && op === 3);
  expect(presence.d).toMatchObject({ activities: [{ name: "for /help" }] });
  const members = await client.guilds.cache.first()!.members.fetch();
  expect(members.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(["ada", "bob", "owner"]));
  const found = await client.guilds.cache.first()!.members.search({ query: "AD" });
  expect(found.first()?.displayName).toBe("ada");
});

it("empties the words of others without the content intent, except where the bot is mentioned", async () => {
  const shy = await login(discord, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
  const two: Message[] = [];
  const both = nextEvent<Message>(shy, "messageCreate", (message) => two.push(message) === 2);
  discord.say({ author: "ada", content: "secret" });
  discord.say({ author: "ada", content: "for you", mentions: [client.user.id] });
  await both;
  expect(two.map(({ content }) => content)).toEqual(["", `<@${client.user.id}> for you`]);
  await shy.destroy();
});
