import type { ServerResponse } from "node:http";
import type { Update } from "grammy/types";
import { answerJson, type LoopbackRequest } from "../shared/loopback.ts";
import type { Recording } from "../shared/recording.ts";
import { readBody, type UploadedFile } from "./body.ts";
import type { GetUpdatesArgs } from "./delivery.ts";
import { ApiError, descriptionOf, refusal, refusals } from "./errors.ts";
import type { Handlers } from "./methods/handlers.ts";
import type { Faults, Misbehaviour } from "./misbehave.ts";
import type { WireValidator } from "./validate.ts";

/** A request that the bot made and what became of it. */
export interface Call {
  method: string;
  params: Record<string, unknown>;
  /** Files that came with it, by the name that `attach://` gives them. */
  files: ReadonlyMap<string, UploadedFile>;
  /** Milliseconds on `performance.now()`'s scale at which it arrived. */
  at: number;
  /** What was answered; absent for `getUpdates`, which is recorded on arrival, and for a request that met a fault. */
  outcome?: { ok: true; result: unknown } | { ok: false; code: number; description: string };
}

export interface AnsweringParts {
  /** The only token answered; nothing when all are revoked. */
  token: () => string | undefined;
  handlers: Handlers;
  poll: (args: GetUpdatesArgs, abandoned: AbortSignal) => Promise<Update[]>;
  faults: Faults;
  calls: Recording<Call>;
  problems: string[];
  validator: WireValidator | undefined;
}

type Params = Record<string, unknown>;

/** Answers requests to `/bot<token>/<method>`: token, body, fault, schema, method, in that order. */
export function createAnswering(parts: AnsweringParts) {
  const { faults, calls, problems, validator } = parts;

  const check = (method: string, params: Params) => {
    const found = validator?.request(method, params) ?? [];
    problems.push(...found.map((problem) => `${method}: ${problem}`));
    if (found.length > 0) throw refusalOf(found);
  };

  const perform = (method: string, params: Params, files: Call["files"]): unknown => {
    const handler = (parts.handlers as Record<string, ((params: Params, files: Call["files"]) => unknown) | undefined>)[
      method
    ];
    if (handler === undefined) {
      problems.push(`${method}: no such method here`);
      throw refusal("unknownMethod");
    }
    check(method, params);
    const result = handler(params, files);
    const found = validator?.result(method, result) ?? [];
    problems.push(...found.map((problem) => `the simulator's own answer to ${method}: ${problem}`));
    return result;
  };

  return async (request: LoopbackRequest, response: ServerResponse): Promise<void> => {
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(request.path) ?? [];
    if (method === undefined) return answerError(response, refusal("unknownMethod"));
    const call: Call = { method, params: {}, files: new Map(), at: performance.now() };
    try {
      if (token !== parts.token()) throw refusal("unauthorized");
      const body = await readBody(request, method, validator).catch((error: unknown) => {
        problems.push(`${method}: a body that cannot be read: ${error}`);
        throw refusal("badBody");
      });
      call.params = body.params;
      call.files = body.files;

      const fault = faults.take(method, call.params);
      if (fault?.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
      if (fault !== undefined && isFaulty(fault)) {
        if (fault.carriedOut) perform(method, call.params, call.files);
        calls.record(call);
        return answerFault(response, fault);
      }

      if (method === "getUpdates") {
        calls.record(call);
        check(method, call.params);
        const abandoned = new AbortController();
        response.once("close", () => abandoned.abort());
        const result = await parts.poll(call.params, abandoned.signal);
        if (!response.destroyed) answerJson(response, 200, { ok: true, result });
        return;
      }

      const result = perform(method, call.params, call.files);
      calls.record({ ...call, outcome: { ok: true, result } });
      answerJson(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const outcome = { ok: false as const, code: error.code, description: error.description };
      if (!calls.all.includes(call)) calls.record({ ...call, outcome });
      answerError(response, error);
    }
  };
}

const isFaulty = (fault: Misbehaviour) => fault.hang || fault.close || fault.status !== undefined;

function answerFault(response: ServerResponse, fault: Misbehaviour): void {
  if (fault.hang) return;
  if (fault.close) {
    response.destroy();
    return;
  }
  const status = fault.status ?? 500;
  if (fault.text !== undefined) {
    response.writeHead(status, { "content-type": "text/html" });
    response.end(fault.text);
    return;
  }
  const description = fault.description ?? descriptionOf(status, fault.parameters?.retry_after);
  answerError(response, new ApiError(status, description, fault.parameters));
}

function answerError(response: ServerResponse, error: ApiError): void {
  answerJson(response, error.code, {
    ok: false,
    error_code: error.code,
    description: error.description,
    ...(error.parameters === undefined ? {} : { parameters: error.parameters }),
  });
}

/** The server's own text for the mistakes that it has one for, else the schema's. */
function refusalOf(found: readonly string[]): ApiError {
  if (found.some((problem) => problem.startsWith("/text must NOT have more"))) return refusal("tooLong");
  if (found.some((problem) => problem.startsWith("/caption must NOT have more"))) return refusal("captionTooLong");
  if (found.some((problem) => problem.includes("/callback_data must NOT have more"))) return refusal("buttonData");
  return new ApiError(refusals.badBody[0], `Bad Request: ${found[0]}`);
}
