import { PlatformError, type Settings, type SettingValue } from "../../../contracts/platform.ts";
import type { SecretText } from "../../../language/secret-reference.ts";

/** The file's settings with secrets read, as one connection uses them. Never logged. */
export interface TelegramSettings {
  readonly token: string;
  readonly apiRoot: string;
  readonly webhook?: WebhookSettings;
}

export interface WebhookSettings {
  /** The whole public address, path token included. */
  readonly url: string;
  /** The path that requests arrive at: `/webhook/<path_token>`. */
  readonly path: string;
  readonly secretToken: string;
  readonly host: string;
  readonly port: number;
  readonly dropPending: boolean;
}

/**
 * Reads the settings and their secrets now.
 * @throws PlatformError kind "start" where a secret is not set or cannot be what it should be
 */
export function readSettings(settings: Settings, secret: (reference: SecretText) => string): TelegramSettings {
  const token = secretOr(settings.token, secret).trim();
  if (!/^\d+:[\w-]+$/.test(token))
    throw new PlatformError(
      "start",
      "The token does not look like one from @BotFather, which is a number, a colon and a long word.",
      { setting: "token" },
    );
  const apiRoot = String(settings.api_root ?? "https://api.telegram.org").replace(/\/+$/, "");
  const webhook = settings.webhook;
  if (!isSettings(webhook)) return { token, apiRoot };
  return { token, apiRoot, webhook: readWebhook(webhook, secret) };
}

function readWebhook(webhook: Settings, secret: (reference: SecretText) => string): WebhookSettings {
  const secretToken = secretOr(webhook.secret_token, secret);
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secretToken))
    throw new PlatformError(
      "start",
      "secret_token must be 1 to 256 letters, digits, _ or -; Telegram accepts nothing else.",
      { setting: "webhook" },
    );
  const path = `/webhook/${encodeURIComponent(secretOr(webhook.path_token, secret))}`;
  const listen = /^(.+):(\d{1,5})$/.exec(String(webhook.listen ?? "127.0.0.1:8080"));
  if (listen === null)
    throw new PlatformError("start", 'listen must be an address and a port, such as "127.0.0.1:8080".', {
      setting: "webhook",
    });
  return {
    url: `${String(webhook.url).replace(/\/+$/, "")}${path}`,
    path,
    secretToken,
    host: (listen[1] as string).replace(/^\[|\]$/g, ""),
    port: Number(listen[2]),
    dropPending: webhook.drop_pending_updates === true,
  };
}

function isSettings(value: SettingValue | undefined): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSecret(value);
}

function isSecret(value: SettingValue | undefined): value is SecretText {
  return typeof value === "object" && value !== null && "parts" in value;
}

function secretOr(value: SettingValue | undefined, secret: (reference: SecretText) => string): string {
  return isSecret(value) ? secret(value) : String(value ?? "");
}
