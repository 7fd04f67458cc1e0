import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createWeb } from "../../src/runtime/web.ts";

const seen: { method: string | undefined; url: string | undefined; headers: object; body: string }[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  seen.push({ method: request.method, url: request.url, headers: request.headers, body });
  if (request.url === "/silent") return;
  if (request.url === "/long") response.end("x".repeat(1_000_001));
  else if (request.url === "/away") response.writeHead(302, { location: "/" }).end("elsewhere");
  else response.end('{"joke":"Knock"}');
});
let root = "";
const web = createWeb(() => "sesame");

beforeEach(async () => {
  seen.length = 0;
  await new Promise<void>((open) => server.listen(0, "127.0.0.1", open));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await web.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const ask = (path: string, more: Partial<Parameters<typeof web.request>[0]> = {}) =>
  createWeb(() => "sesame").request({ method: "GET", url: root + path, headers: {}, timeoutMs: 2000, ...more });

test("sends what it is told, with the secrets of its headers", async () => {
  const headers = { Authorization: { parts: [] } };
  expect(await ask("/jokes", { method: "POST", headers, body: '{"a":1}' })).toEqual({
    status: 200,
    text: '{"joke":"Knock"}',
  });
  expect(seen).toMatchObject([
    {
      method: "POST",
      url: "/jokes",
      body: '{"a":1}',
      headers: { authorization: "sesame", "content-type": "application/json" },
    },
  ]);
});

test("does not go where an answer points to", async () => {
  expect(await ask("/away")).toEqual({ status: 302, text: "elsewhere" });
  expect(seen).toHaveLength(1);
});

test("says who did not answer, answered too much, or is not there", async () => {
  await expect(ask("/silent", { timeoutMs: 50 })).rejects.toThrow(
    /^127\.0\.0\.1:\d+ did not answer in 0\.05 seconds\.$/,
  );
  await expect(ask("/long")).rejects.toThrow("answered with more than a megabyte");
  await expect(ask("/", { url: "http://127.0.0.1:1/" })).rejects.toThrow(
    "127.0.0.1:1 could not be reached (ECONNREFUSED).",
  );
});
