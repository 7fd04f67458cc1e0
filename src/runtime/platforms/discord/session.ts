import {
  type APIApplication,
  type APIGatewayBotInfo,
  type Client,
  Events,
  GatewayCloseCodes,
  type GatewayDispatchPayload,
  REST,
  Routes,
} from "discord.js";
import { type ConnectDependencies, type ConnectionPlan, PlatformError } from "../../../contracts/platform.ts";
import { createLibraryClient, restOptions } from "./client.ts";
import type { Condition } from "./condition.ts";
import { toPlatformError } from "./errors.ts";
import { GatewayRefusal } from "./gateway/closing.ts";
import { createLedger } from "./gateway/ledger.ts";
import { createLink, type Link } from "./gateway/link.ts";
import { createTurns } from "./gateway/turns.ts";
import { createHttp } from "./http.ts";
import { intentBits, missingIntents } from "./intents.ts";
import { presenceOf } from "./presence.ts";
import { badToken, refusalError } from "./refusals.ts";
import { createRest, type Rest } from "./rest.ts";
import type { DiscordSettings } from "./settings.ts";

/** All that works under one token, from login to close. */
export interface Session {
  readonly application: APIApplication;
  readonly link: Link;
  readonly rest: Rest;
  /**
   * Logs in anew with the plan's intents and presence, if they changed; goes on as before where Discord refuses.
   * @throws PlatformError
   */
  follow(plan: ConnectionPlan): Promise<void>;
  close(): Promise<void>;
}

export interface SessionParts extends Pick<ConnectDependencies, "log" | "now" | "memory"> {
  readonly condition: Condition;
  readonly heard: (payload: GatewayDispatchPayload, client: Client) => void;
  /** The plan that holds now, for what to say about refusals. */
  readonly plan: () => ConnectionPlan;
  /** Fires when the connection is being closed while it opens. */
  readonly closing: AbortSignal;
}

/** How long a reload waits for a new login, in milliseconds; it goes on by itself afterwards. */
const followMs = 45_000;
/** How long the reason of a refusal is looked for, in milliseconds. */
const reasonMs = 2000;

/**
 * Logs in.
 * @throws PlatformError kind "start" where the token or the portal's switches are the reason
 */
export async function openSession(settings: DiscordSettings, parts: SessionParts): Promise<Session> {
  const { condition, log, now } = parts;
  const warn = (error: unknown, what: string) => log.warn({ why: messageOf(error) }, what);
  const closers: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse())
      await Promise.resolve(closer()).catch((error: unknown) => warn(error, "a part of the connection did not close"));
  };

  try {
    const http = createHttp(now, (why) => condition.trouble("limits", why));
    closers.push(http.close);
    const library = new REST(restOptions(settings.apiRoot, http)).setToken(settings.token);
    closers.push(() => {
      library.clearHashSweeper();
      library.clearHandlerSweeper();
    });
    let running = false;
    const rest = createRest(library, now, () => {
      if (running) condition.closed(revokedSentence);
    });
    closers.push(rest.close);

    const askApplication = () => rest.call<APIApplication>("GET", "/applications/@me");
    const checkIntents = (plan: ConnectionPlan, { flags }: APIApplication) => {
      const missing = flags === undefined ? undefined : missingIntents(plan, flags);
      if (missing !== undefined) throw new PlatformError("start", missing.message, { setting: missing.setting });
    };
    const application = await askApplication().catch((error: unknown) => {
      throw error instanceof PlatformError && error.setting === "token" ? badToken() : error;
    });
    checkIntents(parts.plan(), application);

    /** Which switches are off, as far as that can be found out soon. */
    const reasonFor = async (plan: ConnectionPlan) => {
      const flags = await within(
        reasonMs,
        askApplication().then((found) => found.flags ?? 0),
      ).catch(() => undefined);
      return missingIntents(plan, flags ?? 0);
    };
    const explain = async (error: unknown, plan: ConnectionPlan) =>
      (await refusalError(error, () => reasonFor(plan))) ?? toPlatformError(error);
    const refused = async (error: unknown) => {
      if (error instanceof GatewayRefusal && error.code === GatewayCloseCodes.AuthenticationFailed) {
        rest.revoke();
        condition.closed(revokedSentence);
        return;
      }
      const known = await explain(error, parts.plan());
      condition.closed(known.message);
    };

    const turns = createTurns({
      ledger: createLedger(parts.memory, application.id, now),
      now,
      gateway: () => rest.call<APIGatewayBotInfo>("GET", Routes.gatewayBot()),
      waiting: (why) => condition.trouble("logins", why),
      failed: (error) => warn(error, "logins could not be counted"),
    });
    const link = createLink({
      token: settings.token,
      turns,
      now,
      intents: intentBits(parts.plan()),
      presence: presenceOf(parts.plan()),
      heard: (payload) => parts.heard(payload, client),
      refused: (error) => void refused(error),
      trouble: (why) => condition.trouble("gateway", why),
      failed: (error) => log.error({ why: messageOf(error) }, "something that Discord said could not be handled"),
    });
    const client = createLibraryClient(settings.apiRoot, http, link);
    client.on(Events.Error, (error) => warn(error, "the Discord client reports an error"));
    closers.push(() => client.destroy(), link.stop);

    await turns.sessions(parts.closing);
    const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
    const stopped = new Promise<never>((_, reject) => {
      const stop = () => reject(new PlatformError("unavailable", "The bot is closing."));
      if (parts.closing.aborted) stop();
      else parts.closing.addEventListener("abort", stop, { once: true });
    });
    await Promise.race([client.login(settings.token).then(() => ready), stopped]).catch(async (error: unknown) => {
      throw await explain(error, parts.plan());
    });
    running = true;

    return {
      application,
      link,
      rest,
      async follow(plan) {
        link.showPresence(presenceOf(plan));
        const intents = intentBits(plan);
        if (intents === link.intents()) return;
        if ((intents & ~link.intents()) !== 0) checkIntents(plan, await askApplication());
        try {
          await within(followMs, link.changeIntents(intents));
        } catch (error) {
          throw await explain(error, plan);
        }
      },
      close,
    };
  } catch (error) {
    await close();
    throw parts.closing.aborted ? new PlatformError("unavailable", "The bot is closing.") : error;
  }
}

const revokedSentence =
  "Discord no longer accepts the bot's token: make a new one in the Discord Developer Portal and put it where the file reads it from.";

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Waits for work, but not longer than `ms`; the work goes on. @throws PlatformError kind "unavailable" */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PlatformError("unavailable", "Discord does not answer in time.")), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
