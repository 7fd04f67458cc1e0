import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from "@slack/web-api";
import { PlatformError, type PlatformErrorKind } from "../../../contracts/platform.ts";
import { troublesOf } from "../troubles.ts";
import { TooManyRequests } from "./http.ts";

const { ownTrouble, unreachable, tooFast } = troublesOf("Slack");

export { ownTrouble, tooFast };

/** Error codes after which the token works no more (docs.slack.dev: "auth.test", Errors). */
const tokenErrors = new Set([
  "not_authed",
  "invalid_auth",
  "account_inactive",
  "token_expired",
  "token_revoked",
  "user_removed_from_team",
  "team_disabled",
  "team_access_not_granted",
  "app_uninstalled",
]);
/** Codes of Slack's own trouble, after which nobody knows whether the call took effect. */
const troubleCodes = new Set(["internal_error", "fatal_error", "service_unavailable", "request_timeout"]);

const notInChannel = "The bot is not in this channel: invite it there with /invite and its name.";
/** What Slack's error codes mean to people; the codes are listed on the page of each method. */
const meanings: Readonly<Record<string, readonly [PlatformErrorKind, string]>> = {
  not_in_channel: ["missing_right", notInChannel],
  channel_not_found: ["not_found", `The channel is not there, or is private. If it is private: ${notInChannel}`],
  is_archived: ["refused", "The channel is archived."],
  restricted_action: ["missing_right", "The workspace's settings do not let the bot write in this channel."],
  restricted_action_read_only_channel: ["missing_right", "Only some people may write in this channel."],
  restricted_action_thread_only_channel: ["missing_right", "In this channel it is possible to write in threads only."],
  user_not_in_channel: ["not_found", "The person is not in this channel."],
  user_not_found: ["not_found", "This person is not in the workspace."],
  user_not_visible: ["not_found", "The bot cannot see this person."],
  cannot_dm_bot: ["refused", "Slack lets bots write no direct messages to each other."],
  user_disabled: ["refused", "This person's account is switched off."],
  message_not_found: ["not_found", "The message is no longer there."],
  thread_not_found: ["not_found", "The thread is no longer there."],
  cant_delete_message: ["missing_right", "Slack lets a bot delete only its own messages."],
  cant_update_message: ["missing_right", "Slack lets a bot change only its own messages."],
  edit_window_closed: ["refused", "The workspace's settings do not let messages be changed so late."],
  not_pinnable: ["refused", "Slack cannot pin this message."],
  permission_denied: ["missing_right", "The workspace's settings do not let the bot do this here."],
  no_permission: ["missing_right", "The workspace's settings do not let the bot do this here."],
  cant_invite: ["refused", "This person cannot be brought into the channel."],
  cant_invite_self: ["refused", "The bot is in the channel already."],
  ura_max_channels: ["refused", "This guest may not be in another channel."],
  file_upload_size_restricted: ["refused", "The file is too large for this workspace."],
  storage_limit_reached: ["refused", "The workspace has no room for more files."],
  invalid_name: ["refused", 'Slack does not know this emoji. Write its name, as in "tada".'],
  too_many_emoji: ["refused", "There are too many different reactions under this message."],
  too_many_reactions: ["refused", "There are too many reactions under this message."],
  no_reaction: ["not_found", "The reaction is no longer there."],
  no_text: ["refused", "The message is empty."],
  msg_too_long: ["refused", "The message is too long for Slack."],
  msg_blocks_too_long: ["refused", "The message is too long for Slack."],
  not_allowed_token_type: ["refused", "Slack needs another kind of token for this."],
  ekm_access_denied: ["refused", "The workspace's administrators have switched writing off for now."],
};

/** What a failed call was answered: Slack's code, where there was one. */
export function slackCode(error: unknown): string | undefined {
  if (error instanceof SlackRefusal) return error.code;
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  const code = error.data.error;
  // An answer that is no JSON, such as a proxy's page, stands where the code should.
  return typeof code === "string" && /^[a-z][a-z0-9_]{1,80}$/.test(code) ? code : undefined;
}

/** A PlatformError that still knows Slack's code. */
export class SlackRefusal extends PlatformError {
  constructor(
    readonly code: string,
    ...rest: ConstructorParameters<typeof PlatformError>
  ) {
    super(...rest);
  }
}

export const isTokenError = (code: string | undefined): code is string => code !== undefined && tokenErrors.has(code);

/** Says what a failed call means. Only sentences of ours and Slack's codes get into the message. */
export function toPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof TooManyRequests) return tooFast(error.seconds);
  if (error instanceof WebAPIRequestError) {
    if (error.original instanceof TooManyRequests) return tooFast(error.original.seconds);
    return unreachable(error.original);
  }
  if (error instanceof WebAPIHTTPError) return ownTrouble();
  if (error instanceof WebAPIPlatformError) return refusal(error);
  return unreachable(error);
}

function refusal(error: WebAPIPlatformError): PlatformError {
  const code = slackCode(error);
  if (code === undefined || troubleCodes.has(code)) return ownTrouble();
  if (code === "ratelimited" || code === "rate_limited") return tooFast(error.data.response_metadata?.retryAfter);
  if (tokenErrors.has(code))
    return new SlackRefusal(code, "unavailable", "Slack no longer accepts the bot token.", { setting: "bot_token" });
  if (code === "missing_scope") {
    const needed = "needed" in error.data ? String(error.data.needed) : "";
    const which = /^[a-z:._,-]+$/.test(needed) ? ` ${needed}` : "";
    return new SlackRefusal(
      code,
      "missing_right",
      `The Slack app lacks the scope${which}: add it on the page OAuth & Permissions and install the app again.`,
    );
  }
  const [kind, sentence] = meanings[code] ?? ["refused", `Slack refused: ${code.replaceAll("_", " ")}.`];
  return new SlackRefusal(code, kind, sentence);
}
