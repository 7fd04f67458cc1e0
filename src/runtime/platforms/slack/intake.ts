/** What Slack delivers, whichever way it came: an event, a slash command or a press. */
export interface Delivery {
  readonly type: string;
  /** The payload as Slack wrote it: checked where it is read. */
  readonly body: Payload;
}

/** A JSON object of Slack's. */
export interface Payload {
  readonly [key: string]: unknown;
}

export function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A way in which events arrive. */
export interface Intake {
  /** Takes nothing more, so that Slack delivers it elsewhere or again. */
  stop(): Promise<void>;
  close(): Promise<void>;
}
