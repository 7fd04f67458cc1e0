import type { BotEvent, CommandCall, EventSink, MessageEvent } from "../../contracts/event.ts";
import type { Answer } from "../../contracts/word.ts";
import type { CompiledRule } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import { messageOf, tell, writeQuietly } from "../runs/answer.ts";
import { takeAnswer } from "../runs/answering.ts";
import { newEventState } from "../runs/run.ts";
import type { Generation, Services } from "../services.ts";
import { accountKey } from "./account.ts";
import { atHome } from "./at-home.ts";
import { type Bursts, createBursts } from "./bursts.ts";
import { createChains } from "./chains.ts";
import { handleCall, isKnown } from "./command.ts";
import { denials } from "./denials.ts";
import { handlePress } from "./press.ts";
import { runRules, whatCanHear } from "./rules.ts";
import { type EventScope, eventScope, lowerTextOf } from "./start-run.ts";

/** How long a redelivery of the same event is recognised. Milliseconds. */
const dedupeMs = 15 * 60_000;

export interface Engine extends Pick<EventSink, "handle"> {
  /** Lets rules hear of something that the bot itself brought about: no platform delivers it, and none delivers it twice. */
  raise(event: BotEvent): Promise<void>;
  /** Resolves when nothing is being handled any more. */
  idle(): Promise<void>;
  /** Writes down what is still counted only in memory. */
  flush(): Promise<void>;
}

/**
 * Takes every event through match, permission, limit, options and actions. `current` is read once per event: an event is
 * handled wholly by one generation.
 */
