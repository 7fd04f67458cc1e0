import { afterEach, expect, it } from "vitest";
import type { MemberSeed } from "../simulators/discord/seeds.ts";
import { type DiscordSimulator, startDiscordSimulator } from "../simulators/discord/simulator.ts";
import { endApps, startTestApp } from "../support/app.ts";

let discord: DiscordSimulator;
afterEach(async () => {
  await endApps();
  await discord.close();
  expect(discord.problems).toEqual([]);
});

const guild = (name: string, channels: readonly string[], members: readonly MemberSeed[]) => ({
  ...{ name, channels, members, owner: "Olga" },
  roles: [{ name: "Moderator", permissions: ["ModerateMembers"] as const }],
});

/** A bot on two servers, of which only Harbour is its home. */
async function startBot() {
  const everyone = { name: "Bob", nick: "@everyone **Bob**" };
  discord = await startDiscordSimulator({
    guilds: [
      guild("Harbour", ["general", "lookout"], [{ name: "Maud", roles: ["Moderator"] }, everyone]),
      guild("Island", ["general", "lookout"], [{ name: "Ines", roles: ["Moderator"] }, everyone]),
      guild("Desert", ["general"], [{ name: "Dora", roles: ["Moderator"] }, everyone]),
    ],
  });
  return startTestApp({ env: { DISCORD_TOKEN: discord.token }, yaml: yaml() });
}

const yaml = () => `version: 1
bot: { name: Harbour }
platforms:
  discord: { token: "\${DISCORD_TOKEN}", prefix: "!", api_root: "${discord.apiRoot}", servers: Harbour }
storage: sqlite:./bot.db
audit: { record: [moderation, config], also: [ { file: ./audit.jsonl }, { send: lookout } ] }
commands:
  silence:
    options: { member: member }
    do: [ { mute: { member: "{{ options.member }}", for: 90m, reason: Too loud } }, { reply: Done. } ]
`;

const silence = (author: string, server: string, member = "Bob") =>
  discord.say({ author, guild: server, content: `!silence ${discord.find.member(member, server).user.id}` });

/** What was posted in the channels called lookout, by server. */
const posted = () =>
  discord.posts.all.flatMap(({ channel, message }) =>
    channel.name === "lookout" ? [`${channel.guild?.name}: ${message.content}`] : [],
  );

it("go to the server that they are about, without pings, and what is about none to the home servers", async () => {
  const bot = await startBot();
  silence("Ines", "Island");
  await bot.audited(2, ({ action }) => action === "mute");
  await discord.posts.waitFor(({ channel }) => channel.name === "lookout");
  expect(posted()).toEqual(["Island: Ines muted @\u200beveryone \\*\\*Bob\\*\\* for 1 hour 30 minutes: Too loud"]);
  expect(discord.posts.all.map(({ message }) => message.mention_everyone)).not.toContain(true);

  silence("Maud", "Harbour", "Olga");
  const next = (part: string) => discord.posts.waitFor(({ message }) => message.content.includes(part));
  await next("could not mute");
  expect(posted().slice(1)).toEqual([
    "Harbour: Maud could not mute Olga for 1 hour 30 minutes: Nobody can do that to the owner of this server.",
  ]);

  await bot.reload(`${yaml()}  ping: pong\n`);
  await next("added");
  expect(posted().slice(2)).toEqual(["Harbour: 1 command added: ping"]);
});

it("are told to be lost once, where the server has no such channel", async () => {
  const bot = await startBot();
  silence("Dora", "Desert");
  silence("Dora", "Desert");
  await bot.audited(4, ({ action }) => action === "mute");
  await bot.stop();
  expect(posted()).toEqual([]);
  const lost = bot.log.all.filter(({ msg }) => msg === "the audit log could not be sent to lookout");
  expect(lost).toMatchObject([{ err: { message: 'there is no channel "lookout"' } }]);
});
