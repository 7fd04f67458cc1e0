import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

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
  const server = createServer((socket) => {
    let buffered = "";
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("error", () => socket.destroy());
    socket.on("data", (part: string) => {
      buffered += part;
      for (;;) {
        const head = buffered.indexOf("\r\n\r\n");
        if (head === -1) return;
        const length = Number(/content-length: (\d+)/i.exec(buffered.slice(0, head))?.[1] ?? 0);
        const end = head + 4 + length;
        if (buffered.length < end) return;
        const method = /^\S+ \S*\/(\w+) /.exec(buffered)?.[1] ?? "";
        const body = buffered.slice(head + 4, end);
        buffered = buffered.slice(end);
        if (method === "sendMessage") answers++;
        calls.set(method, (calls.get(method) ?? 0) + 1);
        const isSelf = method === "getChatMember" && body.includes("123456");
        const result = method === "sendMessage" ? sent : isSelf ? self : (results[method] ?? true);
        const json = JSON.stringify({ ok: true, result });
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
        );
      }
    });
  });
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

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

let updateId = 1000;

/** Connections over which updates come, as many at once as there are. Raw sockets, to cost little beside the bots. */
export interface Sender {
  /** Resolves when each of them is answered. */
  send(text: string, count: number): Promise<void>;
  close(): void;
}

export async function connectSender(port: number, connections: number): Promise<Sender> {
  const sockets = Array.from({ length: connections }, () => connect(port, "127.0.0.1"));
  for (const socket of sockets) {
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("end", () => socket.destroy(new Error("the bot closed a connection")));
  }
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  return {
    async send(text, count) {
      let left = count;
      const one = async (socket: Socket): Promise<void> => {
        while (left-- > 0) {
          const answered = once(socket, "data");
          socket.write(requestOf(text));
          const [answer] = (await answered) as [string];
          if (!answer.startsWith("HTTP/1.1 200")) throw new Error(`the webhook answered ${answer.slice(0, 40)}`);
        }
      };
      await Promise.all(sockets.map(one));
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function requestOf(text: string): string {
  const id = ++updateId;
  const command = text.startsWith("/") ? text.indexOf(" ") : 0;
  const body = JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      chat: { id: -100, type: "supergroup", title: "Bench" },
      from: { id: 7, is_bot: false, first_name: "Ada", username: "ada" },
      text,
      ...(command > 0 ? { entities: [{ type: "bot_command", offset: 0, length: command }] } : {}),
    },
  });
  return `POST /webhook/path HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\nx-telegram-bot-api-secret-token: ${secret}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}
