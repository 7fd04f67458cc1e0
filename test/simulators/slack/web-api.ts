import type { ServerResponse } from "node:http";
import { answerJson, type LoopbackRequest } from "../shared/loopback.ts";
import type { Recording } from "../shared/recording.ts";
import { isJson, type Json } from "./json.ts";
import { methods } from "./methods/index.ts";
import { fail, type MethodContext } from "./methods/method.ts";
import { type Misbehaviours, spoil } from "./misbehave.ts";
import { readArguments } from "./validate/arguments.ts";
import type { Problem } from "./validate/schemas.ts";

/** One call of a method as it arrived. */
export interface Call {
  method: string;
  /** Decoded: JSON parsed, booleans and numbers as such. */
  args: Json;
  token: string | undefined;
  /** Milliseconds of `performance.now()`. */
  at: number;
  /** What was answered, when it was the method that answered and not a fault. */
  answer?: Json;
}

export interface WebApi {
  handle(request: LoopbackRequest, response: ServerResponse): Promise<void>;
}

interface WebApiParts {
  appToken: string;
  context: (args: Json, arrived: number) => MethodContext;
  calls: Recording<Call>;
  problems: string[];
  misbehaviours: Misbehaviours;
  now: () => number;
}

/** The Web API under `/api/`: tokens, scopes and arguments are checked as Slack does, then the method runs. */
export function createWebApi({ appToken, context, calls, problems, misbehaviours, now }: WebApiParts): WebApi {
  return {
    async handle(request, response) {
      const method = request.path.replace(/^\/api\//, "");
      const arrived = now();
      const { token, given } = readBody(request);
      const read = readArguments(method, given);
      const call: Call = { method, args: read.args, token, at: performance.now() };
      calls.record(call);

      const granted = [...context({}, arrived).granted].join(",");
      const headers: Record<string, string> = token === appToken ? {} : { "x-oauth-scopes": granted };
      const answer = () => {
        const told = decide(call, read, arrived, [...read.problems, ...read.blockProblems]);
        call.answer = told;
        return told;
      };
      const fault = misbehaviours.take(method, read.args);
      if (fault === undefined) return answerJson(response, 200, answer(), headers);
      if (fault.afterEffect === true) answer();
      await spoil(fault, response, () => answerJson(response, 200, answer(), headers));
    },
  };

  function decide(call: Call, read: ReturnType<typeof readArguments>, arrived: number, mistakes: Problem[]): Json {
    const method = methods.get(call.method);
    if (method === undefined) {
      problems.push(`${call.method}: the simulator knows no such method`);
      return fail("unknown_method", { req_method: call.method });
    }
    const run = context(read.args, arrived);
    const refused = refusedToken(call, method.token ?? "bot", run);
    if (refused !== undefined) return fail(refused);
    for (const { pointer, text } of mistakes)
      problems.push(`${call.method}${pointer === "" ? "" : ` ${pointer}`}: ${text}`);
    if (read.error !== undefined) {
      const messages = mistakes.map(({ pointer, text }) => `${text} [json-pointer:${pointer}]`);
      return fail(read.error, {
        errors: messages,
        response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
      });
    }
    const needed = method.scopes?.(run) ?? [];
    const missing = needed.filter((scope) => !run.granted.has(scope));
    if (missing.length > 0)
      return fail("missing_scope", { needed: missing.join(","), provided: [...run.granted].join(",") });
    return method.run(run);
  }

  function refusedToken(call: Call, wanted: "bot" | "app" | "none", { tokens }: MethodContext): string | undefined {
    if (wanted === "none") return undefined;
    if (wanted === "app") {
      if (call.token === appToken) return undefined;
      return tokens.problemOf(call.token) === undefined
        ? "not_allowed_token_type"
        : (tokens.problemOf(call.token) ?? "");
    }
    return call.token === appToken ? "not_allowed_token_type" : tokens.problemOf(call.token);
  }
}

/** The token from the header or the arguments, and the arguments as they were written. */
function readBody(request: LoopbackRequest): { token: string | undefined; given: Json } {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const text = request.body.toString();
  const given: Json = Object.fromEntries(request.query);
  if ((request.headers["content-type"] ?? "").startsWith("application/json")) {
    const parsed: unknown = text === "" ? {} : JSON.parse(text);
    if (isJson(parsed)) Object.assign(given, parsed);
  } else Object.assign(given, Object.fromEntries(new URLSearchParams(text)));
  return { token: bearer ?? (typeof given.token === "string" ? given.token : undefined), given };
}
