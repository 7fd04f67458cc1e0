import { isDeepStrictEqual } from "node:util";
import type { Message, Update, UserFromGetMe } from "grammy/types";
import type { BotEvent, Person } from "../../../contracts/event.ts";
import {
  type ConnectDependencies,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
} from "../../../contracts/platform.ts";
import { createCallbacks } from "./callbacks.ts";
import { createClient } from "./client.ts";
import { syncCommands } from "./commands.ts";
import { createDispatch } from "./dispatch.ts";
import { type Origin, personOf } from "./event-parts.ts";
import { eventsOf } from "./events.ts";
import { createHeard } from "./heard.ts";
import { openInbox } from "./inbox.ts";
import { type Intake, type UpdateKind, updateKinds } from "./intake.ts";
import { createLookup } from "./lookup.ts";
import { createPlaces } from "./places.ts";
import { startPolling } from "./polling.ts";
import { createPort } from "./port.ts";
import { clearWebhook, registerWebhook } from "./registration.ts";
import { readSettings, type TelegramSettings } from "./settings.ts";
import { createMemberCache, isInside } from "./standing.ts";
import { startWebhookServer } from "./webhook.ts";

const revokedSentence =
  "Telegram no longer accepts the bot's token: get the new one from @BotFather and put it where the file reads it from.";
const mostShut = 10_000;

