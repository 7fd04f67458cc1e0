import { GrammyError, HttpError } from "grammy";
import { PlatformError, type PlatformErrorKind } from "../../../contracts/platform.ts";
import { troublesOf } from "../troubles.ts";
import { BadAnswer } from "./http.ts";

const { ownTrouble, unreachable, tooFast } = troublesOf("Telegram");

export { tooFast };

/** The server's texts, from its source (Client.cpp, MessagesManager.cpp), and what they mean to a person. */
const meanings: readonly (readonly [RegExp, PlatformErrorKind, string])[] = [
  [/bot was blocked by the user/, "refused", "This person has blocked the bot."],
  [
    /can't initiate conversation/,
    "refused",
    "This person has not written to the bot yet; they must open a private chat with it and press Start.",
  ],
  [/user is deactivated/, "refused", "This account was deleted."],
  [/bot was kicked|bot is not a member|group chat was deleted/, "not_found", "The bot is no longer in this chat."],
  [/chat not found/, "not_found", "The bot knows no such chat; it must be a member of it."],
  [
    /user not found|invalid user_id|PARTICIPANT_ID_INVALID|member not found/,
    "not_found",
    "There is no such person here.",
  ],
  [
    /message to (?:delete|edit|react|be replied) not found|MESSAGE_ID_INVALID/,
    "not_found",
    "The message is no longer there.",
  ],
  [/message can't be edited/, "refused", "The bot can change only messages of its own."],
  [/message to (?:un)?pin not found/i, "not_found", "The message is no longer there."],
  [
    /can't be deleted for everyone/,
    "refused",
    "Telegram lets nobody delete this message any more: it is older than 48 hours.",
  ],
  [
    /message can't be deleted/,
    "missing_right",
    "The bot may not delete this message: make it an administrator who may delete messages.",
  ],
  [/can't remove chat owner/, "missing_right", "Nobody can act on the owner of the group."],
  [
    /user is an administrator|USER_ADMIN_INVALID/,
    "missing_right",
    "Telegram lets no bot act on an administrator of the group.",
  ],
  [
    /available only for supergroups|available for supergroup/,
    "unsupported",
    "This works in supergroups only: a group becomes one when its owner makes its history visible to new members.",
  ],
  [/not enough rights to send/, "missing_right", "The bot may not write in this chat."],
  [
    /rights to manage pinned messages|rights to pin/,
    "missing_right",
    "The bot may not pin messages here: make it an administrator who may pin messages.",
  ],
  [
    /rights to .*topic|CHAT_ADMIN_REQUIRED.*topic/,
    "missing_right",
    "The bot may not manage topics here: make it an administrator who may manage topics.",
  ],
  [/not a forum/, "refused", "This group has no topics: its owner can switch them on in the group's settings."],
  [
    /not enough rights|CHAT_ADMIN_REQUIRED|need administrator rights/,
    "missing_right",
    "The bot lacks a right here: make it an administrator with the right to restrict members.",
  ],
  [/TOPIC_CLOSED/, "missing_right", "This topic is closed, and the bot may not write in closed topics."],
  [/message thread not found|TOPIC_ID_INVALID|TOPIC_DELETED/, "not_found", "This topic is no longer there."],
  [
    /file is too big|Request Entity Too Large/,
    "refused",
    "The file is too large: Telegram takes at most 50 MB from a bot.",
  ],
  [/file must be non-empty/, "refused", "The file is empty, and Telegram takes no empty files."],
  [/caption is too long/, "refused", "The text under a file can have at most 1,024 characters."],
  [/REACTION_INVALID/, "refused", "Telegram does not offer this emoji as a reaction here."],
  [/message text is empty/, "refused", "The message is empty."],
  [/BOT_COMMAND/, "refused", "Telegram does not accept the list of commands."],
  [/method not found/, "unsupported", "This Bot API server is too old for what the bot asks of it."],
];

/** Says what a failed call means. Only the server's own words get into the message, never an address or a token. */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof GrammyError) {
    const { error_code: code, description } = error;
    if (code === 429) return tooFast(error.parameters.retry_after);
    if (code >= 500) return ownTrouble();
    const known = meanings.find(([pattern]) => pattern.test(description));
    if (known !== undefined) return new PlatformError(known[1], known[2], { cause: description });
    const words = description.replace(/^[A-Z][A-Za-z ]+: /, "");
    return new PlatformError("refused", `Telegram refused: ${words}.`, { cause: description });
  }
  if (error instanceof HttpError) return error.error instanceof BadAnswer ? ownTrouble() : unreachable(error.error);
  return new PlatformError("refused", "The call to Telegram failed.", { uncertain: true, cause: error });
}

/** Goes on as if it had worked where the server says that it is so already, or with what to do instead. @throws PlatformError */
export const unlessSaid =
  <T>(words: RegExp, instead: () => T | Promise<T>) =>
  (error: unknown): T | Promise<T> => {
    if (error instanceof PlatformError && typeof error.cause === "string" && words.test(error.cause)) return instead();
    throw error;
  };

/** The id that a group has moved to by becoming a supergroup. */
export function movedTo(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
}
