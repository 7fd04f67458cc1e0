import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { PlatformError, type PlatformErrorKind } from "../../../contracts/platform.ts";
import { troublesOf } from "../troubles.ts";
import { Blocked } from "./http.ts";

const { ownTrouble, unreachable, tooFast } = troublesOf("Discord");

export { tooFast };

/** JSON error codes (documentation: "Opcodes and Status Codes") and what they mean to a person. */
const meanings: Readonly<Record<number, readonly [PlatformErrorKind, string]>> = {
  10003: ["not_found", "The bot knows no such channel."],
  10004: ["not_found", "The bot is not on this server."],
  10007: ["not_found", "There is no such person on this server."],
  10008: ["not_found", "The message is no longer there."],
  10011: ["not_found", "There is no such role on this server."],
  10013: ["not_found", "There is no such person on Discord."],
  10014: ["refused", "Discord knows no such emoji, or the bot may not use it."],
  10026: ["not_found", "This person is not banned."],
  30003: ["refused", "The channel has as many pinned messages as it can have."],
  30010: ["refused", "The message has as many reactions as it can have."],
  30032: ["refused", "Discord takes at most 100 slash commands."],
  30034: [
    "rate_limited",
    "Discord lets a bot add only 200 slash commands a day, and this one has; the rest follow tomorrow. Other ways to call a command work.",
  ],
  30046: [
    "refused",
    "Discord lets a bot change its older messages only a few times an hour; this one was changed too often.",
  ],
  40005: ["refused", "Discord does not take a file that large."],
  40333: ["unavailable", "Discord's network turned the request away."],
  50001: ["missing_right", "The bot cannot see this place: give its role the permission View Channels there."],
  50003: ["refused", "This does not work in a private conversation."],
  50005: ["refused", "The bot can only change what it has written itself."],
  50007: ["refused", "This person takes no direct messages from the bot."],
  50013: [
    "missing_right",
    "The bot lacks a permission for this, or its role stands below whom or what it is to change: see Server Settings, Roles.",
  ],
  50019: ["refused", "A message can only be pinned in the channel that it stands in."],
  50021: ["refused", "Discord itself wrote this message, and looks after it."],
  50024: ["refused", "This does not work in this kind of channel."],
  50028: ["refused", "Discord or another bot looks after this role; nobody can give or take it by hand."],
  50083: ["refused", "This thread is archived."],
  90001: ["refused", "This person has blocked the bot, so it cannot react to what they write."],
  160002: ["missing_right", "The bot cannot answer here: give its role the permission Read Message History."],
  160004: ["refused", "There is a thread under this message already."],
  160005: ["refused", "This thread is locked."],
  160006: ["refused", "The server has as many open threads as it can have; close some first."],
  200000: ["refused", "The server's AutoMod blocked the bot's message."],
  240000: ["refused", "Discord takes the message for harmful because of a link in it."],
};

/** Answers to an interaction that is not known, or not known any more. */
const interactionGone = new Set([10062, 10015, 50027]);

export const revokedError = () =>
  new PlatformError("unavailable", "Discord no longer accepts the bot's token.", { setting: "token" });

/** The error of a bot that lacks a permission which the call is known to need. */
export function lacks(error: unknown, permission: string | undefined): PlatformError | undefined {
  if (permission === undefined || codeOf(error) !== 50013) return undefined;
  return new PlatformError(
    "missing_right",
    `The bot lacks the permission "${permission}" here: give it to the bot's role, or to the bot in this channel.`,
    { cause: error },
  );
}

/** Says what a failed call means. Nothing of the address, the token or the body gets into the message. */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof Blocked) return tooFast(error.retryAfterMs / 1000);
  if (error instanceof RateLimitError) return tooFast(error.timeToReset / 1000);
  if (error instanceof HTTPError) return ownTrouble();
  if (error instanceof DiscordAPIError) {
    const known = meanings[Number(error.code)];
    const cause = { cause: error };
    if (known !== undefined) return new PlatformError(known[0], known[1], cause);
    if (error.status === 403) return new PlatformError("missing_right", "The bot may not do this here.", cause);
    if (error.status === 404) return new PlatformError("not_found", "Discord knows nothing of the kind.", cause);
    return new PlatformError("refused", `Discord refused: ${firstReason(error)}`, cause);
  }
  const code = networkCode(error);
  if (code !== undefined || (error instanceof Error && error.name === "AbortError")) return unreachable({ code });
  return new PlatformError("unavailable", "Discord gave an answer that makes no sense.", {
    uncertain: true,
    cause: error,
  });
}

/** Discord's own number of the error, where it gave one. */
export function codeOf(error: unknown): number | undefined {
  const cause = error instanceof PlatformError ? error.cause : error;
  return cause instanceof DiscordAPIError ? Number(cause.code) : undefined;
}

export function statusOf(error: unknown): number | undefined {
  const cause = error instanceof PlatformError ? error.cause : error;
  return cause instanceof DiscordAPIError ? cause.status : undefined;
}

export function isInteractionGone(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && interactionGone.has(code);
}

/** The first sentence of a refused form, else the error's own text. */
function firstReason({ rawError }: DiscordAPIError): string {
  const message = "message" in rawError ? rawError.message : "it does not say why";
  const found = "errors" in rawError ? deepMessage(rawError.errors) : undefined;
  return (found ?? message).replace(/\.?$/, ".");
}

function deepMessage(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("message" in value && typeof value.message === "string") return value.message;
  for (const each of Object.values(value)) {
    const found = deepMessage(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

function networkCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return "cause" in error ? networkCode(error.cause) : undefined;
}
