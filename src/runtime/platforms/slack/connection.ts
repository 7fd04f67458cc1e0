import { isDeepStrictEqual } from "node:util";
import type { Person } from "../../../contracts/event.ts";
import {
  type ConnectDependencies,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
} from "../../../contracts/platform.ts";
import { neededScopes } from "../../../platforms/slack/manifest.ts";
import { createClient } from "./client.ts";
import { isTokenError, SlackRefusal } from "./errors.ts";
import { readEvents } from "./events.ts";
import { createGroups } from "./groups.ts";
import { createHttp } from "./http.ts";
import { createInbox } from "./inbox.ts";
import type { Delivery, Intake } from "./intake.ts";
import { createLookup } from "./lookup.ts";
import { takeNotice } from "./notices.ts";
import { createPeople } from "./people.ts";
import { createPlaces } from "./places.ts";
import { createPort } from "./port.ts";
import { type RequestServer, startRequestServer } from "./request-server.ts";
import { readSettings, type SlackSettings } from "./settings.ts";
import { startSocketMode } from "./socket-mode.ts";

/** Whose token it is and what it may do, as `auth.test` says. */
interface Account {
  readonly team: { readonly id: string; readonly name: string };
  readonly domain: string;
  readonly userId: string;
  readonly botId: string;
  readonly name: string;
  readonly scopes: readonly string[] | undefined;
}

type Trouble = "events" | "scopes" | "flood";

const revokedSentence =
  "Slack no longer accepts the bot token: install the app again and put the new token where the file reads it from.";
const rotation =
  "token rotation is switched on for the Slack app, and botctl does not renew such tokens. Make a new app of what botctl manifest slack prints, and put its token where the file reads it from.";
const expiredSentence = `The bot token has expired after 12 hours: ${rotation}`;
/** Slack tells of a flood once a minute as long as it lasts (docs.slack.dev: "app_rate_limited event"). */
const floodMs = 2 * 60_000;

