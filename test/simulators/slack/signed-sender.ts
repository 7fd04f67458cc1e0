import { createHmac } from "node:crypto";
import type { Envelope } from "./envelope.ts";

/** Where the bot listens; one address for all three, or one each. */
export type RequestUrls = string | { events: string; commands: string; interactivity: string };

/** What can be wrong about a request, to see whether the bot refuses it. */
export interface Forgery {
  /** Unix seconds, or any text. */
  timestamp?: number | string;
  /** Signs with another secret. */
  secret?: string;
  /** Sent instead of the right signature. */
  signature?: string;
  /** Changes the body after it was signed. */
  tamper?: (body: string) => string;
  /** Leaves these headers out, in lower case. */
  without?: ("x-slack-signature" | "x-slack-request-timestamp")[];
}

export interface HttpAnswer {
  status: number;
  text: string;
}

/** The signature of a request (docs.slack.dev, "Verifying requests from Slack"). */
export function signature(secret: string, timestamp: number | string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** The body as Slack sends it over HTTP: events as JSON, all else as a form. */
export function httpBody({ type, payload }: Envelope): { contentType: string; body: string } {
  if (type === "events_api") return { contentType: "application/json", body: JSON.stringify(payload) };
  const contentType = "application/x-www-form-urlencoded";
  if (type === "interactive")
    return { contentType, body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString() };
  const fields = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return { contentType, body: new URLSearchParams(fields).toString() };
}

export function urlFor(urls: RequestUrls, type: Envelope["type"]): string {
  if (typeof urls === "string") return urls;
  return { events_api: urls.events, slash_commands: urls.commands, interactive: urls.interactivity }[type];
}

/** Posts one envelope's payload, signed; connection failures are thrown. */
export async function postSigned(
  url: string,
  envelope: Envelope,
  secret: string,
  now: () => number,
  forgery: Forgery = {},
): Promise<HttpAnswer> {
  const { contentType, body } = httpBody(envelope);
  const timestamp = forgery.timestamp ?? Math.floor(now() / 1000);
  const headers: Record<string, string> = {
    "content-type": contentType,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": forgery.signature ?? signature(forgery.secret ?? secret, timestamp, body),
  };
  if (envelope.retry_attempt !== undefined && envelope.retry_attempt > 0) {
    headers["x-slack-retry-num"] = String(envelope.retry_attempt);
    headers["x-slack-retry-reason"] = envelope.retry_reason ?? "http_timeout";
  }
  for (const name of forgery.without ?? []) delete headers[name];
  const response = await fetch(url, { method: "POST", headers, body: forgery.tamper?.(body) ?? body });
  return { status: response.status, text: await response.text() };
}
