import type { Update } from "grammy/types";
import type { Feed } from "../../../contracts/right.ts";

export type UpdateKind = Exclude<keyof Update, "update_id">;

/** How updates come in: by polling or by a webhook. */
export interface Intake {
  /** Asks for other kinds of updates from now on. @throws PlatformError */
  allow(kinds: readonly UpdateKind[]): Promise<void>;
  /** Takes no more updates. Those handed over go on. */
  stop(): Promise<void>;
  /** Cuts what is left. */
  close(): Promise<void>;
}

/**
 * The kinds of updates that a file's feeds need (allowed_updates). Changes of members are always asked for: they keep
 * what is known of people's rights true.
 */
export function updateKinds(feeds: readonly Feed[]): UpdateKind[] {
  const kinds = new Set<UpdateKind>(["message", "my_chat_member", "chat_member"]);
  if (feeds.includes("buttons")) kinds.add("callback_query");
  if (feeds.includes("message_edits")) kinds.add("edited_message");
  if (feeds.includes("reactions")) kinds.add("message_reaction");
  return [...kinds];
}
