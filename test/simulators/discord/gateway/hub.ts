import type { Recording } from "../../shared/recording.ts";
import { Close, Op } from "../constants.ts";
import type { Simulation } from "../simulation.ts";
import type { Guild } from "../state.ts";
import { type Connection, type GatewayEvent, onShard, type Session } from "./connection.ts";
import { asSeenWith, hears } from "./intents.ts";

/** All that the gateway's parts share. */
export interface Gateway {
  simulation: Simulation;
  /** `ws://127.0.0.1:port`. */
  url: string;
  heartbeatInterval: number;
  events: Recording<GatewayEvent>;
  connections: Set<Connection>;
  sessions: Map<string, Session>;
  acknowledging: boolean;
  /** When all members of a guild were asked for last. */
  listed: Map<string, number>;
  /** Answers that wait for the next IDENTIFY, RESUME or connection. */
  scripted: ScriptedAnswer[];
}

/** What the next IDENTIFY, RESUME or new connection gets instead of the usual answer. */
export interface ScriptedAnswer {
  to: "identify" | "resume" | "connect";
  /** Close with this code; for "connect" the status of the HTTP answer. */
  close?: number;
  /** Op 9 with this `d`. */
  invalidSession?: boolean;
  times: number;
}

/** Sends a frame and records it; a frozen line swallows it. */
export function send(
  gateway: Gateway,
  connection: Connection,
  frame: { op: number; d: unknown; s?: number; t?: string },
): void {
  const { number, path } = connection;
  if (connection.frozen || connection.socket.readyState !== connection.socket.OPEN) return;
  gateway.events.record({ kind: "sent", at: gateway.simulation.world.now(), connection: number, path, ...frame });
  connection.socket.send(JSON.stringify({ s: null, t: null, ...frame }));
}

/** Closes with a code; where the code forbids to resume, the session ends with it. */
export function closeConnection(gateway: Gateway, connection: Connection, code: number, reason = ""): void {
  connection.closedBy ??= "discord";
  if (connection.session !== undefined && endsSession(code)) gateway.sessions.delete(connection.session.id);
  connection.socket.close(code, reason);
}

/** Gives an event to one session: counted and kept for RESUME even while nobody is connected. */
export function dispatchTo(gateway: Gateway, session: Session, event: string, data: object): void {
  session.sequence += 1;
  // A copy: what is replayed after a RESUME is the state at the time.
  const frame = { s: session.sequence, t: event, d: structuredClone(data) };
  session.buffer.push(frame);
  if (session.connection !== undefined) send(gateway, session.connection, { op: Op.Dispatch, ...frame });
}

/** Gives an event to every session that listens for it. */
export function dispatch(gateway: Gateway, event: string, data: object, guild: Guild | undefined): void {
  const { world, formats, checkOutgoing, report } = gateway.simulation;
  if (checkOutgoing && formats !== undefined) {
    const check = event === "INTERACTION_CREATE" ? formats.interaction : formats.dispatch(event);
    const errors = check?.(data) ?? [`${event} has no published form`];
    if (errors.length > 0) report({ where: `dispatch ${event}`, errors, value: data });
  }
  for (const session of gateway.sessions.values()) {
    if (!onShard(session, guild?.id) || !hears(world, session.intents, event, data, guild)) continue;
    dispatchTo(gateway, session, event, asSeenWith(world, session.intents, event, data, guild));
  }
}

/** The scripted answer for this occasion, used up by one. */
export function takeScripted(gateway: Gateway, to: ScriptedAnswer["to"]): ScriptedAnswer | undefined {
  const index = gateway.scripted.findIndex((answer) => answer.to === to);
  const answer = gateway.scripted[index];
  if (answer === undefined) return undefined;
  answer.times -= 1;
  if (answer.times <= 0) gateway.scripted.splice(index, 1);
  return answer;
}

/** Close codes after which RESUME is answered with op 9 ("Opcodes and Status Codes", Gateway Close Event Codes). */
function endsSession(code: number): boolean {
  return (
    code === Close.NotAuthenticated || code === Close.InvalidSeq || code === Close.SessionTimedOut || isFatal(code)
  );
}

function isFatal(code: number): boolean {
  return code === Close.AuthenticationFailed || (code >= Close.InvalidShard && code <= Close.DisallowedIntents);
}
