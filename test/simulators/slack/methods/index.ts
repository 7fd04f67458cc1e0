import { accountMethods } from "./account.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import type { Method } from "./method.ts";
import { peopleMethods } from "./people.ts";
import { reactionMethods } from "./reactions.ts";
import { viewMethods } from "./views.ts";

/** Every method that the simulator knows; all others answer `unknown_method`. */
export const methods = new Map<string, Method>(
  Object.entries({
    ...accountMethods,
    ...chatMethods,
    ...conversationMethods,
    ...fileMethods,
    ...peopleMethods,
    ...reactionMethods,
    ...viewMethods,
  }),
);

/** Scopes granted unless told; `chat:write.public` and `chat:write.customize` are asked for rarely and left out. */
export const usualScopes: readonly string[] = [
  "app_mentions:read",
  "channels:history",
  "channels:join",
  "channels:manage",
  "channels:read",
  "chat:write",
  "commands",
  "files:write",
  "groups:history",
  "groups:read",
  "groups:write",
  "im:history",
  "im:read",
  "im:write",
  "mpim:history",
  "mpim:read",
  "mpim:write",
  "pins:write",
  "reactions:read",
  "reactions:write",
  "team:read",
  "usergroups:read",
  "usergroups:write",
  "users:read",
];
