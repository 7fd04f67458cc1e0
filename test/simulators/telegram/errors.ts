/** A refusal in the Bot API's own words: `{ ok: false, error_code, description, parameters }`. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number },
  ) {
    super(description);
  }
}

/** Texts of the real server; each is answered with the status it begins with. */
export const refusals = {
  badBody: [400, "Bad Request: can't parse request JSON object"],
  unauthorized: [401, "Unauthorized"],
  unknownMethod: [404, "Not Found: method not found"],
  otherPoller: [
    409,
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
  ],
  endedBySetWebhook: [409, "Conflict: terminated by setWebhook request"],
  webhookActive: [
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  ],
  webhookUrl: [400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"],
  secretTokenCharacters: [400, "Bad Request: secret token contains unallowed characters"],
  chatNotFound: [400, "Bad Request: chat not found"],
  upgraded: [400, "Bad Request: group chat was upgraded to a supergroup chat"],
  blocked: [403, "Forbidden: bot was blocked by the user"],
  deactivated: [403, "Forbidden: user is deactivated"],
  neverStarted: [403, "Forbidden: bot can't initiate conversation with a user"],
  kickedFromGroup: [403, "Forbidden: bot was kicked from the group chat"],
  kickedFromSupergroup: [403, "Forbidden: bot was kicked from the supergroup chat"],
  notMemberOfGroup: [403, "Forbidden: bot is not a member of the group chat"],
  notMemberOfSupergroup: [403, "Forbidden: bot is not a member of the supergroup chat"],
  noRightToSend: [400, "Bad Request: not enough rights to send text messages to the chat"],
  noRightToRestrict: [400, "Bad Request: not enough rights to restrict/unrestrict chat member"],
  isAdministrator: [400, "Bad Request: user is an administrator of the chat"],
  isOwner: [400, "Bad Request: can't remove chat owner"],
  isSelf: [400, "Bad Request: can't restrict self"],
  supergroupsOnly: [400, "Bad Request: method is available only for supergroups"],
  supergroupsAndChannelsOnly: [400, "Bad Request: method is available for supergroup and channel chats only"],
  noBanInPrivate: [400, "Bad Request: can't ban members in private chats"],
  noAdministratorsInPrivate: [400, "Bad Request: there are no administrators in the private chat"],
  userNotFound: [400, "Bad Request: invalid user_id specified"],
  tooLong: [400, "Bad Request: message is too long"],
  textEmpty: [400, "Bad Request: message text is empty"],
  buttonData: [400, "Bad Request: BUTTON_DATA_INVALID"],
  buttonWithoutAction: [400, "Bad Request: text buttons are unallowed in the inline keyboard"],
  captionTooLong: [400, "Bad Request: message caption is too long"],
  parseMode: [400, "Bad Request: unsupported parse_mode"],
  entities: [400, "Bad Request: ENTITY_BOUNDS_INVALID"],
  fileEmpty: [400, "Bad Request: file must be non-empty"],
  fileMissing: [400, "Bad Request: there is no document in the request"],
  noRightToPin: [400, "Bad Request: not enough rights to manage pinned messages in the chat"],
  pinNotFound: [400, "Bad Request: message to pin not found"],
  unpinNotFound: [400, "Bad Request: Message to unpin not found"],
  chatNotModified: [400, "Bad Request: CHAT_NOT_MODIFIED"],
  noRightToChangePermissions: [400, "Bad Request: not enough rights to change chat permissions"],
  notAForum: [400, "Bad Request: the chat is not a forum"],
  noRightToCreateTopic: [400, "Bad Request: not enough rights to create a topic"],
  noRightToEditTopic: [400, "Bad Request: not enough rights to edit the topic"],
  topicNotModified: [400, "Bad Request: TOPIC_NOT_MODIFIED"],
  threadNotFound: [400, "Bad Request: message thread not found"],
  threadClosed: [400, "Bad Request: TOPIC_CLOSED"],
  replyNotFound: [400, "Bad Request: message to be replied not found"],
  editNotFound: [400, "Bad Request: message to edit not found"],
  editNotAllowed: [400, "Bad Request: message can't be edited"],
  editNoText: [400, "Bad Request: there is no text in the message to edit"],
  editNoCaption: [400, "Bad Request: there is no caption in the message to edit"],
  notModified: [
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
  ],
  deleteNotFound: [400, "Bad Request: message to delete not found"],
  deleteNotAllowed: [400, "Bad Request: message can't be deleted"],
  deleteTooMany: [400, "Bad Request: too many message identifiers specified"],
  deleteTooOld: [400, "Bad Request: message can't be deleted for everyone"],
  reactNotFound: [400, "Bad Request: message to react not found"],
  reactionsTooMany: [400, "Bad Request: REACTIONS_TOO_MANY"],
  queryTooOld: [400, "Bad Request: query is too old and response timeout expired or query ID is invalid"],
  commandInvalid: [400, "Bad Request: BOT_COMMAND_INVALID"],
  tooManyCommands: [400, "Bad Request: BOT_COMMANDS_TOO_MUCH"],
} as const satisfies Record<string, readonly [number, string]>;

export function refusal(name: keyof typeof refusals, parameters?: ApiError["parameters"]): ApiError {
  const [code, description] = refusals[name];
  return new ApiError(code, description, parameters);
}

/** What the server says for a status when nothing more is known. */
export function descriptionOf(status: number, retryAfter?: number): string {
  switch (status) {
    case 401:
      return refusals.unauthorized[1];
    case 403:
      return refusals.blocked[1];
    case 404:
      return refusals.unknownMethod[1];
    case 409:
      return refusals.otherPoller[1];
    case 429:
      return `Too Many Requests: retry after ${retryAfter ?? 1}`;
    default:
      return status >= 500 ? "Internal Server Error" : "Bad Request";
  }
}
