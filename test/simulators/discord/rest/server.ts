import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { answerJson, type LoopbackRequest } from "../../shared/loopback.ts";
import type { Recording } from "../../shared/recording.ts";
import { ErrorCode } from "../constants.ts";
import type { Simulation } from "../simulation.ts";
import { applicationRoutes } from "./application.ts";
import { banRoutes } from "./bans.ts";
import { readBody } from "./body.ts";
import { channelRoutes } from "./channels.ts";
import { commandRoutes } from "./commands.ts";
import { DiscordError } from "./errors.ts";
import { guildRoutes } from "./guilds.ts";
import { interactionRoutes } from "./interactions.ts";
import { memberRoutes } from "./members.ts";
import { messageRoutes } from "./messages.ts";
import { type Misbehaviour, takeMisbehaviour } from "./misbehave.ts";
import { pollRoutes } from "./polls.ts";
import { reactionRoutes } from "./reactions.ts";
import { findRoute, type RestAnswer, type Route } from "./router.ts";
import { threadRoutes } from "./threads.ts";
import { webhookRoutes } from "./webhooks.ts";

/** A request as it arrived, recorded before it is answered, and how it was answered. */
export interface Call {
  at: number;
  method: string;
  /** Without `/api/v10` and the query. */
  path: string;
  /** As in the published description; undefined for a route that the simulator does not have. */
  template: string | undefined;
  query: URLSearchParams;
  body: unknown;
  files: { name: string; content: Buffer }[];
  reason: string | null;
  headers: LoopbackRequest["headers"];
  /** Set when the answer goes out; absent while it is held back, and for ever where there is none. */
  status?: number;
}

const routes: readonly Route[] = [
  ...applicationRoutes,
  ...banRoutes,
  ...channelRoutes,
  ...commandRoutes,
  ...guildRoutes,
  ...interactionRoutes,
  ...memberRoutes,
  ...messageRoutes,
  ...pollRoutes,
  ...reactionRoutes,
  ...threadRoutes,
  ...webhookRoutes,
];
const base = "/api/v10";

/** Answers the REST API, version 10, and serves uploaded files. */
export function restHandler(simulation: Simulation, calls: Recording<Call>, rules: Misbehaviour[]) {
  return async (request: LoopbackRequest, response: ServerResponse): Promise<void> => {
    const file = simulation.world.files.get(request.path);
    if (file !== undefined) {
      response.writeHead(200, { "content-type": file.type });
      response.end(file.content);
      return;
    }
    const path = request.path.startsWith(`${base}/`) ? request.path.slice(base.length) : request.path;
    const found = request.path.startsWith(`${base}/`) ? findRoute(routes, request.method, path) : undefined;
    const { body, files } = await readBody(request);
    const reason = decodeURIComponent(String(request.headers["x-audit-log-reason"] ?? "")) || null;
    const { method, query, headers } = request;
    const template = found?.route.template;
    const call: Call = { at: simulation.world.now(), method, path, template, query, body, files, reason, headers };
    const rule = takeMisbehaviour(rules, method, path, template);
    calls.record(call);
    const replaced = rule !== undefined && (rule.status !== undefined || rule.hang === true || rule.close === true);
    if (typeof rule?.delay === "number") await sleep(rule.delay);
    else await rule?.delay;
    const answer = replaced && rule.afterEffect !== true ? {} : act(simulation, call, found);
    if (rule?.hang === true) return;
    if (rule?.close === true) {
      response.socket?.destroy();
      return;
    }
    if (replaced) {
      misanswer(call, rule, response);
      return;
    }
    const status = answer.status ?? 204;
    call.status = status;
    const sent = { ...rateLimitHeaders(method, template, simulation.world.now()), ...rule?.headers };
    if (answer.body !== undefined) answerJson(response, status, answer.body, sent);
    else {
      response.writeHead(status, sent);
      response.end();
    }
  };
}

function misanswer(call: Call, rule: Misbehaviour, response: ServerResponse): void {
  const status = rule.status ?? 500;
  call.status = status;
  if (typeof rule.body === "object") {
    answerJson(response, status, rule.body, rule.headers);
    return;
  }
  response.writeHead(status, { "content-type": "text/html", ...rule.headers });
  response.end(typeof rule.body === "string" ? rule.body : "");
}

function act(simulation: Simulation, call: Call, found: ReturnType<typeof findRoute>): RestAnswer {
  try {
    return checked(simulation, call, found);
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    return { status: error.status, body: error.body() };
  }
}

function checked(simulation: Simulation, call: Call, found: ReturnType<typeof findRoute>): RestAnswer {
  const { formats, report, portal } = simulation;
  const where = `${call.method} ${call.template ?? call.path}`;
  if (found === undefined) {
    report({ where, errors: ["the simulator has no such route"], value: call.body });
    throw new DiscordError(404, 0, "404: Not Found");
  }
  const { route, params } = found;
  if (route.open !== true && call.headers.authorization !== `Bot ${portal.token}`)
    throw new DiscordError(401, 0, "401: Unauthorized");
  const errors = formats?.requestBody(call.method, route.template)?.(call.body ?? {}) ?? [];
  if (errors.length > 0) {
    report({ where, errors, value: call.body });
    throw new DiscordError(400, ErrorCode.InvalidFormBodyOrContentType, "Invalid Form Body", { _errors: errors });
  }
  const { query, files, reason } = call;
  // A route may write into its body; what was recorded stays as it came.
  const body = structuredClone(call.body);
  const answer = route.handle({ simulation, params, query, body, files: files.map(withType), reason });
  if (simulation.checkOutgoing && answer.body !== undefined) {
    const wrong = formats?.responseBody(call.method, route.template, answer.status ?? 204)?.(answer.body) ?? [];
    if (wrong.length > 0) report({ where: `answer to ${where}`, errors: wrong, value: answer.body });
  }
  return answer;
}

function withType(file: Call["files"][number]) {
  return { type: "application/octet-stream", ...file };
}

/** Headers of a bucket that is never empty: a test that wants it empty says so ("Rate Limits", Header Format). */
function rateLimitHeaders(method: string, template: string | undefined, now: number): Record<string, string> {
  return {
    "x-ratelimit-limit": "50",
    "x-ratelimit-remaining": "49",
    "x-ratelimit-reset": ((now + 1000) / 1000).toFixed(3),
    "x-ratelimit-reset-after": "1.000",
    "x-ratelimit-bucket": Buffer.from(`${method} ${template}`).toString("hex").slice(0, 32),
  };
}
