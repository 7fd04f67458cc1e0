import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request whose body has arrived. */
export interface LoopbackRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface LoopbackServer {
  /** For instance `http://127.0.0.1:40123`, without a slash at the end. */
  url: string;
  port: number;
  /** For upgrades to WebSocket. */
  server: Server;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * An HTTP server on 127.0.0.1 at a free port (or the given one). The handler answers through `response`;
 * when it throws, the request is answered 500 with the error's text and `onError` is told.
 */
export async function startLoopback(
  handle: (request: LoopbackRequest, response: ServerResponse) => void | Promise<void>,
  options: { port?: number; onError?: (error: unknown) => void } = {},
): Promise<LoopbackServer> {
  const server = createServer(async (incoming, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const address = new URL(incoming.url ?? "/", "http://127.0.0.1");
      await handle(
        {
          method: incoming.method ?? "GET",
          path: address.pathname,
          query: address.searchParams,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        },
        response,
      );
    } catch (error) {
      if (incoming.destroyed && !incoming.complete) return;
      options.onError?.(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(String(error));
    }
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with JSON. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
