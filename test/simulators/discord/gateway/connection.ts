import type { Socket } from "node:net";
import type { WebSocket } from "ws";

/** One frame or change of a connection, as recorded. */
export interface GatewayEvent {
  kind: "open" | "received" | "sent" | "closed";
  /** By the simulator's clock, in milliseconds. */
  at: number;
  /** Counts connections from 1. */
  connection: number;
  /** The path that was dialled: `/gateway`, or `/resume` for the address given in READY. */
  path: string;
  op?: number;
  /** The event of a dispatch. */
  t?: string;
  s?: number;
  d?: unknown;
  /** Close code, as the other side sees it; 1006 for a cut line. */
  code?: number;
  by?: "bot" | "discord";
}

/** A session outlives its connections: what was dispatched is kept for RESUME. */
export interface Session {
  id: string;
  intents: number;
  shard: readonly [id: number, count: number];
  sequence: number;
  buffer: { s: number; t: string; d: object }[];
  connection?: Connection;
}

export interface Connection {
  number: number;
  path: string;
  socket: WebSocket;
  /** The line under the WebSocket, for cutting and freezing it. */
  line: Socket;
  session?: Session;
  /** Times of frames received in the last minute. */
  received: number[];
  /** A frozen line carries nothing in either direction and stays open. */
  frozen: boolean;
  closedBy?: "bot" | "discord";
}

/** What RESUME needs for this session's shard: guild ids are spread by `(id >> 22) % count` ("Gateway", Sharding). */
export function onShard(session: Session, guildId: string | undefined): boolean {
  const [id, count] = session.shard;
  return guildId === undefined ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
}
