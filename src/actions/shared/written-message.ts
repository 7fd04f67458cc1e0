import type { Fields } from "../../contracts/fields.ts";
import type { ActionContext } from "../../contracts/word.ts";
import { isObject, type Value } from "../../language/values.ts";
import { type Sentence, say } from "../../sentences/sentence.ts";

/** Which message an action is about. */
export const aboutMessage = {
  message: {
    kind: "value",
    about: "The message, as save_as kept it, or the variable message. The one that this is about, if left out.",
    optional: true,
    causing: "any",
  },
} as const satisfies Fields;

export interface MessagePlace {
  readonly channelId: string;
  readonly messageId: string;
}

/**
 * The message that an action names; left out, the one that was written, pressed or reacted to.
 * @returns a sentence when there is none.
 */
export function messagePlace(named: Value | undefined, { event }: ActionContext): MessagePlace | Sentence {
  const channelId = event.channel?.id;
  if (named === undefined) {
    const messageId = "message" in event ? event.message.id : "messageId" in event ? event.messageId : undefined;
    return channelId === undefined || messageId === undefined ? say("no_message_here") : { channelId, messageId };
  }
  const messageId = isObject(named) && typeof named.id === "string" ? named.id : undefined;
  const at = isObject(named) && typeof named.channel === "string" ? named.channel : channelId;
  return messageId === undefined || at === undefined ? say("not_a_message") : { channelId: at, messageId };
}
