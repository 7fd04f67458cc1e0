import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Connection, PlatformPort } from "../../../../src/contracts/platform.ts";
import { richText } from "../../../../src/language/rich-text.ts";
import { rateLimited } from "../../../simulators/discord/rest/misbehave.ts";
import { createHarness, type Harness, ids, platformError } from "./harness.ts";

let harness: Harness;
let connection: Connection;
/** Where the calls go. */
let at: { server: string; channel: string; message: string; person: string; thread: string };
beforeEach(async () => {
  harness = await createHarness();
  connection = await harness.open(harness.plan({ feeds: [] }));
  const { server, general, bob } = ids(harness);
  const { id: message } = await connection.port.send(general, { text: richText("said") });
  harness.discord.say({ author: "Ada", content: "one" });
  harness.discord.say({ author: "Ada", content: "two" });
  const { id: thread } = await connection.port.createThread(general, { name: "Talk", isPrivate: false });
  at = { server, channel: general, message, person: bob, thread };
});
afterEach(() => harness.close());

type Ability = readonly [name: string, route: string, call: (port: PlatformPort) => Promise<unknown>];
const channel = "/channels/{channel_id}";
const abilities: readonly Ability[] = [
  [
    "editMessage",
    `PATCH ${channel}/messages/{message_id}`,
    (port) => port.editMessage(at.channel, at.message, { text: richText("new") }),
  ],
  ["pin", `PUT ${channel}/messages/pins/{message_id}`, (port) => port.pin(at.channel, at.message, true)],
  ["typing", `POST ${channel}/typing`, (port) => port.typing(at.channel)],
  ["history", `GET ${channel}/messages`, (port) => port.history(at.channel, 10)],
  ["purge", `POST ${channel}/messages/bulk-delete`, (port) => port.purge(at.channel, { most: 2 })],
  ["slowmode", `PATCH ${channel}`, (port) => port.slowmode(at.channel, 5000)],
  ["lock", `PUT ${channel}/permissions/{overwrite_id}`, (port) => port.lock(at.channel, true)],
  ["setNickname", "PATCH /guilds/{guild_id}/members/{user_id}", (port) => port.setNickname(at.server, at.person, "x")],
  ["closeThread", `PATCH ${channel}`, (port) => port.closeThread(at.thread)],
  ["addToThread", `PUT ${channel}/thread-members/{user_id}`, (port) => port.addToThread(at.thread, at.person)],
];
const createThread: Ability = [
  "createThread",
  `POST ${channel}/threads`,
  (port) => port.createThread(at.channel, { name: "More", isPrivate: false }),
];

const answered = (route: string) =>
  harness.discord.calls.all
    .filter(({ method, template }) => `${method} ${template}` === route)
    .map(({ status }) => status);
const since = (route: string) => {
  const before = answered(route).length;
  return () => answered(route).slice(before);
};

describe.each([...abilities, createThread])("%s", (_name, route, call) => {
  it("waits where Discord asks it to slow down", async () => {
    const tries = since(route);
    harness.discord.misbehave({ route, ...rateLimited("user", 0.1) });
    await call(connection.port);
    expect(tries()[0]).toBe(429);
    expect(tries()[1]).toBeLessThan(300);
  });

  it("says that the bot may not", async () => {
    harness.discord.misbehave({ route, status: 403, body: { code: 50013, message: "Missing Permissions" } });
    const error = await platformError(call(connection.port));
    expect(error.kind).toBe("missing_right");
    expect(error.message).toMatch(/^The bot lacks (a|the) permission /);
  });

  it("says that it is not there", async () => {
    harness.discord.misbehave({ route, status: 404, body: { code: 10003, message: "Unknown Channel" } });
    expect(await platformError(call(connection.port))).toMatchObject({
      kind: "not_found",
      message: "The bot knows no such channel.",
    });
  });
});

it.each(abilities)("%s is tried again after an error of Discord's own", async (_name, route, call) => {
  const tries = since(route);
  harness.discord.misbehave({ route, status: 502 });
  await call(connection.port);
  expect(tries()[0]).toBe(502);
  expect(tries()[1]).toBeLessThan(300);
});

it("does not begin a thread twice when nobody knows whether it was begun", async () => {
  const [, route, call] = createThread;
  const tries = since(route);
  harness.discord.misbehave({ route, status: 502, afterEffect: true });
  expect(await platformError(call(connection.port))).toMatchObject({ kind: "unavailable", uncertain: true });
  expect(tries()).toEqual([502]);
});
