import { createRecording, type Recording } from "../shared/recording.ts";
import type { Ack, Delivery, Envelope, EnvelopeType } from "./envelope.ts";
import { isJson, type Json } from "./json.ts";
import { checkAnswerMessage, checkViewAnswer } from "./validate/answers.ts";

/** How an envelope reaches the bot; the HTTP way answers with the acknowledgement itself. */
export type Send = (envelope: Envelope) => boolean | Promise<{ status: number; payload: Json | undefined }>;

export interface Deliveries {
  readonly all: Recording<Delivery>;
  readonly acks: Recording<Ack>;
  deliver(type: EnvelopeType, payload: Json, onAnswer?: (answer: Json) => void): Delivery;
  /** The same payload (and so the same event id) in a new envelope that says it is a retry. */
  redeliver(earlier: Envelope, attempt: number, reason: string): Delivery;
  /** A frame of the bot on a socket. */
  frame(frame: Json | string): void;
}

export function createDeliveries(nextId: (prefix: string) => string, problems: string[], send: Send): Deliveries {
  const all = createRecording<Delivery>(({ envelope }) => JSON.stringify(envelope));
  const acks = createRecording<Ack>(({ envelope, payload }) => `${envelope.envelope_id} ${JSON.stringify(payload)}`);
  const waiting = new Map<string, { envelope: Envelope; since: number; onAnswer?: (answer: Json) => void }>();

  function acknowledge(id: string, answer: Json | undefined, status?: number): void {
    const entry = waiting.get(id);
    if (entry === undefined) {
      problems.push(`acknowledged ${id}, which was never sent or is acknowledged already`);
      return;
    }
    waiting.delete(id);
    const payload = answer !== undefined && Object.keys(answer).length > 0 ? answer : undefined;
    if (payload !== undefined) {
      const found = answerProblems(entry.envelope, payload);
      problems.push(...found);
      if (found.length === 0) entry.onAnswer?.(payload);
    }
    const afterMs = performance.now() - entry.since;
    acks.record({ envelope: entry.envelope, payload, afterMs, ...(status === undefined ? {} : { status }) });
  }

  function launch(envelope: Envelope, onAnswer?: (answer: Json) => void): Delivery {
    const { envelope_id } = envelope;
    waiting.set(envelope_id, { envelope, since: performance.now(), ...(onAnswer === undefined ? {} : { onAnswer }) });
    const sending = send(envelope);
    if (typeof sending !== "boolean")
      sending.then(
        ({ status, payload }) => acknowledge(envelope_id, status < 300 ? payload : undefined, status),
        () => acknowledge(envelope_id, undefined, 0),
      );
    const delivery: Delivery = {
      envelope,
      sent: sending !== false,
      acked: () =>
        acks.waitFor((ack) => ack.envelope.envelope_id === envelope_id, {
          what: `the acknowledgement of ${envelope_id}`,
        }),
    };
    all.record(delivery);
    return delivery;
  }

  return {
    all,
    acks,
    deliver(type, payload, onAnswer) {
      const accepts_response_payload =
        type === "slash_commands" || payload.type === "view_submission" || payload.type === "block_suggestion";
      const retry = type === "events_api" ? { retry_attempt: 0, retry_reason: "" } : {};
      return launch({ envelope_id: nextId("E"), payload, type, accepts_response_payload, ...retry }, onAnswer);
    },
    redeliver: (earlier, attempt, reason) =>
      launch({ ...earlier, envelope_id: nextId("E"), retry_attempt: attempt, retry_reason: reason }),
    frame(frame) {
      if (typeof frame === "string" || typeof frame.envelope_id !== "string") {
        problems.push(`a frame that acknowledges nothing: ${JSON.stringify(frame)}`);
        return;
      }
      acknowledge(frame.envelope_id, isJson(frame.payload) ? frame.payload : undefined);
    },
  };
}

function answerProblems({ type, payload, accepts_response_payload }: Envelope, answer: Json): string[] {
  const what = `acknowledgement of ${type === "events_api" ? "an event" : String(payload.command ?? payload.type)}`;
  if (!accepts_response_payload) return [`${what}: takes no answer`];
  const found = payload.type === "view_submission" ? checkViewAnswer(answer) : checkAnswerMessage(answer);
  return found.map(({ pointer, text }) => `${what}${pointer === "" ? "" : ` ${pointer}`}: ${text}`);
}
