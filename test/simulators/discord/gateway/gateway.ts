import type { IncomingMessage, Server } from "node:http";
import type { Socket } from "node:net";
import { WebSocketServer } from "ws";
import { Close, Op } from "../constants.ts";
import type { Connection } from "./connection.ts";
import { closeConnection, type Gateway, send, takeScripted } from "./hub.ts";
import { receive } from "./receive.ts";

/** Serves the gateway on the upgrades of an HTTP server. */
export function attachGateway(server: Server, gateway: Gateway): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true });
  let count = 0;
  server.on("upgrade", (request: IncomingMessage, line: Socket, head: Buffer) => {
    const refused = takeScripted(gateway, "connect");
    if (refused !== undefined) {
      line.end(`HTTP/1.1 ${refused.close ?? 503} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, line, head, (socket) => {
      const address = new URL(request.url ?? "/", gateway.url);
      count += 1;
      const path = address.pathname.replace(/\/+$/, "");
      accept(gateway, { number: count, path, socket, line, received: [], frozen: false }, address.searchParams);
    });
  });
  return {
    close() {
      for (const connection of gateway.connections) connection.socket.terminate();
      sockets.close();
    },
  };
}

function accept(gateway: Gateway, connection: Connection, query: URLSearchParams): void {
  const { socket, number, path } = connection;
  const { now } = gateway.simulation.world;
  gateway.connections.add(connection);
  gateway.events.record({ kind: "open", at: now(), connection: number, path });
  socket.on("message", (data) => {
    if (!connection.frozen) receive(gateway, connection, data.toString());
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", (code) => {
    gateway.connections.delete(connection);
    const { session } = connection;
    if (session?.connection === connection) {
      delete session.connection;
      const ended = connection.closedBy === undefined && (code === 1000 || code === 1001);
      if (ended) gateway.sessions.delete(session.id);
    }
    const by = connection.closedBy ?? "bot";
    gateway.events.record({ kind: "closed", at: now(), connection: number, path, code, by });
  });
  if (query.get("encoding") !== "json" || query.has("compress"))
    gateway.simulation.report({
      where: "gateway address",
      errors: ["the simulator speaks uncompressed JSON only"],
      value: query.toString(),
    });
  if (query.get("v") !== "10") closeConnection(gateway, connection, Close.InvalidAPIVersion, "Invalid API version");
  else send(gateway, connection, { op: Op.Hello, d: { heartbeat_interval: gateway.heartbeatInterval, _trace: [] } });
}
