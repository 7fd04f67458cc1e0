import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { createRecording, type Recording } from "../shared/recording.ts";
import type { Envelope } from "./envelope.ts";
import { isJson, type Json } from "./json.ts";

export type DisconnectReason = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

/** A socket that opened or closed; `open` counts those that are open afterwards. */
export interface SocketChange {
  kind: "opened" | "closed";
  /** Counts from 1 in the order of connecting. */
  socket: number;
  open: number;
  /** Milliseconds of `performance.now()`. */
  at: number;
}

/** The Socket Mode side: what can be done to the bot's sockets, and what became of them. */
export interface SocketMode {
  readonly changes: Recording<SocketChange>;
  /** How many sockets are open now. */
  readonly open: number;
  /** Resolves when at least so many sockets are open and greeted. */
  connected(count?: number): Promise<void>;
  /** Longest time in milliseconds without any socket, between the first that opened and the last change. */
  longestGap(): number;
  /** Sends a disconnect frame to all sockets (or one); they get no more events, and close when the client does, or at once with `close`. */
  disconnect(reason: DisconnectReason, options?: { socket?: number; close?: boolean }): void;
  /** Cuts all connections without a closing handshake. */
  drop(): void;
  /** From now on the open sockets hear and say nothing, yet stay connected. */
  halfOpen(): void;
  /** What `hello` says from now on about the number of connections. */
  countConnections(count: number): void;
  /** Accepts sockets, but says no `hello` on them, until called with `false`. */
  withholdHello(withhold: boolean): void;
  /** Refuses the next upgrades with this HTTP status. */
  refuseUpgrades(status: number, times?: number): void;
  /** Sends text as it is to every socket, for instance a frame that is not JSON. */
  sendRaw(text: string): void;
}

export interface SocketServer extends SocketMode {
  /** An address that opens one socket. */
  ticketUrl(): string;
  /** Sends to one of the sockets; false when none is open. */
  send(envelope: Envelope): boolean;
  close(): void;
}

interface Socket {
  number: number;
  ws: WebSocket;
  greeted: boolean;
  /** A disconnect frame was sent: it gets no more events. */
  leaving: boolean;
  silent: boolean;
}

/** Milliseconds between pings of the server. */
const pingEvery = 5000;

export function attachSocketMode(
  server: Server,
  parts: {
    host: () => string;
    appId: string;
    nextId: (prefix: string) => string;
    onFrame: (frame: Json | string) => void;
  },
): SocketServer {
  const wss = new WebSocketServer({ noServer: true });
  const sockets = new Set<Socket>();
  const tickets = new Set<string>();
  const changes = createRecording<SocketChange>();
  let count = 0;
  let turn = 0;
  let statedConnections: number | undefined;
  let withheld = false;
  let refusals: { status: number; left: number } = { status: 0, left: 0 };

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const address = new URL(request.url ?? "/", "http://127.0.0.1");
    const ticket = address.searchParams.get("ticket") ?? "";
    if (refusals.left > 0) {
      refusals.left -= 1;
      return refuse(stream, refusals.status);
    }
    if (!tickets.delete(ticket)) return refuse(stream, 401);
    wss.handleUpgrade(request, stream, head, accept);
  });

  function accept(ws: WebSocket): void {
    count += 1;
    const socket: Socket = { number: count, ws, greeted: false, leaving: false, silent: false };
    sockets.add(socket);
    const pings = setInterval(() => {
      if (!socket.silent) ws.ping();
    }, pingEvery);
    ws.on("message", (data: RawData) => {
      if (!socket.silent) parts.onFrame(parse(String(data)));
    });
    ws.on("error", () => ws.terminate());
    ws.on("close", () => {
      clearInterval(pings);
      sockets.delete(socket);
      changes.record({ kind: "closed", socket: socket.number, open: sockets.size, at: performance.now() });
    });
    if (!withheld) greet(socket);
    changes.record({ kind: "opened", socket: socket.number, open: sockets.size, at: performance.now() });
  }

  function greet(socket: Socket): void {
    socket.greeted = true;
    const hello = {
      type: "hello",
      num_connections: statedConnections ?? sockets.size,
      debug_info: { host: "applink-1", build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: parts.appId },
    };
    socket.ws.send(JSON.stringify(hello));
  }

  return {
    changes,
    get open() {
      return sockets.size;
    },
    async connected(wanted = 1) {
      if (sockets.size < wanted) await changes.waitFor((change) => change.open >= wanted && sockets.size >= wanted);
    },
    longestGap() {
      let longest = 0;
      let emptySince: number | undefined;
      for (const change of changes.all) {
        if (emptySince !== undefined) longest = Math.max(longest, change.at - emptySince);
        emptySince = change.open === 0 ? change.at : undefined;
      }
      return longest;
    },
    disconnect(reason, { socket: wanted, close = false } = {}) {
      for (const socket of sockets) {
        if (wanted !== undefined && socket.number !== wanted) continue;
        socket.leaving = true;
        socket.ws.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "applink-1" } }));
        if (close) socket.ws.close(1000);
      }
    },
    drop() {
      for (const { ws } of sockets) ws.terminate();
    },
    halfOpen() {
      for (const socket of sockets) {
        socket.silent = true;
        socket.ws.pause();
      }
    },
    countConnections(stated) {
      statedConnections = stated;
    },
    withholdHello(withhold) {
      withheld = withhold;
      if (!withhold) for (const socket of sockets) if (!socket.greeted) greet(socket);
    },
    refuseUpgrades(status, times = 1) {
      refusals = { status, left: times };
    },
    sendRaw(text) {
      for (const { ws } of sockets) ws.send(text);
    },
    ticketUrl() {
      const ticket = parts.nextId("");
      tickets.add(ticket);
      return `ws://${parts.host()}/link/?ticket=${ticket}&app_id=${parts.appId}`;
    },
    send(envelope) {
      const able = [...sockets].filter((socket) => socket.greeted && !socket.leaving);
      const heard = able.filter((socket) => !socket.silent);
      const socket = heard[turn++ % Math.max(heard.length, 1)];
      socket?.ws.send(JSON.stringify(envelope));
      return socket !== undefined;
    },
    close() {
      for (const { ws } of sockets) ws.terminate();
      wss.close();
    },
  };
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function parse(text: string): Json | string {
  try {
    const frame: unknown = JSON.parse(text);
    return isJson(frame) ? frame : text;
  } catch {
    return text;
  }
}
