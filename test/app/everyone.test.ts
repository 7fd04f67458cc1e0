import { expect, it, onTestFinished } from "vitest";
import { startOn } from "./behaviours.ts";
import { discordStage } from "./discord-stage.ts";
import { slackStage } from "./slack-stage.ts";
import { endStage } from "./stage.ts";

const commands = [
  `shout: { options: { text: { type: text } }, do: [ { send: { to: general, text: "@everyone {{ options.text }}", mentions: everyone } } ] }`,
  `repeat: { options: { text: { type: text } }, do: [ { send: { to: general, text: "Said {{ options.text }}", mentions: everyone } } ] }`,
];

it("lets a text of the file call everyone on Discord, and nothing that a person typed", async () => {
  const stage = await discordStage();
  onTestFinished(() => endStage(stage));
  stage.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages", "MentionEveryone"]);
  await startOn(stage, { commands });
  stage.call("ada", "shout", { text: "land" });
  stage.call("ada", "repeat", { text: "@everyone" });
  await stage.discord.posts.waitFor(({ message }) => message.content.startsWith("@everyone land"));
  await stage.discord.posts.waitFor(({ message }) => message.content.startsWith("Said "));
  const called = stage.discord.posts.all.map(({ message }) => [message.content, message.mention_everyone]);
  expect(called).toContainEqual(["@everyone land", true]);
  expect(called).toContainEqual(["Said @\u200beveryone", false]);
});

it("lets a text of the file call everyone on Slack, and nothing that a person typed", async () => {
  const stage = await slackStage();
  onTestFinished(() => endStage(stage));
  await startOn(stage, { commands });
  stage.call("ada", "shout", { text: "land" });
  stage.call("ada", "repeat", { text: "@everyone" });
  await stage.hears("land");
  await stage.hears("Said ");
  const blocks = stage.slack.seen("general").map(({ blocks }) => JSON.stringify(blocks));
  expect(blocks.find((text) => text.includes("land"))).toContain('"range":"everyone"');
  expect(blocks.find((text) => text.includes("Said"))).not.toContain("broadcast");
});
