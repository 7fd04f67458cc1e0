import {
  ActionRowBuilder,
  ApplicationCommandOptionType,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  StringSelectMenuBuilder,
  type StringSelectMenuInteraction,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { login, nextEvent } from "./client.ts";
import { type DiscordSimulator, startDiscordSimulator } from "./simulator.ts";

let discord: DiscordSimulator;
let client: Client<true>;
let now: number;

beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  discord = await startDiscordSimulator({
    checkOutgoing: true,
    now: () => now,
    guilds: [
      { name: "Harbour", roles: [{ name: "Moderator" }], members: ["ada", { name: "bob", roles: ["Moderator"] }] },
    ],
  });
  client = await login(discord);
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
  expect(discord.problems).toEqual([]);
});

const commands = [
  {
    name: "give",
    description: "Give coins",
    options: [
      { name: "member", description: "To whom", type: ApplicationCommandOptionType.User as const, required: true },
      { name: "amount", description: "How many", type: ApplicationCommandOptionType.Integer as const, min_value: 1 },
      { name: "where", description: "A place", type: ApplicationCommandOptionType.Channel as const },
      { name: "as", description: "A role", type: ApplicationCommandOptionType.Role as const },
      { name: "proof", description: "A file", type: ApplicationCommandOptionType.Attachment as const },
    ],
  },
  {
    name: "config",
    description: "Settings",
    options: [
      {
        name: "set",
        description: "Change one",
        type: ApplicationCommandOptionType.Subcommand as const,
        options: [{ name: "key", description: "Which", type: ApplicationCommandOptionType.String as const }],
      },
    ],
  },
  { name: "ban", description: "Ban somebody", default_member_permissions: "4" },
];

/** Registers the commands and hands over what is used next. */
async function hear<T extends Interaction>(act: () => void): Promise<T> {
  if (discord.world.globalCommands.size === 0) await client.application.commands.set(commands);
  const heard = nextEvent<T>(client, "interactionCreate");
  act();
  return heard;
}

it("keeps ids when commands are set again, and refuses too many", async () => {
  const first = await client.application.commands.set(commands);
  const again = await client.application.commands.set([...commands].reverse());
  expect(again.find(({ name }) => name === "give")?.id).toBe(first.find(({ name }) => name === "give")?.id);
  expect(discord.portal.commandCreatesLeft).toBe(197);
  const many = Array.from({ length: 101 }, (_, n) => ({ name: `c${n}`, description: "x" }));
  await expect(client.application.commands.set(many)).rejects.toMatchObject({ code: 30032 });
  discord.portal.commandCreatesLeft = 1;
  await expect(client.application.commands.set(many.slice(0, 2))).rejects.toMatchObject({ code: 30034 });
  const guild = client.guilds.cache.first()!;
  const one = await guild.commands.create({ name: "here", description: "Only here" });
  await guild.commands.edit(one.id, { description: "Changed" });
  expect((await guild.commands.fetch()).first()?.description).toBe("Changed");
  await guild.commands.delete(one.id);
  expect((await guild.commands.fetch()).size).toBe(0);
});

it("answers a slash command with everything resolved", async () => {
  let used!: ReturnType<DiscordSimulator["slash"]>;
  const interaction = await hear<ChatInputCommandInteraction>(() => {
    const options = {
      member: "bob",
      amount: 3,
      where: "general",
      as: "Moderator",
      proof: { file: "a.txt", content: "x" },
    };
    used = discord.slash({ user: "ada", command: "give", options });
  });
  expect(interaction.options.getUser("member")?.displayName).toBe("bob");
  expect(interaction.options.getMember("member")).toMatchObject({ displayName: "bob" });
  expect(interaction.options.getInteger("amount")).toBe(3);
  expect(interaction.options.getChannel("where")?.name).toBe("general");
  expect(interaction.options.getRole("as")?.name).toBe("Moderator");
  expect(interaction.options.getAttachment("proof")?.name).toBe("a.txt");
  const response = await interaction.reply({ content: "Sent", withResponse: true });
  expect(response.resource?.message?.content).toBe("Sent");
  expect((await used.acknowledged()).type).toBe(4);
  expect((await used.response()).content).toBe("Sent");
  await interaction.followUp({ content: "for you", flags: MessageFlags.Ephemeral });
  expect((await used.responses(2))[1]?.content).toBe("for you");
  expect([...discord.find.channel("general").messages.values()].map(({ content }) => content)).toEqual(["Sent"]);
});

