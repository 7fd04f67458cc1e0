/** Where a message goes: the conversation, and the thread in it. */
export interface Place {
  readonly channel: string;
  /** The timestamp of the message that the thread hangs on. */
  readonly thread?: string;
}

/** Threads have no id of their own in Slack: here it is the conversation's id and the first message's timestamp. */
export const threadId = (channel: string, thread: string): string => `${channel}:${thread}`;

export function placeIn(channelId: string): Place {
  const [channel = "", thread] = channelId.split(":");
  return thread === undefined ? { channel } : { channel, thread };
}
