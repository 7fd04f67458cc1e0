import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Bot, GrammyError, HttpError, webhookCallback } from "grammy";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRecording } from "../shared/recording.ts";
import { loadSpec, specsDirectory } from "../shared/specs.ts";
import { refusals } from "./errors.ts";
import { startTelegramSimulator, type TelegramSimulator } from "./index.ts";

const token = "4242:harbour-token";
const withSpecs = it.skipIf(specsDirectory() === undefined);

let telegram: TelegramSimulator;
let bot: Bot;

beforeEach(async () => {
  telegram = await startTelegramSimulator({ token, redeliverAfter: 5 });
  bot = new Bot(token, { client: { apiRoot: telegram.url } });
});
afterEach(async () => {
  await telegram.close();
});

const harbour = () => {
  const ada = telegram.user({ first_name: "Ada", username: "ada" });
  const bob = telegram.user({ first_name: "Bob" });
  const owner = telegram.user({ first_name: "Olga", username: "olga" });
  const group = telegram.group({
    title: "Harbour",
    owner,
    members: [ada, bob],
    rights: ["can_delete_messages", "can_restrict_members"],
  });
  return { ada, bob, owner, group };
};

/** The refusal that a call meets. */
const refused = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof GrammyError) return `${error.error_code} ${error.description}`;
  throw new Error(`not refused but: ${error}`);
};

describe("long polling", () => {
  it("carries a conversation with the real library", async () => {
    const { ada, group } = harbour();
    bot.command("rules", (ctx) =>
      ctx.reply("Be kind.", {
        reply_parameters: { message_id: ctx.msg.message_id },
        reply_markup: { inline_keyboard: [[{ text: "I am", callback_data: "kind" }]] },
      }),
    );
    bot.callbackQuery("kind", async (ctx) => {
      await ctx.answerCallbackQuery({ text: "Good." });
      await ctx.editMessageText("Ada is kind.");
    });
    const polling = bot.start();
    const said = telegram.say({ chat: group, from: ada, text: "/rules" });
    await telegram.calls.waitFor(({ method }) => method === "sendMessage");
    const answer = telegram.messages(group).at(-1)!;
    expect(answer).toMatchObject({ text: "Be kind.", reply_to_message: { message_id: said.message_id } });

    telegram.press({ from: ada, message: answer, button: "I am" });
    await telegram.calls.waitFor(({ method }) => method === "editMessageText");
    expect(telegram.messages(group).at(-1)).toMatchObject({ text: "Ada is kind." });
    await bot.stop();
    await polling;
    expect(telegram.problems).toEqual([]);
  });

  it("delivers again what was not confirmed, and forgets what was", async () => {
    const { ada, group } = harbour();
    telegram.say({ chat: group, from: ada, text: "one" });
    telegram.say({ chat: group, from: ada, text: "two" });
    const [first, second] = await bot.api.getUpdates();
    expect((await bot.api.getUpdates()).map(({ update_id }) => update_id)).toEqual([
      first!.update_id,
      second!.update_id,
    ]);
    expect(await bot.api.getUpdates({ offset: first!.update_id + 1 })).toEqual([second]);
    expect(await bot.api.getUpdates({ offset: second!.update_id + 1 })).toEqual([]);
    telegram.jumpTo(5);
    telegram.say({ chat: group, from: ada, text: "three" });
    expect((await bot.api.getUpdates()).map(({ update_id }) => update_id)).toEqual([5]);
  });

  it("ends the older of two pollers and refuses polling beside a webhook", async () => {
    const older = refused(bot.api.getUpdates({ timeout: 30 }));
    await telegram.calls.waitFor(({ method }) => method === "getUpdates");
    expect(await bot.api.getUpdates()).toEqual([]);
    expect(await older).toBe(refusals.otherPoller.join(" "));

    const polling = refused(bot.api.getUpdates({ timeout: 30 }));
    await telegram.calls.waitForCount(3, ({ method }) => method === "getUpdates");
    await bot.api.setWebhook("https://bot.example.org/webhook");
    expect(await polling).toBe(refusals.endedBySetWebhook.join(" "));
    expect(await refused(bot.api.getUpdates())).toBe(refusals.webhookActive.join(" "));
  });

  it("keeps to allowed_updates", async () => {
    const { ada, bob, group } = harbour();
    telegram.join(group, telegram.user({ first_name: "Cleo" }));
    const message = telegram.say({ chat: group, from: ada, text: "hi" });
    telegram.react({ from: bob, message, emoji: ["👍"] });
    const kinds = async () => (await bot.api.getUpdates()).map((update) => Object.keys(update)[1]);
    expect(await kinds()).toEqual(["message", "message"]);
    await bot.api.getUpdates({ offset: -1, allowed_updates: ["chat_member", "message_reaction"] });
    telegram.leave(group, bob);
    telegram.react({ from: ada, message, emoji: ["🔥"] });
    expect((await kinds()).slice(1)).toEqual(["chat_member", "message_reaction"]);
    expect(telegram.problems).toEqual([]);
  });
});

