/**
 * What somebody who programs would write with grammY for the same work: a webhook with a secret that takes each update
 * once, who may ban looked up and kept for a minute, a rate limit in memory, a text made of options, a row in SQLite that
 * is durable before the answer. It does less than botctl where few would bother: its log is no chain, a flood answer is
 * not waited out, and a typed `@name` in the answer pings.
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

const banners = new Map();
async function mayBan(ctx) {
  let known = banners.get(ctx.chat.id);
  if (known === undefined || known.at < Date.now() - 60_000) {
    const members = await ctx.getChatAdministrators();
    const able = members.filter((member) => member.status === "creator" || member.can_restrict_members);
    known = { ids: new Set(able.map((member) => member.user.id)), at: Date.now() };
    banners.set(ctx.chat.id, known);
  }
  return known.ids.has(ctx.from.id);
}

const handled = new Set();
function isRedelivered(id) {
  if (handled.has(id)) return true;
  if (handled.size >= 2000) handled.clear();
  handled.add(id);
  return false;
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
bot.use((ctx, next) => (isRedelivered(ctx.update.update_id) ? undefined : next()));
bot.command("say", async (ctx) => {
  if (!(await mayBan(ctx))) return;
  if (limited(ctx.from.id)) return;
  const text = ctx.match.trim();
  if (text.length === 0 || text.length > 200) return;
  insert.run(Date.now(), String(ctx.from.id), String(ctx.chat.id), "say", JSON.stringify({ text }));
  await ctx.reply(`${ctx.from.first_name} says: ${text}`, {
    reply_parameters: { message_id: ctx.message.message_id, allow_sending_without_reply: true },
  });
});
bot.catch(({ error, ctx }) => void process.stderr.write(`update ${ctx.update.update_id}: ${error}\n`));
await bot.init();
const handle = webhookCallback(bot, "http", { secretToken: secret });
createServer((request, response) => {
  if (request.url !== "/webhook/path" || request.method !== "POST") response.writeHead(404).end();
  else void handle(request, response);
}).listen(Number(port), "127.0.0.1");
