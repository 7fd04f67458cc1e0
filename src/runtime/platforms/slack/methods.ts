import type {
  AuthTestResponse,
  ChatDeleteArguments,
  ChatDeleteResponse,
  ChatPostEphemeralArguments,
  ChatPostEphemeralResponse,
  ChatPostMessageArguments,
  ChatPostMessageResponse,
  ChatUpdateArguments,
  ChatUpdateResponse,
  ConversationsArchiveArguments,
  ConversationsArchiveResponse,
  ConversationsCreateArguments,
  ConversationsCreateResponse,
  ConversationsHistoryArguments,
  ConversationsHistoryResponse,
  ConversationsInfoArguments,
  ConversationsInfoResponse,
  ConversationsInviteArguments,
  ConversationsInviteResponse,
  ConversationsListArguments,
  ConversationsListResponse,
  ConversationsOpenArguments,
  ConversationsOpenResponse,
  ConversationsRepliesArguments,
  ConversationsRepliesResponse,
  FilesCompleteUploadExternalArguments,
  FilesCompleteUploadExternalResponse,
  FilesGetUploadURLExternalArguments,
  FilesGetUploadURLExternalResponse,
  PinsAddArguments,
  PinsAddResponse,
  PinsRemoveArguments,
  PinsRemoveResponse,
  ReactionsAddArguments,
  ReactionsAddResponse,
  UsergroupsListArguments,
  UsergroupsListResponse,
  UsersInfoArguments,
  UsersInfoResponse,
  UsersListArguments,
  UsersListResponse,
  ViewsOpenArguments,
  ViewsOpenResponse,
} from "@slack/web-api";

/** The part of the Web API that is used: arguments and answers by method. */
interface Methods {
  "auth.test": [object, AuthTestResponse];
  "chat.postMessage": [ChatPostMessageArguments, ChatPostMessageResponse];
  "chat.postEphemeral": [ChatPostEphemeralArguments, ChatPostEphemeralResponse];
  "chat.update": [ChatUpdateArguments, ChatUpdateResponse];
  "chat.delete": [ChatDeleteArguments, ChatDeleteResponse];
  "conversations.archive": [ConversationsArchiveArguments, ConversationsArchiveResponse];
  "conversations.create": [ConversationsCreateArguments, ConversationsCreateResponse];
  "conversations.history": [ConversationsHistoryArguments, ConversationsHistoryResponse];
  "conversations.info": [ConversationsInfoArguments, ConversationsInfoResponse];
  "conversations.invite": [ConversationsInviteArguments, ConversationsInviteResponse];
  "conversations.list": [ConversationsListArguments, ConversationsListResponse];
  "conversations.open": [ConversationsOpenArguments, ConversationsOpenResponse];
  "conversations.replies": [ConversationsRepliesArguments, ConversationsRepliesResponse];
  "files.completeUploadExternal": [FilesCompleteUploadExternalArguments, FilesCompleteUploadExternalResponse];
  "files.getUploadURLExternal": [FilesGetUploadURLExternalArguments, FilesGetUploadURLExternalResponse];
  "pins.add": [PinsAddArguments, PinsAddResponse];
  "pins.remove": [PinsRemoveArguments, PinsRemoveResponse];
  "reactions.add": [ReactionsAddArguments, ReactionsAddResponse];
  "usergroups.list": [UsergroupsListArguments, UsergroupsListResponse];
  "users.info": [UsersInfoArguments, UsersInfoResponse];
  "users.list": [UsersListArguments, UsersListResponse];
  "views.open": [ViewsOpenArguments, ViewsOpenResponse];
}

export type Method = keyof Methods;
export type Arguments<M extends Method> = NonNullable<Methods[M][0]>;
export type Result<M extends Method> = Methods[M][1];

/** Methods that say something: their order counts, and repeated they say it once more. */
export const posting: ReadonlySet<Method> = new Set([
  "chat.postMessage",
  "chat.postEphemeral",
  "files.completeUploadExternal",
]);

/** Methods that are not called again where nobody knows whether they took effect. */
export const unrepeatable: ReadonlySet<Method> = new Set([...posting, "conversations.create", "views.open"]);
