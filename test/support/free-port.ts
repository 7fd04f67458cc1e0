import { createServer, type Server } from "node:net";

/**
 * Ports for who must know theirs before they listen. Systems give out those above by themselves, to connections too: one
 * that was free a moment ago would sometimes be taken.
 */
const [lowest, highest] = [10_000, 32_000];

/** A port of 127.0.0.1 that nobody listens on now, and that nobody gets without asking for it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    const server = createServer();
    if (!(await listens(server, port))) continue;
    await new Promise((closed) => server.close(closed));
    return port;
  }
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
  });
}