export function createEngine(services: Services, current: () => Generation): Engine {
  const refused = denials(services.clock, (entry) => writeQuietly(services, entry));
  const bursts = createBursts(services);
  const chains = createChains(services.log);
  let inFlight = 0;
  let waiting: (() => void)[] = [];

  /** Undefined where nothing hears the event. */
  const begin = (generation: Generation, event: BotEvent): Promise<void> | undefined => {
    if (event.user.id === services.port(event.platform)?.self()?.id) return undefined;
    if (event.user.username !== undefined) remember(event);
    switch (event.kind) {
      case "message": {
        const heard = whatHears(services, generation, event);
        return heard && once(event, () => handleMessage(services, generation, { refused, bursts }, event, heard));
      }
      case "command":
        return once(event, async () => {
          const asked = await atHome(services, generation, event);
          await handleCall(services, generation, refused, scopeOf(services, generation, asked), event.call);
        });
      case "button":
      case "menu":
      case "form":
        return once(event, async () => {
          const pressed = await atHome(services, generation, event);
          await handlePress(services, generation, refused, scopeOf(services, generation, pressed), pressed);
        });
      default: {
        const rules = generation.plan.rulesFor.get(event.kind);
        if (rules === undefined || whatCanHear(services, rules, event).length === 0) return undefined;
        return once(event, () =>
          runRules(services, generation, bursts, scopeOf(services, generation, event), rules, "others"),
        );
      }
    }
  };

  /** Platforms that cannot look people up by name rely on who was seen. It never holds an event up. */
  const remember = (event: BotEvent): void => {
    services.store.people
      .seen(event.platform, event.user, event.at)
      ?.catch((error: unknown) => services.log.warn({ error: messageOf(error) }, "a person could not be remembered"));
  };

  /** Does the work of an event that was not delivered before. What nothing hears may come twice and is not remembered. */
  const once = (event: BotEvent, work: () => Promise<void>): Promise<void> =>
    counted(event, async () => {
      const fresh = services.seen.firstIn(`event:${accountKey(services, event.platform)}:${event.key}`, dedupeMs);
      if (fresh === true || (fresh !== false && (await fresh))) await work();
    });

  const counted = async (event: BotEvent, work: () => Promise<void>): Promise<void> => {
    inFlight++;
    try {
      await work();
    } catch (error) {
      logFailure(error, event);
      if (event.kind === "button" || event.kind === "menu" || event.kind === "form")
        await tell(services, event, say("failed"));
    } finally {
      inFlight--;
      if (inFlight === 0) {
        for (const done of waiting) done();
        waiting = [];
      }
    }
  };

  const logFailure = (error: unknown, { platform, kind }: BotEvent): void =>
    services.log.error({ error: messageOf(error), platform, kind }, "an event could not be handled");

  return {
    handle(event) {
      try {
        return begin(current(), event);
      } catch (error) {
        logFailure(error, event);
        return undefined;
      }
    },
    async raise(event) {
      const generation = current();
      const rules = generation.plan.rulesFor.get(event.kind);
      if (rules === undefined) return;
      if (!chains.mayHear(event)) return;
      await counted(event, () =>
        runRules(services, generation, bursts, scopeOf(services, generation, event), rules, chains),
      );
    },
    idle: () => (inFlight === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    flush: () => refused.flush(),
  };
}

function scopeOf(services: Services, generation: Generation, event: BotEvent): EventScope {
  return eventScope(services, generation, event, lowerTextOf(event), newEventState());
}

/** What in the file hears a message. */
interface Heard {
  readonly lowerText: string;
  readonly rules: readonly CompiledRule[];
  readonly call: CommandCall | undefined;
  /** A question that it may be the answer to. */
  readonly awaited: string | undefined;
}

/** Undefined for ignored chatter, which is most of what there is and must cost next to nothing. */
function whatHears(services: Services, generation: Generation, event: MessageEvent): Heard | undefined {
  const lowerText = lowerTextOf(event);
  const rules = whatCanHear(services, generation.plan.messageRules(lowerText), event);
  const call = event.user.isBot ? undefined : event.call;
  const awaited = event.user.isBot ? undefined : services.waits.expected(event);
  if (rules.length === 0 && call === undefined && awaited === undefined) return undefined;
  return { lowerText, rules, call, awaited };
}

/**
 * Message rules see every message first; a deleted message or `stop: event` cancels the command or the answer in it. A
 * command is never an answer.
 */
async function handleMessage(
  services: Services,
  generation: Generation,
  parts: { readonly refused: ReturnType<typeof denials>; readonly bursts: Bursts },
  event: MessageEvent,
  { lowerText, rules, call, awaited }: Heard,
): Promise<void> {
  const state = newEventState();
  const scope = eventScope(services, generation, event, lowerText, state);
  await runRules(services, generation, parts.bursts, scope, rules, "others");
  if (state.commandCancelled || state.stopped) return;
  const answer = awaited && answerIn(services, generation, event, call);
  if (awaited && answer && (await takeAnswer(services, generation, awaited, scope, answer)) === "taken") return;
  if (call === undefined) return;
  const asked = await atHome(services, generation, event);
  const inItsPlace = asked === event ? scope : eventScope(services, generation, asked, lowerText, state);
  await handleCall(services, generation, parts.refused, inItsPlace, call);
}

/** What a message answers; whoever mentions the bot first says the rest. */
function answerIn(
  services: Services,
  generation: Generation,
  { platform, message }: MessageEvent,
  call: CommandCall | undefined,
): Answer | undefined {
  const [first] = message.entities;
  const self = services.port(platform)?.self()?.id;
  const mentioned = first?.offset === 0 && first.kind === "user" && first.id === self ? first.length : 0;
  const isCommand = call !== undefined && (mentioned === 0 || isKnown(generation, platform, call));
  if (isCommand) return undefined;
  if (mentioned === 0) return { kind: "message", message };
  const start = mentioned + /^\s*/.exec(message.text.slice(mentioned))![0].length;
  const entities = message.entities
    .filter((entity) => entity.offset >= start)
    .map((entity) => ({ ...entity, offset: entity.offset - start }));
  return { kind: "message", message: { ...message, text: message.text.slice(start), entities } };
}
