import type { IncomingMessage, ServerResponse } from "node:http";

/** @returns undefined when there is more of it than `mostBytes`, or when it breaks off. */
export function readBody(request: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    // Each whole request closes too, and Node looks closely at promises that are resolved twice.
    request.on("close", () => {
      if (!request.readableEnded) resolve(undefined);
    });
  });
}

/** Turns a request away, with a line for people who call by hand; its connection is not used again. */
export function refuse(response: ServerResponse, status: number, why?: string): void {
  const type = why === undefined ? {} : { "content-type": "text/plain; charset=utf-8" };
  response.writeHead(status, { connection: "close", ...type });
  response.end(why === undefined ? undefined : `${why}\n`);
}

/** How often it is said that requests were turned away, at most. Milliseconds. */
const reportEveryMs = 60_000;

/** Refuses strangers, and reports how many they were, at most once a minute. */
export function strangersTurnedAway(
  now: () => number,
  report: (count: number) => void,
): (response: ServerResponse, status: number) => void {
  let turnedAway = 0;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (response, status) => {
    turnedAway += 1;
    if (now() - reportedAt >= reportEveryMs) {
      reportedAt = now();
      report(turnedAway);
      turnedAway = 0;
    }
    refuse(response, status);
  };
}
