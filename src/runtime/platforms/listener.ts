import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { PlatformError } from "../../contracts/platform.ts";

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Takes requests at an address that several connections may share. */
export interface Listener {
  /** Whether requests to this path and query are for this one; what is for nobody goes to the newest. */
  readonly takes: (url: string) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
}

export interface Listening {
  /** Takes no new connections, and leaves the address to others. What arrives on open connections is still handled. */
  leave(): void;
  /** Leaves, and cuts what is left unless another listener is still there. */
  close(): Promise<void>;
}

interface Shared {
  readonly server: Server;
  /** The newest last. */
  listeners: readonly Listener[];
}

const open = new Map<string, Promise<Shared>>();

/**
 * Listens for HTTP requests. The connection of a rotated token listens where the one that it replaces still does: the
 * newest that takes a request gets it, and an older one again when the newest is gone.
 * @param setting - of the platform, where the address stands
 * @throws PlatformError kind "start" when the address cannot be listened on
 */
export async function listen(address: Address, listener: Listener, setting: string): Promise<Listening> {
  const { host, port } = address;
  const key = `${host} ${port}`;
  let opening = open.get(key);
  if (opening === undefined) {
    opening = openServer({ host, port });
    open.set(key, opening);
    opening.catch(() => open.delete(key));
  }
  const shared = await opening.catch((error: NodeJS.ErrnoException) => {
    throw cannotListen(address, error, setting);
  });
  shared.listeners = [...shared.listeners, listener];

  let closed: Promise<void> | undefined;
  const leave = (): void => {
    if (closed !== undefined) return;
    const others = shared.listeners.filter((other) => other !== listener);
    if (others.length > 0) {
      shared.listeners = others;
      closed = Promise.resolve();
      return;
    }
    open.delete(key);
    closed = new Promise((resolve) => {
      shared.server.close(() => resolve());
    });
  };
  return {
    leave,
    async close() {
      leave();
      if (open.get(key) !== opening) shared.server.closeAllConnections();
      await closed;
    },
  };
}

async function openServer({ host, port }: Address): Promise<Shared> {
  const server = createServer((request, response) => {
    const { listeners } = shared;
    // Alone it gets everything, and turns away by itself what is not for it.
    const taking = listeners.length < 2 ? undefined : listeners.findLast((each) => each.takes(request.url ?? ""));
    const listener = taking ?? listeners.at(-1);
    // A mistake of ours with one request must not end the process; whoever asked sends it again.
    Promise.resolve(listener?.handle(request, response)).catch(() => response.destroy());
  });
  const shared: Shared = { server, listeners: [] };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return shared;
}

function cannotListen({ host, port }: Address, error: NodeJS.ErrnoException, setting: string): PlatformError {
  const address = `${host}:${port}`;
  const why =
    error.code === "EADDRINUSE"
      ? `Another program listens on ${address} already; choose another port under listen.`
      : error.code === "EACCES"
        ? `This account may not listen on ${address}; choose a port above 1023.`
        : `It is not possible to listen on ${address}.`;
  return new PlatformError("start", why, { setting });
}
