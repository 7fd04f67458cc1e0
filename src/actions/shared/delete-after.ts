import type { Fields } from "../../contracts/fields.ts";
import type { SentMessage } from "../../contracts/message.ts";
import { PlatformError } from "../../contracts/platform.ts";
import type { ActionContext, ActionDefinition } from "../../contracts/word.ts";

export const deleteAfterField = {
  delete_after: {
    kind: "duration",
    about: "After how long the bot takes the message back, also when it was restarted meanwhile.",
    optional: true,
    minimumMs: 1000,
    examples: ["10s"],
  },
} as const satisfies Fields;

/** What is stored of a message that is to be taken back. */
interface Sent {
  readonly channelId: string;
  readonly messageId: string;
}

/** Stores when a message that was sent is taken back, if it is. */
export async function deleteLater(
  context: ActionContext,
  platform: string,
  { id, channelId }: SentMessage,
  after: number | undefined,
): Promise<void> {
  if (after === undefined) return;
  const payload = { channelId, messageId: id };
  await context.later({ key: `delete:${platform}:${channelId}:${id}`, at: context.now + after, payload, platform });
}

/** Takes a message back; one that is gone already, or that the platform keeps, is left. */
export const takeBack: NonNullable<ActionDefinition["later"]> = async (payload, { platform, log }) => {
  const { channelId, messageId } = payload as unknown as Sent;
  try {
    await platform.deleteMessage(channelId, messageId);
  } catch (error) {
    if (!(error instanceof PlatformError && error.isFinal)) throw error;
    log.info({ why: error.message }, "a message could not be taken back");
  }
};
