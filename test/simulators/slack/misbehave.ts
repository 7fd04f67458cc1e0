import type { ServerResponse } from "node:http";
import { answerJson } from "../shared/loopback.ts";
import { isJson, type Json } from "./json.ts";

/** A fault of the Web API or of a `response_url`; the first that fits a call is used up before the next. */
export interface Misbehaviour {
  /** A method, `response_url`, `upload`, or `*` for all of them. */
  method: string;
  /** Only calls with such arguments, for instance those to one channel. */
  when?: (args: Json) => boolean;
  /** How many calls it spoils; one, unless told. `Infinity` until `stop()`. */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  /** An object is answered as JSON, a text as it is. */
  body?: Json | string;
  /** Milliseconds before the answer. Alone it only makes a good answer late. */
  delay?: number;
  /** Never answer; the connection stays open until the simulator closes. */
  hang?: boolean;
  /** Cut the connection without an answer. */
  close?: boolean;
  /** Do what was asked first, then fail: the caller cannot know. */
  afterEffect?: boolean;
}

export interface Misbehaving {
  /** Calls spoilt so far. */
  readonly hits: number;
  stop(): void;
}

export interface Misbehaviours {
  add(misbehaviour: Misbehaviour): Misbehaving;
  take(method: string, args: Json): Misbehaviour | undefined;
}

export function createMisbehaviours(): Misbehaviours {
  const active: { fault: Misbehaviour; left: number; hits: number }[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? 1, hits: 0 };
      active.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        stop() {
          entry.left = 0;
        },
      };
    },
    take(method, args) {
      const entry = active.find(
        ({ fault, left }) =>
          left > 0 && (fault.method === "*" || fault.method === method) && (fault.when?.(args) ?? true),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      entry.hits += 1;
      return entry.fault;
    },
  };
}

/** Whether the fault replaces the answer, and does not only make it late. */
function spoilsAnswer(fault: Misbehaviour): boolean {
  return (
    fault.status !== undefined ||
    fault.body !== undefined ||
    fault.headers !== undefined ||
    fault.hang === true ||
    fault.close === true
  );
}

/** Answers as the fault says, or late when that is all it says. */
export async function spoil(fault: Misbehaviour, response: ServerResponse, answer: () => void): Promise<void> {
  if (fault.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault.hang === true) return;
  if (fault.close === true) {
    response.socket?.destroy();
    return;
  }
  if (!spoilsAnswer(fault) && fault.afterEffect !== true) return answer();
  const status = fault.status ?? (fault.afterEffect === true ? 500 : 200);
  const body = fault.body ?? { ok: false, error: status === 429 ? "ratelimited" : "internal_error" };
  if (isJson(body)) return answerJson(response, status, body, fault.headers);
  response.writeHead(status, { "content-type": "text/html", ...fault.headers });
  response.end(body);
}
