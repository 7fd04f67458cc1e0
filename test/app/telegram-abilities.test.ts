import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startOn } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

let stage: TelegramStage;
beforeEach(async () => {
  stage = await telegramStage();
});
afterEach(() => endStage(stage));

const start = (commands: readonly string[], rules = "") => startOn(stage, { commands, more: rules });

describe("a file on Telegram", () => {
  it("locks the group for who may restrict members, and for nobody else", async () => {
    await start(["hush: { do: [ lock, { reply: Quiet now. } ] }", "talk: { do: [ unlock, { reply: Go on. } ] }"]);
    const { telegram, group } = stage;
    expect(await stage.call("ada", "hush").answer()).toContain("create, change and delete channels");
    expect(telegram.permissions(group).can_send_messages).toBe(true);
    const before = telegram.permissions(group);
    expect(await stage.call("maud", "hush").answer()).toBe("Quiet now.");
    expect(() => stage.say("ada", "hello?")).toThrow("may not write");
    expect(await stage.call("maud", "talk").answer()).toBe("Go on.");
    expect(telegram.permissions(group)).toEqual(before);
  });

  it("purges, saying how many, and leaves the command that asked for it", async () => {
    const { telegram, group, people } = stage;
    await start([
      'tidy: { allow: moderators, do: [ { purge: 50, save_as: gone }, { reply: "{{ steps.gone }} gone." } ] }',
    ]);
    for (const text of ["spam", "more spam", "even more"]) stage.say("bob", text);
    expect(await stage.call("maud", "tidy").answer()).toBe("3 gone.");
    expect(telegram.messages(group).filter(({ from }) => from?.id === people.bob.id)).toEqual([]);
  });

  it("edits, pins and answers reactions, edits and leaving", async () => {
    const { telegram, group, people } = stage;
    telegram.setMember(group, telegram.bot, "administrator", ["can_pin_messages"]);
    await start(
      [
        'vote: { do: [ { reply: Open, save_as: sent }, { edit_message: { message: "{{ steps.sent }}", text: Closed } } ] }',
      ],
      `rules:
  - { name: Edits, when: message_edited, do: [ { send: { to: "{{ channel }}", text: "Now {{ message.text }}" } } ] }
  - { name: Likes, when: { reaction_added: ❤️ }, do: [ { reply: "{{ user.name }} likes it" } ] }
  - { name: Farewell, when: member_left, do: [ { send: { to: Harbour, text: "Bye {{ user.name }}" } } ] }
`,
    );
    stage.call("ada", "vote");
    await stage.hears("Closed");
    const said = telegram.say({ chat: group, from: people.ada, text: "teh ship" });
    telegram.edit(said, "the ship");
    await stage.hears("Now the ship");
    telegram.react({ from: people.bob, message: said, emoji: ["❤"] });
    await stage.hears("Bob likes it");
    telegram.leave(group, people.bob);
    await stage.hears("Bye Bob");
    expect(stage.heard()).toEqual(["Closed", "Now the ship", "Bob likes it", "Bye Bob"]);
  });
});
