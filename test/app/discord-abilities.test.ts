import { afterEach, beforeEach, expect, it } from "vitest";
import { startOn } from "./behaviours.ts";
import { type DiscordStage, discordStage } from "./discord-stage.ts";
import { endStage } from "./stage.ts";

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage({
    guilds: [
      {
        name: "Harbour",
        owner: "Olga",
        roles: [
          { name: "Newcomer" },
          { name: "Moderator", permissions: ["ManageMessages", "ManageChannels", "ManageThreads", "PinMessages"] },
        ],
        channels: ["general", "lookout", { name: "Deck", kind: "GuildVoice" }],
        members: ["Olga", { name: "Maud", roles: ["Moderator"] }, "Ada", "Bob"],
      },
    ],
  });
});
afterEach(() => endStage(stage));

const start = (more: string, commands: readonly string[] = []) => startOn(stage, { more, commands });
const tell = (name: string, when: string, text: string) =>
  `  - { name: ${name}, when: ${when}, do: [ { send: { to: lookout, text: "${text}" } } ] }\n`;

it("tells of what people do besides writing", async () => {
  await start(
    `rules:\n${[
      tell("Edits", "message_edited", "{{ user.name }} now says {{ message.text }}"),
      tell("Deletions", "message_deleted", "{{ user.name }} took back {{ message.text }}"),
      tell("Stars", '{ reaction_added: "⭐" }', "{{ user.name }} likes what {{ author.name }} said"),
      tell("Unstars", "reaction_removed", "{{ user.name }} takes {{ emoji }} away"),
      tell("Roles", "{ role_added: Newcomer }", "{{ user.name }} is a {{ role.name }}"),
      tell("Lost", "role_removed", "{{ user.name }} is no {{ role.name }}"),
      tell("Threads", "thread_created", "{{ user.name }} begins {{ channel.name }}"),
      tell("Voice", "[voice_joined, voice_left]", "{{ user.name }} at {{ channel.name }}"),
      tell("Bye", "member_left", "{{ user.name }} is gone"),
    ].join("")}`,
  );
  const { discord } = stage;
  const message = discord.say({ author: "Ada", content: "helo" });
  discord.edit(message, "hello");
  await stage.hears("Ada now says hello");
  discord.react({ user: "Bob", message, emoji: "👍" });
  discord.react({ user: "Bob", message, emoji: "⭐" });
  await stage.hears("Bob likes what Ada said");
  discord.react({ user: "Bob", message, emoji: "⭐", remove: true });
  await stage.hears("Bob takes ⭐ away");
  discord.erase(message);
  await stage.hears("Ada took back hello");
  await discord.gateway.events.waitFor(({ t }) => t === "GUILD_MEMBERS_CHUNK");
  discord.updateMember("Maud", { roles: ["Newcomer"] });
  await stage.hears("Maud is a Newcomer");
  await stage.hears("Maud is no Moderator");
  discord.startThread({ user: "Ada", name: "Sailing" });
  await stage.hears("Ada begins Sailing");
  discord.moveVoice("Ada", "Deck");
  await stage.hears("Ada at Deck");
  discord.removeMember("Bob");
  await stage.hears("Bob is gone");
});

it("looks after a channel", async () => {
  await start("", [
    "clean: { do: [ { purge: 2, save_as: gone }, { reply: 'Gone: {{ steps.gone }}' } ] }",
    "quiet: { do: [ lock, { slowmode: 30s }, { reply: Quiet. } ] }",
    "loud: { do: [ unlock, { slowmode: 0s }, { reply: Loud. } ] }",
    "keep: { do: [ { send: { to: general, text: The rules }, save_as: sent }, { pin: '{{ steps.sent }}' }, { reply: Kept. } ] }",
    "record: { do: [ { transcript: general, save_as: record }, { reply: '{{ steps.record.text }}' } ] }",
    "ticket: { do: [ { create_thread: { name: Ticket, private: yes, people: '{{ user }}' }, save_as: thread }, { close_thread: '{{ steps.thread }}' }, { reply: Closed. } ] }",
  ]);
  const general = () => stage.discord.find.channel("general");
  for (const text of ["one", "two", "three"]) stage.say("ada", text);
  expect(await stage.call("maud", "clean").answer()).toBe("Gone: 2");
  expect([...general().messages.values()][0]?.content).toBe("one");
  expect(await stage.call("maud", "quiet").answer()).toBe("Quiet.");
  expect(general()).toMatchObject({ slowmodeSeconds: 30, overwrites: [{}, {}] });
  expect(await stage.call("maud", "loud").answer()).toBe("Loud.");
  expect(general()).toMatchObject({ slowmodeSeconds: 0, overwrites: [] });
  expect(await stage.call("maud", "keep").answer()).toBe("Kept.");
  expect(general().pins.size).toBe(1);
  expect(await stage.call("maud", "record").answer()).toContain("Ada: one");
  expect(await stage.call("maud", "ticket").answer()).toBe("Closed.");
  const thread = [...stage.discord.find.guild().channels.values()].find(({ name }) => name === "Ticket");
  expect(thread?.thread).toMatchObject({ archived: true, locked: true });
  expect(thread?.thread?.members.has(stage.discord.find.user("Maud").id)).toBe(true);
  expect(() => stage.call("bob", "clean")).toThrow("not offered");
});

it("asks with a form and with a menu of Discord's own", async () => {
  await start("", [
    "apply: { do: [ { form: { title: Join us, fields: { name: Your name, age: { label: Your age, type: integer } } }, save_as: a }, { reply: '{{ steps.a.name }} is {{ steps.a.age }}' } ] }",
    "colour: { do: [ { reply: { text: Which?, menu: { choices: [Red, Blue], do: [ { reply: '{{ user.name }} likes {{ picked }}' } ] } } } ] }",
  ]);
  const { discord } = stage;
  const invocation = discord.slash({ user: "Ada", command: "apply" });
  expect(await invocation.modal()).toMatchObject({ title: "Join us" });
  const submitted = await discord.submit({ from: invocation, values: { name: "Ada", age: "36" } });
  expect((await submitted.response()).content).toBe("Ada is 36");
  const message = await discord.slash({ user: "Bob", command: "colour" }).response();
  const [row] = message.components ?? [];
  const [menu] = row !== undefined && "components" in row ? row.components : [];
  const custom_id = menu !== undefined && "custom_id" in menu ? menu.custom_id : "";
  const picked = discord.select({ user: "Bob", message, custom_id, values: valuesOf(menu, "Blue") });
  expect((await picked.response()).content).toBe("Bob likes Blue");
});

/** Values of the choices that people see under these labels. */
function valuesOf(menu: object | undefined, label: string): string[] {
  const options = menu !== undefined && "options" in menu ? (menu.options as { label: string; value: string }[]) : [];
  return options.filter((option) => option.label === label).map(({ value }) => value);
}