export function createConnection(plan: ConnectionPlan, dependencies: ConnectDependencies): Connection {
  const { sink, log, now, secret } = dependencies;
  let settings: SlackSettings | undefined;
  let account: Account | undefined;
  let self: Person | undefined;
  let intake: Intake | RequestServer | undefined;
  let floodedAt: number | undefined;
  let state: ConnectionState = { state: "opening" };
  let opened = false;
  const closing = new AbortController();
  const troubles = new Map<Trouble, string>();

  const setState = (next: ConnectionState) => {
    if (state.state === "closed" || isDeepStrictEqual(state, next)) return;
    state = next;
    dependencies.onState(next);
  };
  const setTrouble = (part: Trouble, why: string | undefined) => {
    if (why === undefined) troubles.delete(part);
    else troubles.set(part, why);
    const [first] = troubles.values();
    if (opened) setState(first === undefined ? { state: "open" } : { state: "degraded", why: first });
  };
  const closed = (why: string) => {
    if (opened) setState({ state: "closed", why });
  };
  const settled = (): SlackSettings => {
    if (settings === undefined) throw new PlatformError("unavailable", "Slack is not open yet.");
    return settings;
  };
  const known = (): Account => {
    if (account === undefined) throw new PlatformError("unavailable", "Slack is not open yet.");
    return account;
  };

  const http = createHttp();
  const client = createClient({
    http,
    account: settled,
    now,
    onRevoked: (code) => closed(code === "token_expired" ? expiredSentence : revokedSentence),
  });
  const people = createPeople(client, now);
  const places = createPlaces(client, people, now);
  const groups = createGroups(client, now);
  const lookup = createLookup({ people, places, groups, account: known });

  const inbox = createInbox({
    read: (delivery) => {
      const { team, domain, userId, botId } = known();
      return readEvents(delivery, {
        self: { userId, botId },
        server: team,
        domain,
        people,
        places,
        role: async (id) => (await lookup.role(team.id, id).catch(() => undefined)) ?? { id, name: id },
        ownCommands: settled().ownCommands,
        now,
        tell: (responseUrl, text) =>
          void client
            .respond(responseUrl, { text, response_type: "ephemeral", replace_original: false })
            .catch((error: unknown) => log.warn({ why: String(error) }, "somebody could not be answered")),
      });
    },
    handle: (event) => sink.handle(event),
    failed: (error) => log.error({ why: String(error) }, "an event could not be handled"),
  });
  const receive = (delivery: Delivery) => {
    if (floodedAt !== undefined && now() - floodedAt > floodMs) {
      floodedAt = undefined;
      setTrouble("flood", undefined);
    }
    takeNotice(delivery, {
      people,
      places,
      groups,
      onRemoved: () => closed(revokedSentence),
      onFlood() {
        floodedAt = now();
        setTrouble("flood", "Slack leaves events out: there were more than 30,000 within an hour.");
      },
    });
    inbox(delivery);
  };

  const startIntake = ({ events, apiRoot }: SlackSettings): Promise<Intake | RequestServer> =>
    events.by === "http"
      ? startRequestServer({
          settings: events,
          now,
          onDelivery: receive,
          turnedAway: (count) => log.warn({ count }, "requests that are not from Slack were turned away"),
        })
      : startSocketMode({
          appToken: events.appToken,
          apiRoot,
          http,
          now,
          signal: closing.signal,
          onDelivery: receive,
          onTrouble: (why) => setTrouble("events", why),
          onDead: closed,
          ackFailed: () => log.warn({}, "an event could not be acknowledged; Slack will send it again"),
        });

  const switchIntake = async (to: SlackSettings) => {
    const from = settled().events;
    const sameDoor = from.by === "http" && to.events.by === "http" && from.host === to.events.host;
    if (
      sameDoor &&
      to.events.by === "http" &&
      from.port === to.events.port &&
      intake !== undefined &&
      "accept" in intake
    )
      return intake.accept(to.events.signingSecret);
    const old = intake;
    intake = await startIntake(to);
    await old?.close();
  };

  const checkScopes = (next: ConnectionPlan) => {
    const granted = known().scopes;
    const missing = granted === undefined ? [] : neededScopes(next).filter((scope) => !granted.includes(scope));
    const why = `The Slack app lacks ${missing.length === 1 ? "the scope" : "the scopes"} ${missing.join(", ")}: add what is missing on its page OAuth & Permissions and install it again.`;
    setTrouble("scopes", missing.length === 0 ? undefined : why);
  };

  const whoAmI = async (): Promise<Account> => {
    const answer = await client.call("auth.test", {}).catch((error: unknown) => {
      throw error instanceof SlackRefusal && isTokenError(error.code) ? badToken(error.code) : error;
    });
    const { team_id, team, user_id, bot_id, user, url } = answer;
    if (team_id === undefined || user_id === undefined || bot_id === undefined)
      throw new PlatformError(
        "start",
        'This is not the token of a bot: copy the "Bot User OAuth Token" from the page OAuth & Permissions.',
        { setting: "bot_token" },
      );
    return {
      team: { id: team_id, name: team ?? team_id },
      domain: /^https?:\/\/([^./]+)\./.exec(url ?? "")?.[1] ?? "",
      userId: user_id,
      botId: bot_id,
      name: user ?? user_id,
      scopes: answer.response_metadata?.scopes,
    };
  };

  return {
    platform: "slack",
    port: createPort({ client, people, places, lookup, self: () => self, now }),

    async open() {
      settings = readSettings(plan.settings, secret);
      if (settings.botToken.startsWith("xoxe.")) log.warn({}, `the bot token expires after 12 hours: ${rotation}`);
      account = await whoAmI();
      self = { ...(await people.person(account.userId, account.name)), isBot: true };
      intake = await startIntake(settings);
      if (closing.signal.aborted) {
        await intake.close();
        throw new PlatformError("unavailable", "The bot is closing.");
      }
      opened = true;
      checkScopes(plan);
    },

    async converge(next) {
      const to = readSettings(next.settings, secret);
      if (!isDeepStrictEqual(to.events, settled().events)) await switchIntake(to);
      settings = to;
      checkScopes(next);
    },

    needsReplacing(next) {
      if (settings === undefined) return false;
      try {
        const to = readSettings(next.settings, secret);
        return to.botToken !== settings.botToken || to.apiRoot !== settings.apiRoot;
      } catch {
        return true;
      }
    },

    state: () => state,
    stopIntake: async () => intake?.stop(),
    async close() {
      closing.abort();
      await intake?.close();
      client.close();
      await http.close();
      setState({ state: "closed", why: "The bot was stopped." });
    },
  };
}

function badToken(code: string): PlatformError {
  const why =
    code === "account_inactive" || code === "app_uninstalled" || code === "token_revoked"
      ? "the app was uninstalled, or the token was revoked. Install the app again and copy the new token."
      : code === "token_expired"
        ? `it has expired after 12 hours: ${rotation}`
        : 'copy the "Bot User OAuth Token" again from the page OAuth & Permissions of the Slack app.';
  return new PlatformError("start", `Slack does not accept the bot token: ${why}`, { setting: "bot_token" });
}
