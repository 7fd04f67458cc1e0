import { PlatformError, type Settings, type SettingValue } from "../../../contracts/platform.ts";
import type { SecretText } from "../../../language/secret-reference.ts";

/** The file's settings with secrets read, as one connection uses them. Never logged. */
export interface DiscordSettings {
  readonly token: string;
  readonly apiRoot: string;
  readonly prefix: string | undefined;
  /** Home servers by name or id; empty: slash commands are registered everywhere. */
  readonly servers: readonly string[];
  readonly syncCommands: boolean;
}

/**
 * Reads the settings and their secrets now.
 * @throws PlatformError kind "start" where the token is not set or cannot be one
 */
export function readSettings(settings: Settings, secret: (reference: SecretText) => string): DiscordSettings {
  const written = isSecret(settings.token) ? secret(settings.token) : String(settings.token ?? "");
  const token = written.trim().replace(/^Bot\s+/i, "");
  if (token === "" || /[^\w.-]/.test(token))
    throw new PlatformError(
      "start",
      "The token does not look like one from the Discord Developer Portal, which is one long word with two dots in it.",
      { setting: "token" },
    );
  const { servers, prefix } = settings;
  return {
    token,
    apiRoot: String(settings.api_root ?? "https://discord.com/api").replace(/\/+$/, ""),
    prefix: typeof prefix === "string" && prefix !== "" ? prefix : undefined,
    servers: Array.isArray(servers) ? servers.map(String) : servers === undefined ? [] : [String(servers)],
    syncCommands: settings.sync_commands !== false,
  };
}

function isSecret(value: SettingValue | undefined): value is SecretText {
  return typeof value === "object" && value !== null && "parts" in value;
}
