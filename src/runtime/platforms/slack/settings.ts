import { PlatformError, type Settings, type SettingValue } from "../../../contracts/platform.ts";
import type { SecretText } from "../../../language/secret-reference.ts";
import { listed } from "../../../platforms/slack.ts";

/** The file's settings with secrets read, as one connection uses them. Never logged. */
export interface SlackSettings {
  readonly botToken: string;
  readonly apiRoot: string;
  /** The slash command that carries all, with its slash. */
  readonly command: string;
  /** Commands with a slash command of their own, without the slash. */
  readonly ownCommands: readonly string[];
  /** How events arrive. */
  readonly events: SocketModeSettings | HttpSettings;
}

export interface SocketModeSettings {
  readonly by: "socket";
  readonly appToken: string;
}

export interface HttpSettings {
  readonly by: "http";
  readonly signingSecret: string;
  readonly host: string;
  readonly port: number;
}

/**
 * Reads the settings and their secrets now.
 * @throws PlatformError kind "start" that names every secret that is not set or cannot be what it should be
 */
export function readSettings(settings: Settings, secret: (reference: SecretText) => string): SlackSettings {
  const botToken = attempt(() => readBotToken(settings, secret));
  const events = attempt(() =>
    settings.app_token === undefined ? readHttp(settings, secret) : readSocketMode(settings, secret),
  );
  const wrong = [botToken, events].filter((read) => read instanceof PlatformError);
  if (botToken instanceof PlatformError || events instanceof PlatformError) throw together(wrong);
  return {
    botToken,
    apiRoot: `${String(settings.api_root ?? "https://slack.com/api").replace(/\/+$/, "")}/`,
    command: String(settings.command ?? "/bot"),
    ownCommands: listed(settings, "own_commands"),
    events,
  };
}

function attempt<T>(read: () => T): T | PlatformError {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlatformError) return error;
    throw error;
  }
}

/** Told one at a time, every token that is missing would take a start of its own to be found. */
function together(errors: readonly PlatformError[]): PlatformError {
  const [first, another] = errors;
  if (first !== undefined && another === undefined) return first;
  return new PlatformError("start", errors.map(({ message }) => sentence(message)).join(" "), {
    ...(first?.setting === undefined ? {} : { setting: first.setting }),
  });
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function readBotToken(settings: Settings, secret: (reference: SecretText) => string): string {
  const botToken = secretOr(settings.bot_token, secret).trim();
  if (/^xox[be][.-]\S+$/.test(botToken)) return botToken;
  throw new PlatformError(
    "start",
    'The bot token does not begin with xoxb-: copy the "Bot User OAuth Token" from the page OAuth & Permissions of the Slack app.',
    { setting: "bot_token" },
  );
}

function readSocketMode(settings: Settings, secret: (reference: SecretText) => string): SocketModeSettings {
  const appToken = secretOr(settings.app_token, secret).trim();
  if (!/^xapp-\S+$/.test(appToken))
    throw new PlatformError(
      "start",
      "The app token does not begin with xapp-: make one with the scope connections:write on the page Basic Information of the Slack app.",
      { setting: "app_token" },
    );
  return { by: "socket", appToken };
}

function readHttp(settings: Settings, secret: (reference: SecretText) => string): HttpSettings {
  const signingSecret = secretOr(settings.signing_secret, secret).trim();
  if (signingSecret === "")
    throw new PlatformError(
      "start",
      "The signing secret is empty: copy it from the page Basic Information of the Slack app.",
      { setting: "signing_secret" },
    );
  const listen = /^(.+):(\d{1,5})$/.exec(String(settings.listen ?? "127.0.0.1:3000"));
  if (listen === null)
    throw new PlatformError("start", 'listen must be an address and a port, such as "127.0.0.1:3000".', {
      setting: "listen",
    });
  return {
    by: "http",
    signingSecret,
    host: (listen[1] as string).replace(/^\[|\]$/g, ""),
    port: Number(listen[2]),
  };
}

function secretOr(value: SettingValue | undefined, secret: (reference: SecretText) => string): string {
  const isSecret = typeof value === "object" && value !== null && "parts" in value;
  return isSecret ? secret(value as SecretText) : String(value ?? "");
}
