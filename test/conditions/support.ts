import type { BotEvent, MessageContent } from "../../src/contracts/event.ts";
import type { Actor, NamedId } from "../../src/contracts/permission.ts";
import type { ConditionContext } from "../../src/contracts/word.ts";
import type { Values } from "../../src/language/values.ts";

export const ada = { platform: "discord", id: "1", name: "ada", isBot: false };

/** Somebody of whom the platform tells nothing. */
const stranger: Actor = {
  person: ada,
  platform: "discord",
  serverId: undefined,
  standing: () => undefined,
  roleId: () => "missing",
};

/** An event with a message, or somebody's coming where there is none. */
export function eventOf(message?: Partial<MessageContent>, more: Partial<BotEvent> = {}): BotEvent {
  const base = { key: "e", platform: "discord", at: 0, user: ada, origin: null, ...more };
  return message === undefined
    ? ({ ...base, kind: "member_joined" } as BotEvent)
    : ({ ...base, kind: "message", message: { id: "m", text: "", entities: [], ...message } } as BotEvent);
}

export interface Given {
  readonly event?: BotEvent;
  readonly actor?: Actor;
  readonly values?: Values;
  readonly now?: number;
  readonly timezone?: string;
  readonly random?: number;
  readonly channels?: Readonly<Record<string, NamedId>>;
}

/** What a condition is asked with: nothing that the test does not give can be told. */
export function contextOf({ event = eventOf(), actor = stranger, ...given }: Given): ConditionContext {
  return {
    event,
    values: given.values ?? {},
    actor,
    lowerText: "message" in event ? event.message.text.toLowerCase() : "",
    env: {
      now: () => given.now ?? 0,
      random: () => given.random ?? 0.5,
      timezone: given.timezone ?? "UTC",
      locale: "en",
    },
    here: {
      callsCommand: () => false,
      channelId: (name) => given.channels?.[name] ?? "missing",
      botStanding: () => undefined,
    },
  };
}