export function createConnection(firstPlan: ConnectionPlan, dependencies: ConnectDependencies): Connection {
  const { sink, log, now, memory, secret } = dependencies;
  let plan = firstPlan;
  let settings: TelegramSettings | undefined;
  let me: UserFromGetMe | undefined;
  let self: Person | undefined;
  let kinds: readonly UpdateKind[] = [];
  let intake: Intake | undefined;
  let menuInSync = false;
  let state: ConnectionState = { state: "opening" };
  const troubles = new Map<"menu" | "updates", string>();
  const shut = new Map<number, PlatformError>();

  const warn = (error: unknown, what: string) =>
    log.warn({ why: error instanceof Error ? error.message : String(error) }, what);
  const setState = (next: ConnectionState) => {
    if (state.state === "closed" || isDeepStrictEqual(state, next)) return;
    state = next;
    dependencies.onState(next);
  };
  const setTrouble = (part: "menu" | "updates", why: string | undefined) => {
    if (why === undefined) troubles.delete(part);
    else troubles.set(part, why);
    const [first] = troubles.values();
    if (me !== undefined) setState(first === undefined ? { state: "open" } : { state: "degraded", why: first });
  };
  const opened = () => {
    if (settings === undefined || me === undefined) throw new PlatformError("unavailable", "Telegram is not open yet.");
    return { settings, me };
  };

  const places = createPlaces(memory, (error) => warn(error, "names of chats could not be kept"));
  const client = createClient({
    account: () => {
      if (settings === undefined) throw new PlatformError("unavailable", "Telegram is not open yet.");
      return settings;
    },
    now,
    onRevoked: () => {
      if (me !== undefined) setState({ state: "closed", why: revokedSentence });
    },
    onMoved: places.moved,
    onShut: (chat, why) => {
      if (shut.size < mostShut) shut.set(chat, why);
    },
  });
  const members = createMemberCache(() => me?.id, now);
  const lookup = createLookup({ client, places, members, botId: () => opened().me.id });
  const heard = createHeard();
  /** Messages are kept in mind only where the file may want to delete them later. */
  const hear = (message: Message) => {
    if (plan.capabilities.includes("messages.purge")) heard.note(message);
  };
  const callbacks = createCallbacks(client, (error) => warn(error, "a press could not be acknowledged"));

  const read = (update: Update): readonly BotEvent[] => {
    if (update.message !== undefined) hear(update.message);
    const change = update.my_chat_member ?? update.chat_member;
    if (change !== undefined) members.keep(change.chat.id, change.new_chat_member);
    const left = update.my_chat_member !== undefined && !isInside(update.my_chat_member.new_chat_member);
    const chat = (update.message ?? update.callback_query?.message ?? change)?.chat;
    if (chat !== undefined && !left) shut.delete(chat.id);
    return eventsOf(update, { me: opened().me, places, now });
  };
  const handlePress = async (event: BotEvent) => {
    const { query } = event.origin as unknown as Origin & { query: string };
    callbacks.open(query);
    await sink.handle(event);
    await callbacks.answer(query).catch((error: unknown) => warn(error, "a press could not be acknowledged"));
  };
  const dispatch = createDispatch({
    read,
    handle: (event) => (event.kind === "button" ? handlePress(event) : sink.handle(event)),
    failed: (error, update) =>
      log.error({ update: update.update_id, why: String(error) }, "an update could not be handled"),
  });

  const startIntake = async (
    { webhook }: TelegramSettings,
    allowed: readonly UpdateKind[],
    opening: boolean,
  ): Promise<Intake> => {
    const { id } = opened().me;
    if (webhook === undefined) {
      await clearWebhook(client, memory, id);
      return startPolling({
        client,
        dispatch,
        inbox: await openInbox(memory, id, now, (error) => warn(error, "what came in could not be kept")),
        allowed,
        onState: (next) => setTrouble("updates", next.state === "degraded" ? next.why : undefined),
        failed: (error) => warn(error, "received updates could not be confirmed"),
      });
    }
    const server = await startWebhookServer({
      settings: webhook,
      dispatch,
      now,
      turnedAway: (count) => log.warn({ count }, "requests that are not from Telegram were turned away"),
    });
    const register = (next: readonly UpdateKind[], drop: boolean) =>
      registerWebhook(client, memory, id, webhook, next, drop);
    try {
      await register(allowed, opening && webhook.dropPending);
    } catch (error) {
      await server.close();
      if (error instanceof PlatformError && error.kind === "refused")
        throw new PlatformError("start", error.message, { setting: "webhook" });
      throw error;
    }
    return {
      allow: (next) => register(next, false),
      stop: async () => server.pause(),
      close: server.close,
    };
  };

  const syncMenu = async (next: ConnectionPlan) => {
    menuInSync = false;
    try {
      await syncCommands(client, memory, opened().me.id, next.commands);
      menuInSync = true;
      setTrouble("menu", undefined);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      setTrouble("menu", `The list of commands is not up to date: ${why}`);
      throw error;
    }
  };

  /** Takes updates the new way; the old one goes on when that fails. */
  const switchIntake = async (from: TelegramSettings, to: TelegramSettings, allowed: readonly UpdateKind[]) => {
    const old = intake;
    await old?.stop();
    try {
      intake = await startIntake(to, allowed, false);
      setTrouble("updates", undefined);
    } catch (error) {
      intake = await startIntake(from, kinds, false).catch((again: unknown) => {
        setTrouble("updates", `No events arrive: ${again instanceof Error ? again.message : String(again)}`);
        return undefined;
      });
      throw error;
    } finally {
      await old?.close();
    }
  };

  const whoAmI = async (): Promise<UserFromGetMe> => {
    try {
      return await client.call("getMe", {});
    } catch (error) {
      const known = error as PlatformError;
      const unknownBot = known.setting === "token" || known.kind === "unsupported" || known.kind === "refused";
      if (!unknownBot) throw error;
      throw new PlatformError("start", "Telegram does not accept the token: copy it again from @BotFather.", {
        setting: "token",
      });
    }
  };

  /** Says in which home groups no reactions will be heard of. */
  const hintAtReactions = async ({ settings: { servers } }: ConnectionPlan) => {
    for (const name of Array.isArray(servers) ? servers : [servers]) {
      const server = name === undefined ? undefined : await lookup.server(String(name)).catch(() => undefined);
      const own = server === undefined ? undefined : await lookup.botStanding(server.id).catch(() => undefined);
      if (own?.rank === 0)
        log.warn({ server: server?.name }, "Telegram tells of reactions only where the bot is an administrator");
    }
  };

  return {
    platform: "telegram",
    port: createPort({ client, places, lookup, callbacks, memory, heard, shut, sent: hear, self: () => self, now }),

    async open() {
      settings = readSettings(plan.settings, secret);
      await places.load();
      const account = await whoAmI();
      me = account;
      self = personOf(account);
      kinds = updateKinds(plan.feeds);
      const hears = plan.feeds.includes("messages") || plan.feeds.includes("message_text");
      if (hears && !account.can_read_all_group_messages)
        log.warn(
          { bot: account.username },
          "privacy mode is on: in groups the bot sees only commands and answers to itself, unless it is an administrator",
        );
      intake = await startIntake(settings, kinds, true);
      if (plan.feeds.includes("reactions")) await hintAtReactions(plan);
      await syncMenu(plan).catch((error: unknown) => warn(error, "the list of commands is not up to date"));
      setTrouble("updates", troubles.get("updates"));
    },

    async converge(next) {
      const from = opened().settings;
      const to = readSettings(next.settings, secret);
      const allowed = updateKinds(next.feeds);
      if (!isDeepStrictEqual(to.webhook, from.webhook)) await switchIntake(from, to, allowed);
      else if (!isDeepStrictEqual(allowed, kinds)) await intake?.allow(allowed);
      settings = to;
      kinds = allowed;
      if (next.feeds.includes("reactions") && !plan.feeds.includes("reactions")) await hintAtReactions(next);
      if (!menuInSync || !isDeepStrictEqual(next.commands, plan.commands)) await syncMenu(next);
      plan = next;
    },

    needsReplacing(next) {
      if (settings === undefined) return false;
      try {
        const to = readSettings(next.settings, secret);
        return to.token !== settings.token || to.apiRoot !== settings.apiRoot;
      } catch {
        return true;
      }
    },

    state: () => state,
    stopIntake: async () => intake?.stop(),
    async close() {
      await intake?.stop();
      await intake?.close();
      callbacks.close();
      await places.kept();
      await client.close();
      setState({ state: "closed", why: "The bot was stopped." });
    },
  };
}
