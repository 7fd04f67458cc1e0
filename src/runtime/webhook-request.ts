import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Json } from "../contracts/event.ts";

/** Deeper than any message that means something; deeper ones could exhaust the stack of whoever walks through them. */
const deepest = 50;

const digest = (text: string | Buffer): Buffer => createHash("sha256").update(text).digest();
/** Of digests, so that neither content nor length of the secret shows in the time it takes. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));

const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};

/** Whether a request shows the secret itself; undefined where it has signed its body instead. */
export function showsSecret(request: IncomingMessage, secret: string): boolean | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headerOf(request, "authorization") ?? "")?.[1];
  const shown = headerOf(request, "x-webhook-secret") ?? headerOf(request, "x-gitlab-token") ?? bearer;
  if (shown !== undefined) return isSame(shown, secret);
  return headerOf(request, "x-hub-signature-256") === undefined ? false : undefined;
}

/** Whether the body was signed with the secret. */
export function isSigned(request: IncomingMessage, body: Buffer, secret: string): boolean {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return isSame(headerOf(request, "x-hub-signature-256") ?? "", expected);
}

/** What tells one delivery from the next, where whoever calls says it. */
export function deliveryOf(request: IncomingMessage): string | undefined {
  for (const name of ["idempotency-key", "x-github-delivery", "x-gitlab-event-uuid"]) {
    const id = headerOf(request, name);
    if (id !== undefined && id !== "") return id.slice(0, 200);
  }
  return undefined;
}

/** What kind of content a request says it sends; "" where it does not say. */
export const typeOf = (request: IncomingMessage): string => headerOf(request, "content-type") ?? "";

/** What a call sends, and the kind of content that it says it is. */
export interface Sent {
  readonly type: string;
  readonly body: Buffer;
}

/** What was sent, or why it cannot be understood. */
type Body = { readonly value: Json } | { readonly status: 400 | 415; readonly why: string };

/**
 * JSON, a form's fields, or else the text itself. Programs that say nothing of what they send are taken at their word
 * only where it is no JSON: curl calls everything a form.
 */
export function parseBody({ type, body }: Sent): Body {
  const text = body.toString();
  if (/^multipart\//i.test(type))
    return { status: 415, why: "forms with files are not understood. Send JSON, with Content-Type: application/json." };
  if (/json/i.test(type) || /^\s*[{[]/.test(text)) {
    const value = parseJson(text);
    if (value === undefined && (/json/i.test(type) || isForm(type)))
      return { status: 400, why: "this is no JSON. Look for missing quotes, commas and brackets." };
    if (value !== undefined && !isShallow(value, deepest))
      return { status: 400, why: `the JSON is nested more than ${deepest} times.` };
    if (value !== undefined) return { value };
  }
  return { value: isForm(type) && text.includes("=") ? Object.fromEntries(new URLSearchParams(text)) : text };
}

const isForm = (type: string): boolean => /^application\/x-www-form-urlencoded/i.test(type);

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isShallow(value: Json, left: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return left > 0 && Object.values(value).every((inner) => isShallow(inner, left - 1));
}
