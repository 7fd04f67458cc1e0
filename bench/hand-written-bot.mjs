/**
 * What somebody who programs would write with grammY for the same work: a webhook with a secret, administrators looked
 * up once and kept, a rate limit in memory, a text made of options, a row in SQLite that is durable before the answer.
 */
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { Bot, webhookCallback } from "grammy";

const { TELEGRAM_TOKEN: token, API_ROOT: apiRoot, PORT: port, DATABASE: database, SECRET: secret } = process.env;

const db = new Database(database);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec("create table audit (id integer primary key, at integer, who text, chat text, command text, options text)");
const insert = db.prepare("insert into audit (at, who, chat, command, options) values (?, ?, ?, ?, ?)");

const administrators = new Map();
async function isAdministrator(ctx) {
  let ids = administrators.get(ctx.chat.id);
  if (ids === undefined) {
    ids = new Set((await ctx.getChatAdministrators()).map((member) => member.user.id));
    administrators.set(ctx.chat.id, ids);
  }
  return ids.has(ctx.from.id);
}

const uses = new Map();
function limited(id) {
  const now = Date.now();
  const recent = (uses.get(id) ?? []).filter((at) => at > now - 10_000);
  if (recent.length >= 1_000_000) return true;
  recent.push(now);
  uses.set(id, recent.slice(-50));
  return false;
}

const bot = new Bot(token, { client: { apiRoot } });
bot.command("say", async (ctx) => {
  if (!(await isAdministrator(ctx))) return;
  if (limited(ctx.from.id)) return;
  const text = ctx.match.trim();
  if (text.length === 0 || text.length > 200) return;
  insert.run(Date.now(), String(ctx.from.id), String(ctx.chat.id), "say", JSON.stringify({ text }));
  await ctx.reply(`${ctx.from.first_name} says: ${text}`, {
    reply_parameters: { message_id: ctx.message.message_id },
  });
});
await bot.init();
const handle = webhookCallback(bot, "http", { secretToken: secret });
createServer((request, response) => {
  if (request.url !== "/webhook/path" || request.method !== "POST") response.writeHead(404).end();
  else void handle(request, response);
}).listen(Number(port), "127.0.0.1");
