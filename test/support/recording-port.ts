import type { Person } from "../../src/contracts/event.ts";
import type { PlatformPort } from "../../src/contracts/platform.ts";

/** One call of a port, or of whatever else writes into the same list. */
export type Recorded = readonly [what: string, ...args: unknown[]];

export interface RecordingPortOptions {
  readonly platform?: string;
  readonly muteLimitMs?: number;
  /** Every call goes here in order; hand one list to several ports to see the order between them. */
  readonly calls?: Recorded[];
  /** Asked before each call; an answer is thrown, as a platform that refuses. */
  readonly failure?: (what: string, args: readonly unknown[]) => Error | undefined;
}

export const botPerson = (platform: string): Person => ({ platform, id: "bot", name: "Harbour", isBot: true });

/** A platform that does nothing but write down what it was asked to do. Lookups find nothing. */
export function recordingPort(options: RecordingPortOptions = {}): PlatformPort & { readonly calls: Recorded[] } {
  const { platform = "discord", calls = [], failure } = options;
  let sent = 0;
  const record = async (what: string, args: readonly unknown[]): Promise<void> => {
    const error = failure?.(what, args);
    if (error !== undefined) throw error;
    calls.push([`${platform}.${what}`, ...args]);
  };
  const act =
    (what: string) =>
    (...args: readonly unknown[]) =>
      record(what, args);
  const message = (what: string) => async (place: unknown, content: unknown) => {
    await record(what, [place, content]);
    sent++;
    return { id: `sent-${sent}`, channelId: String(place) };
  };
  const nothing = async () => undefined;
  return {
    platform,
    calls,
    ...(options.muteLimitMs === undefined ? {} : { muteLimitMs: options.muteLimitMs }),
    self: () => botPerson(platform),
    reply: message("reply"),
    send: message("send"),
    direct: message("direct"),
    react: act("react"),
    deleteMessage: act("deleteMessage"),
    mute: act("mute"),
    unmute: act("unmute"),
    kick: act("kick"),
    ban: act("ban"),
    unban: act("unban"),
    addRole: act("addRole"),
    removeRole: act("removeRole"),
    editMessage: act("editMessage"),
    pin: act("pin"),
    typing: act("typing"),
    history: async () => [],
    purge: async (...args) => {
      await record("purge", args);
      return 0;
    },
    slowmode: act("slowmode"),
    lock: act("lock"),
    setNickname: act("setNickname"),
    createThread: async (...args) => {
      await record("createThread", args);
      return { id: "thread-1", name: args[1].name, direct: false };
    },
    closeThread: act("closeThread"),
    addToThread: act("addToThread"),
    openForm: async (...args) => {
      await record("openForm", args);
      return true;
    },
    standing: nothing,
    botStanding: nothing,
    roleRank: nothing,
    find: async () => ({ found: "none" }),
    person: nothing,
    channel: nothing,
    role: nothing,
    server: nothing,
  };
}
