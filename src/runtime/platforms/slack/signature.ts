import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a request's time may be from ours, either way, in seconds (docs.slack.dev: "Verifying requests from Slack"). */
const mostSkew = 300;

/** The request's time if it is a time at all and not too far from now. */
export function freshTimestamp(header: string | undefined, nowMs: number): string | undefined {
  if (header === undefined || !/^\d{1,12}$/.test(header)) return undefined;
  return Math.abs(nowMs / 1000 - Number(header)) <= mostSkew ? header : undefined;
}

/** Whether Slack signed this body, compared in constant time. */
export function isSigned(secret: string, timestamp: string, body: Buffer, header: string | undefined): boolean {
  if (header === undefined || !/^v0=[0-9a-f]{64}$/.test(header)) return false;
  const expected = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(Buffer.from(header.slice(3), "hex"), expected);
}
