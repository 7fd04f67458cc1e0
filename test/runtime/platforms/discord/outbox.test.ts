import { GatewayOpcodes as Op } from "discord.js";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createOutbox } from "../../../../src/runtime/platforms/discord/gateway/outbox.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ask = (n: number) => ({ op: Op.RequestGuildMembers, d: n });
const show = (n: number) => ({ op: Op.PresenceUpdate, d: n });

function outboxOf() {
  const sent: unknown[] = [];
  const outbox = createOutbox((text) => sent.push((JSON.parse(text) as { d: unknown }).d), Date.now);
  return { outbox, sent };
}

it("sends what is left when the minute is over, by itself and in order", () => {
  const { outbox, sent } = outboxOf();
  outbox.open();
  for (let n = 0; n < 230; n += 1) outbox.put(ask(n));
  expect(sent).toHaveLength(110);
  vi.advanceTimersByTime(59_999);
  expect(sent).toHaveLength(110);
  vi.advanceTimersByTime(1);
  expect(sent).toHaveLength(220);
  vi.advanceTimersByTime(60_000);
  expect(sent).toEqual(Array.from({ length: 230 }, (_, n) => n));
  expect(vi.getTimerCount()).toBe(0);
});

it("keeps what is said while the line is down, and begins to count anew with the next", () => {
  const { outbox, sent } = outboxOf();
  outbox.open();
  for (let n = 0; n < 111; n += 1) outbox.put(ask(n));
  outbox.pause();
  outbox.put(show(1));
  outbox.put(show(2));
  expect(vi.getTimerCount()).toBe(0);
  expect(sent).toHaveLength(110);
  outbox.open();
  expect(sent.slice(110)).toEqual([110, 2]);
});

it("forgets with the session what it was asked for, but not what the bot is doing", () => {
  const { outbox, sent } = outboxOf();
  outbox.put(ask(1));
  outbox.put(show(2));
  outbox.renew();
  outbox.open();
  expect(sent).toEqual([2]);
});
