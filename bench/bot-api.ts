import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Agent, request } from "undici";

export const token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
export const secret = "bench-secret";

export interface Api {
  readonly server: Server;
  readonly url: string;
  /** How many messages the bots sent. */
  answers(): number;
  /** How often each method was called. */
  readonly calls: ReadonlyMap<string, number>;
}

/** The least of a Bot API server: it answers at once, so that only the bots' own cost is measured. */
export async function startApi(): Promise<Api> {
  let answers = 0;
  const calls = new Map<string, number>();
  const me = {
    id: 123456,
    is_bot: true,
    first_name: "Bench",
    username: "bench_bot",
    can_join_groups: true,
    can_read_all_group_messages: true,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  };
  const owner = { status: "creator", user: { id: 7, is_bot: false, first_name: "Ada" }, is_anonymous: false };
  const granted = ["can_manage_chat", "can_delete_messages", "can_restrict_members", "can_promote_members"];
  const self = {
    status: "administrator",
    user: me,
    can_be_edited: false,
    is_anonymous: false,
    ...Object.fromEntries(granted.map((right) => [right, true])),
  };
  const results: Record<string, unknown> = {
    getMe: me,
    getChatAdministrators: [owner],
    getChatMember: owner,
    getMyCommands: [],
    getWebhookInfo: { url: "", has_custom_certificate: false, pending_update_count: 0 },
  };
  const sent = { message_id: 99, date: 1, chat: { id: -100, type: "supergroup", title: "Bench" }, text: "x" };
  const server = createServer((incoming, response) => {
    const method = incoming.url?.split("/").at(-1) ?? "";
    if (method === "sendMessage") answers++;
    calls.set(method, (calls.get(method) ?? 0) + 1);
    let body = "";
    incoming.setEncoding("utf8").on("data", (part: string) => {
      if (method === "getChatMember") body += part;
    });
    incoming.on("end", () => {
      const result = method === "sendMessage" ? sent : body.includes("123456") ? self : (results[method] ?? true);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: true, result }));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers: () => answers, calls };
}

/** Waits until something accepts requests there. */
export async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens on port ${port}`);
}

let updateId = 1000;

/** Sends that many updates, some at once, and waits until each is answered. */
export async function drive(
  dispatcher: Agent,
  port: number,
  text: string,
  count: number,
  atOnce: number,
): Promise<void> {
  let left = count;
  const one = async (): Promise<void> => {
    while (left-- > 0) {
      const id = ++updateId;
      const command = text.startsWith("/") ? text.indexOf(" ") : 0;
      const update = {
        update_id: id,
        message: {
          message_id: id,
          date: Math.floor(Date.now() / 1000),
          chat: { id: -100, type: "supergroup", title: "Bench" },
          from: { id: 7, is_bot: false, first_name: "Ada", username: "ada" },
          text,
          ...(command > 0 ? { entities: [{ type: "bot_command", offset: 0, length: command }] } : {}),
        },
      };
      const { statusCode, body } = await request(`http://127.0.0.1:${port}/webhook/path`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": secret },
        body: JSON.stringify(update),
        dispatcher,
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`the webhook answered ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
