import type { Socket } from "node:net";
import { Agent, buildConnector, WebSocket } from "undici";

/** One WebSocket connection, of text frames only. */
export interface Line {
  send(text: string): void;
  /** Says goodbye with a code (1000 ends the session, 4200 keeps it) and cuts the line when nobody answers. */
  close(code: number): void;
  /** Resolves with the close code once the line is gone, however it ended; 1006 for one that was cut. */
  readonly ended: Promise<number>;
}

const handshakeTimeout = 15_000;
const farewellTimeout = 2000;

export function openLine(url: string, hear: (text: string) => void): Line {
  let socket: Socket | undefined;
  const connector = buildConnector({ timeout: handshakeTimeout });
  const dispatcher = new Agent({
    headersTimeout: handshakeTimeout,
    connect(options, callback) {
      connector(options, (...result) => {
        socket = result[1] ?? undefined;
        callback(...result);
      });
    },
  });
  const web = new WebSocket(url, { dispatcher });
  let farewell: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((resolve) => {
    web.addEventListener("close", ({ code }) => {
      clearTimeout(farewell);
      void dispatcher.destroy().catch(() => undefined);
      socket?.destroy();
      resolve(code === 1005 ? 1006 : code);
    });
  });
  // A close event follows every error.
  web.addEventListener("error", () => undefined);
  web.addEventListener("message", ({ data }) => {
    // What comes while the line is being closed comes again when the session is resumed.
    if (typeof data === "string" && farewell === undefined) hear(data);
  });
  return {
    send(text) {
      if (web.readyState === WebSocket.OPEN) web.send(text);
    },
    close(code) {
      if (web.readyState === WebSocket.CLOSED || farewell !== undefined) return;
      // A half-open line never answers a goodbye.
      farewell = setTimeout(() => socket?.destroy(), farewellTimeout);
      web.close(code);
    },
    ended,
  };
}
