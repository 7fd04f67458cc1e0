import { afterEach, expect, it } from "vitest";
import { endApps, startTestApp } from "../support/app.ts";
import { botText } from "./behaviours.ts";
import { discordStage } from "./discord-stage.ts";
import { slackStage } from "./slack-stage.ts";

afterEach(endApps);

const commands = [
  `shout: { options: { text: { type: text } }, do: [ { send: { to: general, text: "@everyone {{ options.text }}", mentions: everyone } } ] }`,
  `repeat: { options: { text: { type: text } }, do: [ { send: { to: general, text: "Said {{ options.text }}", mentions: everyone } } ] }`,
];

it("lets a text of the file call everyone on Discord, and nothing that a person typed", async () => {
  const stage = await discordStage();
  try {
    stage.discord.setPermissions("@everyone", ["ViewChannel", "SendMessages", "MentionEveryone"]);
    await startTestApp({ yaml: botText(stage, { commands }), env: stage.env });
    stage.call("ada", "shout", { text: "land" });
    stage.call("ada", "repeat", { text: "@everyone" });
    await stage.discord.posts.waitFor(({ message }) => message.content.startsWith("@everyone land"));
    await stage.discord.posts.waitFor(({ message }) => message.content.startsWith("Said "));
    const called = stage.discord.posts.all.map(({ message }) => [message.content, message.mention_everyone]);
    expect(called).toContainEqual(["@everyone land", true]);
    expect(called).toContainEqual(["Said @\u200beveryone", false]);
  } finally {
    await endApps();
    await stage.close();
  }
});

it("lets a text of the file call everyone on Slack, and nothing that a person typed", async () => {
  const stage = await slackStage();
  try {
    await startTestApp({ yaml: botText(stage, { commands }), env: stage.env });
    stage.call("ada", "shout", { text: "land" });
    stage.call("ada", "repeat", { text: "@everyone" });
    await stage.hears("land");
    await stage.hears("Said ");
    const blocks = stage.slack.seen("general").map(({ blocks }) => JSON.stringify(blocks));
    expect(blocks.find((text) => text.includes("land"))).toContain('"range":"everyone"');
    expect(blocks.find((text) => text.includes("Said"))).not.toContain("broadcast");
  } finally {
    await endApps();
    await stage.close();
  }
});
