import type { Json } from "../contracts/event.ts";
import type { PlatformPort } from "../contracts/platform.ts";
import { defineAction, done, type LaterContext, type LaterJob } from "../contracts/word.ts";
import { reasonField, reasonText } from "./shared/moderation-fields.ts";
import { isOutcome, serverOf } from "./shared/server.ts";
import { memberOf, type TimedPayload, timedJob, timedKey, timedPayload, whenDue, withUndo } from "./shared/timed.ts";

const minute = 60_000;

export const mute = defineAction({
  name: "mute",
  aka: ["timeout", "silence"],
  summary: "Keeps somebody from writing, for a while or until they are unmuted.",
  tells: "mute {member}[ for {for}][ because of {reason}]",
  toPeople: "mute them",
  short: "member",
  fields: {
    member: { kind: "person", about: "Who is muted." },
    for: {
      kind: "duration",
      about: "How long. Left out: until somebody ends it, or as long as the platform can hold it.",
      optional: true,
      minimumMs: 1000,
      examples: ["10m"],
    },
    ...reasonField,
  },
  right: "mute_members",
  botRight: "mute_members",
  uses: ["members.mute"],
  moderation: true,
  target: "member",
  repeatable: true,
  outcomes: {
    done: "The person cannot write now. When the time is over they can again.",
    not_done: "The person stands too high, the bot lacks the right, or this is not on a server.",
    failed: "The platform could not be reached.",
  },
  examples: [
    { about: "Mute for ten minutes", yaml: 'mute: { member: "{{ user }}", for: 10m, reason: Flooding }' },
    { about: "Mute until further notice", yaml: 'mute: "{{ user }}"' },
  ],
  async run({ member, for: length, reason }, context) {
    const server = serverOf(context, member);
    if (isOutcome(server)) return server;
    const { platform, event, now } = context;
    const why = reasonText(reason);
    const key = timedKey("mute", event.platform, server.id, member.id);
    if (length === undefined) {
      await withUndo(context, key, undefined, () => platform.mute(server.id, member.id, undefined, why));
      return done;
    }
    const payload: TimedPayload = {
      server: server.id,
      member: memberOf(member),
      until: now + length,
      ...(why === undefined ? {} : { reason: why }),
    };
    const held = heldUntil(platform, now, payload.until);
    await withUndo(context, key, nextJob(key, now, held, payload), () =>
      platform.mute(server.id, member.id, held, why),
    );
    return done;
  },
  async later(json: Json, context: LaterContext) {
    const payload = timedPayload(json);
    const { platform, now } = context;
    const { server, member, until, reason } = payload;
    if (until <= now) return whenDue(context, "unmute", payload, () => platform.unmute(server, member.id, reason));
    const held = heldUntil(platform, now, until);
    await whenDue(context, "mute", payload, () => platform.mute(server, member.id, held, reason));
    await context.later(nextJob(timedKey("mute", platform.platform, server, member.id), now, held, payload));
  },
});

/** How far the platform itself can hold a mute; a minute less than it allows, since its clock is not ours. */
function heldUntil(platform: PlatformPort, now: number, until: number): number {
  const { muteLimitMs } = platform;
  return muteLimitMs === undefined ? until : Math.min(until, now + muteLimitMs - minute);
}

/** Ends the mute, or renews it well before the platform lets go: when nine tenths of what it holds are over. */
function nextJob(key: string, now: number, held: number, payload: TimedPayload): LaterJob {
  const renewal = now + Math.floor((held - now) * 0.9);
  return timedJob(key, held < payload.until ? renewal : payload.until, payload);
}
