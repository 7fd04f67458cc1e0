import { afterEach, beforeEach, expect, it } from "vitest";
import type { BotEvent } from "../../../../src/contracts/event.ts";
import type { OutMessage } from "../../../../src/contracts/message.ts";
import type { CommandForm, Connection } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
const rules: CommandForm = { name: "rules", description: "The rules", options: [], rights: [] };
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ commands: [rules] }));
});
afterEach(() => harness.close());

const slash = () => harness.discord.slash({ user: "Ada", command: "rules" });
const text = (words: string, more: Partial<OutMessage> = {}): OutMessage => ({ text: richText(words), ...more });
const interactionWrites = () =>
  harness.writes().filter((write) => write.includes("/interactions/") || write.includes("/webhooks/"));
const ephemeral = (flags: number | undefined) => ((flags ?? 0) & 64) !== 0;
/** Does not end before the bot has put the answer off. */
const putOff = async () => {
  await harness.discord.calls.waitFor(
    ({ path, body }) => path.endsWith("/callback") && [5, 6].includes((body as { type: number }).type),
  );
};

async function buttonMessage() {
  await connection.port.send(ids(harness).general, {
    ...text("Well?"),
    buttons: [{ key: "yes", label: "Yes", style: "primary" }],
  });
  return (await harness.discord.posts.waitFor(({ message }) => message.content === "Well?")).message;
}

it("answers with the response, then with followups", async () => {
  const sent: string[] = [];
  harness.answer = async ({ origin }) => {
    sent.push((await connection.port.reply(origin, text("one"))).id);
    sent.push((await connection.port.reply(origin, text("two", { ephemeral: true }))).id);
  };
  const responses = await slash().responses(2);
  expect(responses.map(({ content }) => content)).toEqual(["one", "two"]);
  expect(responses.map(({ flags }) => ephemeral(flags))).toEqual([false, true]);
  await expect.poll(() => sent).toEqual(responses.map(({ id }) => id));
  expect(interactionWrites()).toHaveLength(2);
});

it("splits a long first answer into the response and a followup", async () => {
  harness.answer = async ({ origin }) => void (await connection.port.reply(origin, text("word ".repeat(600))));
  const responses = await slash().responses(2);
  expect(responses.every(({ content }) => content.length <= 2000)).toBe(true);
});

it("puts the answer off in time and edits it later", async () => {
  harness.answer = async ({ origin }) => {
    await putOff();
    await connection.port.reply(origin, text("done thinking"));
  };
  const invocation = slash();
  const acknowledged = await invocation.acknowledged();
  expect(acknowledged.type).toBe(5);
  expect(acknowledged.at - invocation.interaction.createdAt).toBeLessThan(3000);
  const message = await invocation.response();
  expect(message.content).toBe("done thinking");
  expect(ephemeral(message.flags)).toBe(false);
  expect(harness.discord.posts.all).toHaveLength(1);
});

it("never shows a private answer to everybody, even when it comes late", async () => {
  harness.answer = async ({ origin }) => {
    await putOff();
    await connection.port.reply(origin, text("secret", { ephemeral: true }));
  };
  const message = await slash().response();
  expect(message.content).toBe("secret");
  expect(ephemeral(message.flags)).toBe(true);
  const channel = harness.discord.world.channels.get(ids(harness).general);
  expect([...(channel?.messages.values() ?? [])]).toEqual([]);
});

it("acknowledges a slash command that nobody answers, to the person alone", async () => {
  const message = await slash().response();
  expect(message.content).toBe("Received. I have nothing to add.");
  expect(ephemeral(message.flags)).toBe(true);
});

it("takes the thinking away when nothing was said in the end", async () => {
  harness.answer = putOff;
  const message = await slash().response();
  expect(ephemeral(message.flags)).toBe(true);
  expect(harness.discord.world.channels.get(ids(harness).general)?.messages.size).toBe(0);
});

it("acknowledges a press without a word", async () => {
  const message = await buttonMessage();
  const press = harness.discord.press({ user: "Bob", message, custom_id: "yes" });
  expect((await press.acknowledged()).type).toBe(6);
  expect(interactionWrites()).toHaveLength(1);
});

it("answers a press that took long with a followup, private if wanted", async () => {
  const message = await buttonMessage();
  harness.answer = async ({ origin }) => {
    await putOff();
    await connection.port.reply(origin, text("only you", { ephemeral: true }));
  };
  const press = harness.discord.press({ user: "Bob", message, custom_id: "yes" });
  const response = await press.response();
  expect(response.content).toBe("only you");
  expect(ephemeral(response.flags)).toBe(true);
  expect((await press.acknowledged()).type).toBe(6);
});

it("writes to the channel when the interaction can no longer be answered", async () => {
  let event: BotEvent | undefined;
  harness.answer = async (heard) => {
    event = heard;
    await connection.port.reply(heard.origin, text("at once"));
  };
  await slash().response();
  harness.pass(15 * 60_000);
  const sent = await connection.port.reply(event!.origin, text("much later"));
  expect(sent.channelId).toBe(ids(harness).general);
  expect(harness.discord.posts.all.map(({ message }) => message.content)).toEqual(["at once", "much later"]);
  const direct = await connection.port.reply(event!.origin, text("late secret", { ephemeral: true }));
  expect(harness.discord.posts.all.at(-1)?.channel).toMatchObject({ id: direct.channelId, kind: 1 });
});

it("writes to the channel after a restart, and answers while the token is good", async () => {
  let event: BotEvent | undefined;
  harness.answer = async (heard) => {
    event = heard;
    await connection.port.reply(heard.origin, text("before"));
  };
  const invocation = slash();
  await invocation.response();
  await connection.close();
  harness.pass(10_000);
  const next = await harness.open(harness.plan({ commands: [rules] }));
  const stored = JSON.parse(JSON.stringify(event!.origin));
  await next.port.reply(stored, text("after"));
  expect((await invocation.responses(2)).map(({ content }) => content)).toEqual(["before", "after"]);
});

it("falls back to the channel when the interaction is unknown by the time of the first answer", async () => {
  harness.answer = async ({ origin }) => {
    harness.pass(4000);
    await connection.port.reply(origin, text("too late for a response"));
  };
  slash();
  const { message } = await harness.discord.posts.waitFor(() => true);
  expect(message.content).toBe("too late for a response");
  expect(harness.discord.posts.all).toHaveLength(1);
  expect(interactionWrites()).toHaveLength(1);
});

it("answers once when the answer to the response is lost", async () => {
  harness.discord.misbehave({
    route: "POST /interactions/{interaction_id}/{interaction_token}/callback",
    close: true,
    afterEffect: true,
  });
  const sent: string[] = [];
  harness.answer = async ({ origin }) => void sent.push((await connection.port.reply(origin, text("once"))).id);
  const message = await slash().response();
  await expect.poll(() => sent).toEqual([message.id]);
  expect(harness.discord.posts.all).toHaveLength(1);
});

it("does not repeat a followup whose fate is unknown", async () => {
  harness.discord.misbehave({ route: "POST /webhooks/{webhook_id}/{webhook_token}", status: 500, afterEffect: true });
  const errors: unknown[] = [];
  harness.answer = async ({ origin }) => {
    await connection.port.reply(origin, text("one"));
    errors.push(await platformError(connection.port.reply(origin, text("two"))));
  };
  await slash().responses(2);
  await expect.poll(() => errors).toMatchObject([{ kind: "unavailable", uncertain: true }]);
  expect(interactionWrites().filter((write) => write.includes("webhooks"))).toHaveLength(1);
});