it("thinks first, then shows, edits and deletes", async () => {
  let used!: ReturnType<DiscordSimulator["slash"]>;
  const interaction = await hear<ChatInputCommandInteraction>(() => {
    used = discord.slash({ user: "ada", command: "config set", options: { key: "colour" } });
  });
  expect(interaction.options.getSubcommand()).toBe("set");
  await interaction.deferReply();
  now += 60_000;
  await interaction.editReply("Done");
  expect((await used.response()).content).toBe("Done");
  expect((await interaction.fetchReply()).content).toBe("Done");
  await interaction.deleteReply();
  expect(discord.find.channel("general").messages.size).toBe(0);
  now += 15 * 60_000;
  await expect(interaction.followUp("too late")).rejects.toMatchObject({ code: 50027 });
});

it("refuses what comes late or twice", async () => {
  const late = await hear<ChatInputCommandInteraction>(() => discord.slash({ user: "ada", command: "config set" }));
  now += 3001;
  await expect(late.reply("x")).rejects.toMatchObject({ code: 10062, status: 404 });
  const twice = await hear<ChatInputCommandInteraction>(() => discord.slash({ user: "ada", command: "config set" }));
  await twice.reply("x");
  twice.replied = false;
  await expect(twice.reply("y")).rejects.toMatchObject({ code: 40060, status: 400 });
});

it("offers a command only to those who may use it, with options that it has", async () => {
  await client.application.commands.set(commands);
  expect(() => discord.slash({ user: "ada", command: "ban" })).toThrow("not offered");
  expect(() => discord.slash({ user: "ada", command: "give" })).toThrow('"member" is required');
  expect(() => discord.slash({ user: "ada", command: "config set", options: { colour: "x" } })).toThrow("no option");
  expect(() => discord.slash({ user: "ada", command: "nothing" })).toThrow("not registered");
});

it("presses buttons, also on ephemeral messages", async () => {
  let used!: ReturnType<DiscordSimulator["slash"]>;
  const interaction = await hear<ChatInputCommandInteraction>(() => {
    used = discord.slash({ user: "ada", command: "config set" });
  });
  const button = new ButtonBuilder({ customId: "more", label: "More", style: ButtonStyle.Primary });
  const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(button)];
  await interaction.reply({ content: "One", components, flags: MessageFlags.Ephemeral });
  const message = await used.response();
  expect(() => discord.press({ user: "ada", message, custom_id: "less" })).toThrow("nothing with the custom id");
  const pressed = await hear<ButtonInteraction>(() => {
    used = discord.press({ user: "ada", message, custom_id: "more" });
  });
  await pressed.update({ content: "Two", components: [] });
  expect(await used.response()).toMatchObject({ id: message.id, content: "Two" });
});

it("defers a press and edits the message it was on", async () => {
  const channel = client.channels.cache.get(discord.find.channel("general").id)!;
  if (!channel.isSendable()) throw new Error("a text channel is sendable");
  const menu = new StringSelectMenuBuilder({
    customId: "pick",
    options: [
      { label: "Red", value: "red" },
      { label: "Blue", value: "blue" },
    ],
  });
  const sent = await channel.send({
    content: "Pick",
    components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
  });
  const message = discord.find.channel("general").messages.get(sent.id)!;
  const picked = await hear<StringSelectMenuInteraction>(() => {
    discord.select({ user: "bob", message, custom_id: "pick", values: ["blue"] });
  });
  expect(picked.values).toEqual(["blue"]);
  await picked.deferUpdate();
  await picked.editReply({ content: "Blue it is", components: [] });
  expect(discord.find.channel("general").messages.get(sent.id)?.content).toBe("Blue it is");
});

it("opens a form and takes what was typed", async () => {
  let used!: ReturnType<DiscordSimulator["slash"]>;
  const interaction = await hear<ChatInputCommandInteraction>(() => {
    used = discord.slash({ user: "ada", command: "config set" });
  });
  const label = new LabelBuilder({ label: "Why" }).setTextInputComponent(
    new TextInputBuilder({ customId: "why", style: TextInputStyle.Short }),
  );
  await interaction.showModal(new ModalBuilder({ customId: "form", title: "Report" }).addLabelComponents(label));
  expect((await used.modal()).title).toBe("Report");
  const heard = nextEvent<ModalSubmitInteraction>(client, "interactionCreate");
  const sent = await discord.submit({ from: used, values: { why: "because" } });
  const submitted = await heard;
  expect(submitted.fields.getTextInputValue("why")).toBe("because");
  await submitted.reply("Thanks");
  expect((await sent.response()).content).toBe("Thanks");
});
