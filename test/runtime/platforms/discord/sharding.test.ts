import { GatewayDispatchEvents, type GatewayDispatchPayload } from "discord.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { shardOf } from "../../../../src/runtime/platforms/discord/gateway/sharding.ts";
import { createMemberRoles } from "../../../../src/runtime/platforms/discord/member-roles.ts";
import { createHarness, type Harness, platformError } from "./harness.ts";

const count = 4;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness({ portal: { recommendedShards: count } });
});
afterEach(async () => {
  const { problems } = harness.discord;
  await harness.close();
  expect(problems).toEqual([]);
});

const mostLogins = (maxConcurrency: number) => ({ total: 1000, remaining: 1000, resetAfter: 100, maxConcurrency });

it("logs as many shards in as Discord recommends, as fast as it allows, and hears of every server", async () => {
  const { discord } = harness;
  discord.portal.sessionStart = mostLogins(2);
  const names: string[] = [];
  const reached = new Set<number>();
  while (reached.size < count) {
    const name = `Server ${names.length}`;
    harness.pass(1);
    reached.add(shardOf(discord.inviteBot({ name, channels: ["general"], members: ["Ada"] }).id, count));
    names.push(name);
  }
  const connection = await harness.open();
  const logins = discord.gateway.identifies();
  expect(logins.map(({ shard }) => shard).sort()).toEqual([0, 1, 2, 3]);
  const at = (shard: number) => logins.find((login) => login.shard === shard)!.at;
  // Five seconds lie between them; the first may be seen late.
  for (const [one, next] of [
    [0, 2],
    [1, 3],
  ] as const)
    expect(at(next) - at(one)).toBeGreaterThan(2500);
  for (const name of names) {
    discord.say({ author: "Ada", content: `from ${name}`, guild: name });
    await harness.events.waitFor((event) => event.kind === "message" && event.message.text === `from ${name}`);
    expect(await connection.port.server(name)).toMatchObject({ name });
  }
  await connection.close();
  expect(discord.gateway.connected()).toBe(0);
});

it("waits until there are logins for all shards, and says so", async () => {
  const { portal, gateway } = harness.discord;
  portal.sessionStart = { ...mostLogins(4), remaining: count - 1, resetAfter: 60_000 };
  const connection = harness.connect();
  const opening = platformError(connection.open());
  await harness.states.waitFor((state) => state.state === "degraded" && state.why.includes("only so many times a day"));
  expect(gateway.identifies()).toEqual([]);
  await connection.close();
  expect(await opening).toMatchObject({ kind: "unavailable" });
});

it("goes on asking for the members of other shards' servers when one shard begins anew", () => {
  const asked: string[] = [];
  const roles = createMemberRoles((guildId) => asked.push(guildId));
  const onShard = (shard: number, serial: number) => String(BigInt(serial * 2 + shard) << 22n);
  const [first, second, third] = [onShard(0, 1), onShard(1, 1), onShard(0, 2)];
  roles.listen([first, second, third]);
  roles.follow({ t: GatewayDispatchEvents.Ready, d: { shard: [0, 2] } } as unknown as GatewayDispatchPayload);
  expect(asked).toEqual([first, second]);
});
