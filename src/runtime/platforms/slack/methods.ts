import type {
  AuthTestResponse,
  ChatDeleteArguments,
  ChatDeleteResponse,
  ChatPostEphemeralArguments,
  ChatPostEphemeralResponse,
  ChatPostMessageArguments,
  ChatPostMessageResponse,
  ConversationsInfoArguments,
  ConversationsInfoResponse,
  ConversationsListArguments,
  ConversationsListResponse,
  ConversationsOpenArguments,
  ConversationsOpenResponse,
  ReactionsAddArguments,
  ReactionsAddResponse,
  UsergroupsListArguments,
  UsergroupsListResponse,
  UsersInfoArguments,
  UsersInfoResponse,
  UsersListArguments,
  UsersListResponse,
} from "@slack/web-api";

/** The part of the Web API that is used: arguments and answers by method. */
interface Methods {
  "auth.test": [object, AuthTestResponse];
  "chat.postMessage": [ChatPostMessageArguments, ChatPostMessageResponse];
  "chat.postEphemeral": [ChatPostEphemeralArguments, ChatPostEphemeralResponse];
  "chat.delete": [ChatDeleteArguments, ChatDeleteResponse];
  "conversations.info": [ConversationsInfoArguments, ConversationsInfoResponse];
  "conversations.list": [ConversationsListArguments, ConversationsListResponse];
  "conversations.open": [ConversationsOpenArguments, ConversationsOpenResponse];
  "reactions.add": [ReactionsAddArguments, ReactionsAddResponse];
  "usergroups.list": [UsergroupsListArguments, UsergroupsListResponse];
  "users.info": [UsersInfoArguments, UsersInfoResponse];
  "users.list": [UsersListArguments, UsersListResponse];
}

export type Method = keyof Methods;
export type Arguments<M extends Method> = NonNullable<Methods[M][0]>;
export type Result<M extends Method> = Methods[M][1];

/** Methods that say something once more when they are repeated. */
export const posting: ReadonlySet<Method> = new Set(["chat.postMessage", "chat.postEphemeral"]);
