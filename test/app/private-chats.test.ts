import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startOn } from "./behaviours.ts";
import { endStage } from "./stage.ts";
import { type TelegramStage, telegramStage } from "./telegram-stage.ts";

type User = TelegramStage["people"]["ada"];

let stage: TelegramStage;
/** Private chats begin once. */
let chats: Map<User, ReturnType<TelegramStage["telegram"]["privateChat"]>>;
beforeEach(async () => {
  stage = await telegramStage();
  chats = new Map();
});
afterEach(() => endStage(stage));

const commands = [
  'sang: { do: [ { add: { data: songs, amount: 1 } }, { append: { data: singers, value: "{{ user }}" } }, { reply: "{{ data.songs }} of yours, {{ data.singers | size }} here" } ] }',
  "place: \"{{ server.name | default: 'nowhere' }}\"",
];
const data = `data:
  songs: { type: integer, scope: member, default: 0 }
  singers: { type: list, of: member, scope: server, max_items: 9 }
`;

/** Writes to the bot in private, and waits for what it answers there. */
async function privately(user: User, text: string): Promise<string> {
  const { telegram } = stage;
  const chat = chats.get(user) ?? telegram.privateChat(user);
  chats.set(user, chat);
  const said = telegram.say({ chat, from: user, text });
  const answer = () =>
    telegram
      .messages(chat)
      .find(({ from, message_id }) => from?.id === telegram.bot.id && message_id > said.message_id);
  await telegram.calls.waitFor(() => answer() !== undefined, { what: `an answer to ${text}` });
  return answer()?.text ?? "";
}

describe("a command in a private chat on Telegram", () => {
  it("has the data and the rights of the home server, for its members", async () => {
    await startOn(stage, { commands, more: data });
    const { maud, ada } = stage.people;
    expect(await stage.call("ada", "sang").answer()).toBe("1 of yours, 1 here");
    expect(await privately(ada, "/sang")).toBe("2 of yours, 2 here");
    expect(await privately(ada, "/place")).toBe("Harbour");
    expect(await privately(maud, "/secret")).toContain("The chest");
    expect(await privately(ada, "/secret")).toBe("You may not use /secret.");
  });

  it("belongs to no server for somebody who is not in the home server, or has left it", async () => {
    await startOn(stage, { commands, more: data });
    const { telegram, group, people } = stage;
    await stage.call("ada", "sang").answer();
    const stranger = telegram.user({ first_name: "Stella", username: "stella" });
    expect(await privately(stranger, "/sang")).toBe("1 of yours, 1 here");
    expect(await privately(stranger, "/place")).toBe("nowhere");
    expect(await privately(stranger, "/secret")).toBe("You may not use /secret.");
    expect(await privately(people.maud, "/secret")).toContain("The chest");
    telegram.leave(group, people.maud);
    expect(await privately(people.maud, "/secret")).toBe("You may not use /secret.");
    expect(await privately(people.ada, "/sang")).toBe("2 of yours, 2 here");
  });

  it("belongs to no server where the file has two home servers", async () => {
    const { telegram, people, group } = stage;
    const quay = telegram.group({ title: "Quay", owner: people.olga, members: [people.ada, people.maud] });
    const entry = stage.entry.replace(`"${group.id}"`, `["${group.id}", "${quay.id}"]`);
    await startOn(stage, { commands, more: data, entry });
    await stage.call("ada", "sang").answer();
    expect(await privately(people.ada, "/sang")).toBe("1 of yours, 1 here");
    expect(await privately(people.maud, "/secret")).toBe("You may not use /secret.");
  });
});
