import type { IncomingMessage, ServerResponse } from "node:http";
import { requestPath } from "../../../platforms/slack/manifest.ts";
import { listen } from "../listener.ts";
import { readBody, refuse, strangersTurnedAway } from "../request.ts";
import { answerAtOnce } from "./forms.ts";
import { type Delivery, type Intake, isPayload, type Payload } from "./intake.ts";
import type { HttpSettings } from "./settings.ts";
import { freshTimestamp, isSigned } from "./signature.ts";

export interface RequestServerParts {
  readonly settings: HttpSettings;
  readonly now: () => number;
  readonly onDelivery: (delivery: Delivery) => void;
  /** Says, at most once a minute, how many requests were turned away. */
  readonly turnedAway: (count: number) => void;
}

export interface RequestServer extends Intake {
  /** From now on this secret signs the requests. */
  accept(signingSecret: string): void;
}

const mostBytes = 1024 * 1024;

/**
 * Listens for Slack's signed requests. Each is answered before it is handled, because Slack waits for three seconds only
 * and sends again what is not answered.
 * @throws PlatformError kind "start" when the address cannot be listened on
 */
export async function startRequestServer(parts: RequestServerParts): Promise<RequestServer> {
  const { settings, now } = parts;
  let signingSecret = settings.signingSecret;
  let stopped = false;
  const turnAway = strangersTurnedAway(now, parts.turnedAway);

  const takes = (url: string) => url.split("?")[0] === requestPath;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (!takes(request.url ?? "")) return turnAway(response, 404);
    if (request.method !== "POST") return refuse(response, 405);
    if (stopped) return refuse(response, 503);
    const timestamp = freshTimestamp(oneHeader(request, "x-slack-request-timestamp"), now());
    const signature = oneHeader(request, "x-slack-signature");
    if (timestamp === undefined || signature === undefined) return turnAway(response, 401);
    const body = await readBody(request, mostBytes);
    if (body === undefined) return refuse(response, 413);
    if (!isSigned(signingSecret, timestamp, body, signature)) return turnAway(response, 401);
    const delivery = readDelivery(body.toString(), oneHeader(request, "content-type") ?? "");
    if (delivery === undefined) return refuse(response, 400);
    if (stopped) response.setHeader("connection", "close");
    if (delivery.type === "url_verification") {
      response.setHeader("content-type", "text/plain");
      response.end(String(delivery.body.challenge));
      return;
    }
    const answer = answerAtOnce(delivery);
    if (answer !== undefined) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
      return;
    }
    response.end();
    if (delivery.type !== "ssl_check") parts.onDelivery(delivery);
  };
  const listening = await listen(settings, { takes, handle }, "listen");
  return {
    accept(secret) {
      signingSecret = secret;
    },
    async stop() {
      stopped = true;
      // What is being read is still answered.
      listening.leave();
    },
    async close() {
      stopped = true;
      await listening.close();
    },
  };
}

function oneHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** Events are JSON; slash commands and presses are forms, the latter with JSON in the field `payload`. */
function readDelivery(body: string, contentType: string): Delivery | undefined {
  if (contentType.startsWith("application/json")) {
    const payload = parse(body);
    if (payload === undefined) return undefined;
    return { type: payload.type === "url_verification" ? "url_verification" : "events_api", body: payload };
  }
  const form = Object.fromEntries(new URLSearchParams(body));
  if (form.ssl_check === "1") return { type: "ssl_check", body: form };
  if (form.payload !== undefined) {
    const payload = parse(form.payload);
    return payload === undefined ? undefined : { type: "interactive", body: payload };
  }
  return form.command === undefined ? undefined : { type: "slash_commands", body: form };
}

function parse(text: string): Payload | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isPayload(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
