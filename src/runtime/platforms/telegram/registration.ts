import { createHash } from "node:crypto";
import { type ConnectionMemory, PlatformError } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { UpdateKind } from "./intake.ts";
import type { WebhookSettings } from "./settings.ts";

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");
const keyOf = (botId: number) => `webhook:${botId}`;

/**
 * Points Telegram at the webhook, unless it was pointed there the same way before. What was registered is remembered by
 * hashes only, because the address holds a secret.
 * @throws PlatformError
 */
export async function registerWebhook(
  client: Client,
  memory: ConnectionMemory,
  botId: number,
  settings: WebhookSettings,
  allowed: readonly UpdateKind[],
  dropPending: boolean,
): Promise<void> {
  const wanted = { url: hash(settings.url), form: hash(JSON.stringify([settings.url, settings.secretToken, allowed])) };
  const [before, present] = await Promise.all([memory.get(keyOf(botId)), client.call("getWebhookInfo", {})]);
  const registered =
    typeof before === "object" &&
    before !== null &&
    "form" in before &&
    before.form === wanted.form &&
    present.url === settings.url &&
    [...(present.allowed_updates ?? [])].sort().join() === [...allowed].sort().join();
  if (registered && !dropPending) return;
  await client.call("setWebhook", {
    url: settings.url,
    secret_token: settings.secretToken,
    allowed_updates: allowed,
    ...(dropPending ? { drop_pending_updates: true } : {}),
  });
  await memory.set(keyOf(botId), wanted);
}

/**
 * Makes polling possible: takes back a webhook that this bot set up earlier. One that was set up elsewhere is left alone,
 * because somebody relies on it.
 * @throws PlatformError kind "start" naming where Telegram sends the events now
 */
export async function clearWebhook(client: Client, memory: ConnectionMemory, botId: number): Promise<void> {
  const { url } = await client.call("getWebhookInfo", {});
  if (url === "" || url === undefined) return;
  const before = await memory.get(keyOf(botId));
  const own = typeof before === "object" && before !== null && "url" in before && before.url === hash(url);
  if (!own)
    throw new PlatformError(
      "start",
      `Telegram sends this bot's events to a webhook at ${hostOf(url)}, which was not set up by botctl here. Remove that webhook, or write webhook: with an address of this machine.`,
      { setting: "webhook" },
    );
  await client.call("deleteWebhook", {});
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "an unknown address";
  }
}
