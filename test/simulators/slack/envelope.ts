import type { Json } from "./json.ts";

export type EnvelopeType = "events_api" | "slash_commands" | "interactive";

/** What Slack delivers, in the form that Socket Mode has; over HTTP only the payload travels. */
export interface Envelope {
  envelope_id: string;
  type: EnvelopeType;
  payload: Json;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
}

/** An acknowledgement, by frame or by HTTP response. */
export interface Ack {
  envelope: Envelope;
  /** The answer in it, when there was one that says something. */
  payload: Json | undefined;
  /** Milliseconds between sending and acknowledgement. */
  afterMs: number;
  /** HTTP mode only; 0 when the connection failed. */
  status?: number;
}

export interface Delivery {
  envelope: Envelope;
  /** False when no socket was open to take it: it is lost, unless redelivered. */
  sent: boolean;
  /** Resolves with the acknowledgement; rejects after 20 seconds without one when it is asked for. */
  acked(): Promise<Ack>;
}
