import type { Json } from "../contracts/event.ts";
import type { CompiledWebhook } from "../plan/program.ts";
import { homePlaces, ownEvent, type Place } from "./occasions.ts";
import { messageOf } from "./runs/answer.ts";
import type { Generation, Services } from "./services.ts";
import { parseBody, type Sent } from "./webhook-request.ts";

/** How long a delivery that is repeated is recognised. Milliseconds. */
const seenMs = 24 * 3_600_000;

/** A call that proved itself. */
export interface WebhookCall extends Sent {
  /** What tells it from the next, where whoever calls says it. */
  readonly delivery: string | undefined;
}

/** Taken, or the status of HTTP that says why not, with a sentence. */
export type Taken =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 400 | 415 | 503; readonly why: string };

/** Reads what a call sends and hands it to the rules, wherever it came from. */
export type TakeCall = (hook: CompiledWebhook, call: WebhookCall) => Promise<Taken>;

export function createWebhookCalls(services: Services, current: () => Generation): TakeCall {
  /** Once for the whole bot, on the first platform that its rule works on and that is there; undefined where none is now. */
  const whereNow = async (hook: CompiledWebhook): Promise<Place | undefined> => {
    const generation = current();
    const platforms = Object.keys(generation.plan.config.platforms);
    const platform = platforms.find(
      (name) => hook.rule.platforms?.has(name) !== false && services.port(name) !== undefined,
    );
    let why = "no platform is connected that its rule works on";
    try {
      if (platform !== undefined) return (await homePlaces(services, generation, platform))[0];
    } catch (error) {
      why = messageOf(error);
    }
    services.log.warn({ webhook: hook.path, why }, "a call of a webhook cannot be taken now");
    return undefined;
  };

  const tell = async (hook: CompiledWebhook, key: string, body: Json, place: Place): Promise<void> => {
    const event = ownEvent(services, current(), place, key);
    await services.raise({ ...event, kind: "webhook", webhook: hook.path, body });
  };

  return async (hook, { delivery, ...sent }) => {
    const read = parseBody(sent);
    if ("why" in read) return { ok: false, ...read };
    const happens = await whereNow(hook);
    // Whoever calls tries again: what was taken and then lost would never come back.
    if (happens === undefined) return { ok: false, status: 503, why: "the bot is not connected now. Try again later." };
    const key = delivery === undefined ? `webhook:${services.newId()}` : `webhook:${hook.path}:${delivery}`;
    if (delivery === undefined || (await services.seen.firstIn(key, seenMs)))
      tell(hook, key, read.value, happens).catch((error: unknown) =>
        services.log.error(
          { webhook: hook.path, error: messageOf(error) },
          "a webhook could not be handed to the rules",
        ),
      );
    return { ok: true };
  };
}