describe("webhook", () => {
  const listen = async (bot: Bot, secretToken: string) => {
    await bot.init();
    const headers = createRecording<string | string[] | undefined>();
    const answer = webhookCallback(bot, "http", { secretToken });
    let failures = 0;
    const server = createServer((request, response) => {
      headers.record(request.headers["x-telegram-bot-api-secret-token"]);
      if (failures-- > 0) {
        response.statusCode = 500;
        response.end();
      } else void answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/path`;
    return { url, headers, fail: (times: number) => (failures = times), close: () => server.close() };
  };

  it("posts updates with the secret token, in order, until they are accepted", async () => {
    const { ada, group } = harbour();
    const heard: string[] = [];
    bot.on("message:text", async (ctx) => {
      heard.push(ctx.msg.text);
      await ctx.reply(`heard ${ctx.msg.text}`);
    });
    const hook = await listen(bot, "s3cret");
    await bot.api.setWebhook(hook.url, { secret_token: "s3cret" });
    hook.fail(2);
    telegram.say({ chat: group, from: ada, text: "one" });
    telegram.say({ chat: group, from: ada, text: "two" });
    await telegram.deliveries.waitForCount(2, ({ status }) => status === 200);
    expect(telegram.deliveries.all.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
      [1, 200],
    ]);
    expect(new Set(hook.headers.all)).toEqual(new Set(["s3cret"]));
    expect(heard).toEqual(["one", "two"]);
    telegram.redeliver(telegram.updates[0]!);
    await telegram.deliveries.waitForCount(3, ({ status }) => status === 200);
    expect(heard).toEqual(["one", "two", "one"]);
    expect(await bot.api.getWebhookInfo()).toMatchObject({ pending_update_count: 0, url: hook.url });
    await bot.api.deleteWebhook();
    hook.close();
    expect(telegram.problems).toEqual([]);
  });

  it("does not hold up other chats when one fails", async () => {
    const { ada, group } = harbour();
    const other = telegram.privateChat(ada);
    const seen: number[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const update = JSON.parse(Buffer.concat(chunks).toString()) as { message: { chat: { id: number } } };
        seen.push(update.message.chat.id);
        response.statusCode = update.message.chat.id === group.id ? 503 : 200;
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await bot.api.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    telegram.say({ chat: group, from: ada, text: "stuck" });
    telegram.say({ chat: group, from: ada, text: "waits" });
    telegram.say({ chat: other, from: ada, text: "goes" });
    await telegram.deliveries.waitFor(({ status }) => status === 200);
    await telegram.deliveries.waitForCount(3, ({ status }) => status === 503);
    expect(seen).toContain(other.id);
    expect(new Set(telegram.deliveries.all.filter(({ status }) => status === 503).map((d) => d.update_id)).size).toBe(
      1,
    );
    await bot.api.deleteWebhook({ drop_pending_updates: true });
    server.close();
  });

  it("refuses a plain address and a secret with odd characters", async () => {
    expect(await refused(bot.api.setWebhook("http://bot.example.org/"))).toContain("HTTPS URL must be provided");
    expect(await refused(bot.api.setWebhook("https://bot.example.org/", { secret_token: "a b" }))).toContain(
      "secret token contains unallowed characters",
    );
  });
});

describe("refusals", () => {
  it("knows its token only", async () => {
    telegram.setToken(undefined);
    expect(await refused(bot.api.getMe())).toBe("401 Unauthorized");
  });

  it("answers for chats and messages that are not there, or no longer", async () => {
    const { ada, bob, group } = harbour();
    const api = bot.api;
    const home = telegram.privateChat(ada);
    expect(await refused(api.sendMessage(99, "hi"))).toBe("400 Bad Request: chat not found");
    expect(await refused(api.sendMessage(bob.id, "hi"))).toContain("can't initiate conversation with a user");
    expect(await refused(api.deleteMessage(group.id, 99))).toBe("400 Bad Request: message to delete not found");
    expect(await refused(api.editMessageText(group.id, 99, "x"))).toBe("400 Bad Request: message to edit not found");
    expect(await refused(api.sendMessage(group.id, "x", { reply_parameters: { message_id: 99 } }))).toContain(
      "message to be replied not found",
    );
    expect(await refused(api.answerCallbackQuery("7"))).toContain("query is too old");
    const sent = await api.sendMessage(home.id, "same");
    expect(await refused(api.editMessageText(home.id, sent.message_id, "same"))).toContain("message is not modified");
    telegram.block(ada);
    expect(await refused(api.sendMessage(home.id, "hi"))).toBe("403 Forbidden: bot was blocked by the user");
    telegram.deactivate(ada);
    expect(await refused(api.sendMessage(home.id, "hi"))).toBe("403 Forbidden: user is deactivated");
    telegram.setMember(group, telegram.bot, "kicked");
    expect(await refused(api.sendMessage(group.id, "hi"))).toBe(refusals.kickedFromSupergroup.join(" "));
    expect(telegram.problems).toEqual([]);
  });

  it("keeps rank and rights", async () => {
    const { ada, bob, owner, group } = harbour();
    const api = bot.api;
    await api.restrictChatMember(group.id, bob.id, { can_send_messages: false });
    expect(telegram.member(group, bob)).toMatchObject({ status: "restricted", can_send_messages: false });
    expect(() => telegram.say({ chat: group, from: bob, text: "hi" })).toThrow("may not write");
    await api.banChatMember(group.id, bob.id);
    expect(await api.getChatMember(group.id, bob.id)).toMatchObject({ status: "kicked" });
    await api.unbanChatMember(group.id, bob.id, { only_if_banned: true });
    expect(await api.getChatMember(group.id, bob.id)).toMatchObject({ status: "left" });
    expect(await refused(api.banChatMember(group.id, owner.id))).toContain("can't remove chat owner");
    telegram.setMember(group, ada, "administrator", ["can_delete_messages"]);
    expect(await refused(api.banChatMember(group.id, ada.id))).toContain("user is an administrator of the chat");
    expect((await api.getChatAdministrators(group.id)).map(({ user }) => user.first_name)).toEqual([
      "Olga",
      "Ada",
      "Harbour",
    ]);
    telegram.setMember(group, telegram.bot, "member");
    const message = telegram.say({ chat: group, from: ada, text: "spam" });
    expect(await refused(api.deleteMessage(group.id, message.message_id))).toContain("message can't be deleted");
    expect(await refused(api.banChatMember(group.id, ada.id))).toContain("not enough rights");
    const basic = telegram.group({ title: "Small", type: "group", owner, members: [ada], rights: [] });
    expect(await refused(api.restrictChatMember(basic.id, ada.id, {}))).toContain("only for supergroups");
    expect(telegram.problems).toEqual([]);
  });

  it("deletes many messages or none, pins, and takes files", async () => {
    const { ada, group } = harbour();
    const api = bot.api;
    const days = (count: number) => Math.floor(Date.now() / 1000) - count * 86_400;
    const old = telegram.say({ chat: group, from: ada, text: "old", date: days(3) });
    const young = telegram.say({ chat: group, from: ada, text: "young" });
    expect(await refused(api.deleteMessages(group.id, [young.message_id, old.message_id]))).toContain("for everyone");
    expect(telegram.messages(group)).toHaveLength(2);
    expect(await refused(api.deleteMessages(group.id, Array<number>(101).fill(1)))).toContain("too many");
    expect(await refused(api.pinChatMessage(group.id, young.message_id))).toContain("manage pinned messages");
    await api.deleteMessages(group.id, [young.message_id, 99]);
    expect(telegram.messages(group)).toHaveLength(1);
    telegram.setMember(group, telegram.bot, "administrator", ["can_pin_messages"]);
    const upload = async (caption: string) => {
      const form = new FormData();
      form.set("chat_id", String(group.id));
      form.set("caption", caption);
      form.set("document", new Blob(["log"]), "log.txt");
      const response = await fetch(`${telegram.url}/bot${token}/sendDocument`, { method: "POST", body: form });
      return (await response.json()) as { description?: string; result?: { document: object } };
    };
    expect((await upload("the log")).result!.document).toMatchObject({ file_name: "log.txt", file_size: 3 });
    const sent = telegram.messages(group).at(-1)!.message_id;
    expect(await refused(api.editMessageText(group.id, sent, "x"))).toContain("there is no text in the message");
    await api.editMessageCaption(group.id, sent, { caption: "a log" });
    expect(telegram.messages(group).at(-1)!.caption).toBe("a log");
    expect((await upload("x".repeat(1025))).description).toContain("caption is too long");
    await api.pinChatMessage(group.id, sent);
    expect(telegram.pinned(group)).toEqual([sent]);
    await api.unpinChatMessage(group.id, sent);
    expect(await refused(api.unpinChatMessage(group.id, sent))).toContain("CHAT_NOT_MODIFIED");
    expect(telegram.problems.filter((problem) => !problem.startsWith("sendDocument: /caption"))).toEqual([]);
  });

  it("keeps what members may do, and topics", async () => {
    const { ada, group, owner } = harbour();
    const api = bot.api;
    await api.setChatPermissions(group.id, { can_send_polls: true });
    expect(telegram.permissions(group)).toMatchObject({ can_send_messages: true, can_invite_users: false });
    const only = { can_send_polls: true };
    await api.setChatPermissions(group.id, only, { use_independent_chat_permissions: true });
    expect(() => telegram.say({ chat: group, from: ada, text: "hi" })).toThrow("may not write");
    expect(await refused(api.createForumTopic(group.id, "Boats"))).toBe("400 Bad Request: the chat is not a forum");
    const forum = telegram.group({ title: "Forum", owner, members: [ada], rights: ["can_manage_topics"], forum: true });
    const { message_thread_id: thread } = await api.createForumTopic(forum.id, "Boats");
    await api.closeForumTopic(forum.id, thread);
    expect(await refused(api.closeForumTopic(forum.id, thread))).toContain("TOPIC_NOT_MODIFIED");
    expect(() => telegram.say({ chat: forum, from: ada, text: "hi", thread })).toThrow("closed topic");
    await api.reopenForumTopic(forum.id, thread);
    expect(telegram.say({ chat: forum, from: ada, text: "hi", thread }).message_thread_id).toBe(thread);
    expect(await refused(api.setChatPermissions(forum.id, {}))).toContain("not enough rights");
    expect(telegram.problems).toEqual([]);
  });

  it("moves a group that became a supergroup", async () => {
    const { owner } = harbour();
    const small = telegram.group({ title: "Small", type: "group", owner });
    const large = telegram.migrate(small);
    const error = await bot.api.sendMessage(small.id, "hi").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ error_code: 400, parameters: { migrate_to_chat_id: large.id } });
    await bot.api.sendMessage(large.id, "hi");
  });

  it("keeps a command menu per scope", async () => {
    const commands = [{ command: "rules", description: "Show the rules" }];
    await bot.api.setMyCommands(commands, { scope: { type: "all_group_chats" } });
    expect(await bot.api.getMyCommands()).toEqual([]);
    expect(await bot.api.getMyCommands({ scope: { type: "all_group_chats" } })).toEqual(commands);
    await bot.api.deleteMyCommands({ scope: { type: "all_group_chats" } });
    expect(await bot.api.getMyCommands({ scope: { type: "all_group_chats" } })).toEqual([]);
    expect(await refused(bot.api.setMyCommands([{ command: "Big Name", description: "x" }]))).toContain(
      "BOT_COMMAND_INVALID",
    );
  });

  it("answers 404 for a method that is not there", async () => {
    const answer = await fetch(`${telegram.url}/bot${token}/sendPigeon`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { ok: false, error_code: 404, description: "Not Found: method not found" },
    ]);
  });

  it("refuses texts and button data that are too long, and entities that leave the text", async () => {
    const { group } = harbour();
    const api = bot.api;
    expect(await refused(api.sendMessage(group.id, "x".repeat(4097)))).toBe("400 Bad Request: message is too long");
    const inline_keyboard = [[{ text: "x", callback_data: "ä".repeat(33) }]];
    expect(await refused(api.sendMessage(group.id, "x", { reply_markup: { inline_keyboard } }))).toContain(
      "BUTTON_DATA_INVALID",
    );
    const entities = [{ type: "bold" as const, offset: 0, length: 9 }];
    expect(await refused(api.sendMessage(group.id, "short", { entities }))).toContain("ENTITY_BOUNDS_INVALID");
  });

  withSpecs("refuses and records what the published API does not know", async () => {
    const { group } = harbour();
    const answer = await fetch(`${telegram.url}/bot${token}/sendMessage`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ chat_id: group.id, text: "hi", colour: "red", reply_markup: { inline_keyboard: [{}] } }),
    });
    expect(answer.status).toBe(400);
    expect(telegram.problems).toContain("sendMessage: / must NOT have additional properties (colour)");
    expect(telegram.problems).toContain("sendMessage: /reply_markup/inline_keyboard/0 must be array");
    await bot.api.setMessageReaction(group.id, 1, [{ type: "emoji", emoji: "🐟" as "🐳" }]).catch(() => undefined);
    expect(telegram.problems.at(-1)).toContain("setMessageReaction: /reaction/0");
  });

  withSpecs("words its refusals as the server does", () => {
    const known = loadSpec<{ error_code: number; description: string }[]>(
      "telegram/error_strings.tdlib_bot_api_server.json",
    ).map(({ error_code, description }) => `${error_code} ${description}`);
    const served = Object.values(refusals).map((each) => each.join(" "));
    expect(served.filter((each) => known.includes(each)).length).toBeGreaterThan(10);
  });
});

describe("faults", () => {
  it("floods, breaks, cuts and forgets to answer as told, and recovers", async () => {
    const { group } = harbour();
    const api = bot.api;
    telegram.misbehave({ method: "sendMessage", status: 429, parameters: { retry_after: 3 } });
    const flooded = await api.sendMessage(group.id, "hi").catch((thrown: unknown) => thrown);
    expect(flooded).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });

    telegram.misbehave({ status: 502, text: "<html>Bad Gateway</html>" });
    await expect(api.sendMessage(group.id, "hi")).rejects.toThrow(HttpError);

    telegram.misbehave({ close: true, carriedOut: true });
    await expect(api.sendMessage(group.id, "lost answer")).rejects.toThrow(HttpError);
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["lost answer"]);

    const hanging = telegram.misbehave({ hang: true, times: Number.POSITIVE_INFINITY });
    const gone = new AbortController();
    const call = fetch(`${telegram.url}/bot${token}/sendMessage`, { signal: gone.signal });
    await telegram.calls.waitForCount(4, ({ method }) => method === "sendMessage");
    gone.abort();
    await expect(call).rejects.toThrow();
    hanging.stop();

    telegram.misbehave({ when: (params) => params.chat_id === -1, status: 500 });
    await api.sendMessage(group.id, "fine again");
    expect(telegram.messages(group).map(({ text }) => text)).toEqual(["lost answer", "fine again"]);
    expect(telegram.problems).toEqual([]);
  });
});
