import { isDeepStrictEqual } from "node:util";
import type { Client, GatewayDispatchPayload, GatewayReadyDispatchData } from "discord.js";
import type { BotEvent } from "../../../contracts/event.ts";
import {
  type ConnectDependencies,
  type Connection,
  type ConnectionPlan,
  PlatformError,
} from "../../../contracts/platform.ts";
import { type Scope, syncCommands } from "./commands.ts";
import { createCondition } from "./condition.ts";
import type { OfSomebody } from "./event-context.ts";
import { eventsOf } from "./events.ts";
import { isOnShard } from "./gateway/sharding.ts";
import { createGuilds, personOf } from "./guilds.ts";
import { hasMembers } from "./intents.ts";
import { createInteractions } from "./interactions.ts";
import { createLookup } from "./lookup.ts";
import { createMemberRoles } from "./member-roles.ts";
import { createMembers } from "./members.ts";
import type { Origin } from "./origin.ts";
import { createPort } from "./port.ts";
import { createRecentMessages } from "./recent-messages.ts";
import { messageOf, openSession, type Session } from "./session.ts";
import { type DiscordSettings, readSettings } from "./settings.ts";
import { createSparing } from "./sparing.ts";
import { createVoices } from "./voices.ts";

export function createConnection(firstPlan: ConnectionPlan, dependencies: ConnectDependencies): Connection {
  const { sink, log, now, memory, secret } = dependencies;
  const condition = createCondition(dependencies.onState);
  const closing = new AbortController();
  let plan = firstPlan;
  let settings: DiscordSettings | undefined;
  let session: Session | undefined;
  /** Known before the session is open, because events and servers come in on the way. */
  let client: Client | undefined;
  let takesEvents = true;
  let commandsInSync = false;

  const opened = (): Session => {
    if (session === undefined) throw new PlatformError("unavailable", "Discord is not open yet.");
    return session;
  };
  const sparing = createSparing(
    {
      call: async (...call) => opened().rest.call(...call),
      revoke: () => session?.rest.revoke(),
      close: () => session?.rest.close(),
    },
    now,
    () => client?.user?.id,
  );
  const { rest } = sparing;
  const self = () => (client?.user == null ? undefined : personOf({ ...userOf(client.user), bot: true }));

  const guilds = createGuilds(() => client);
  const members = createMembers(() => session !== undefined && hasMembers(session.link.intents()));
  const recent = createRecentMessages();
  const voices = createVoices();
  const roles = createMemberRoles((guildId) => session?.link.requestMembers(guildId));
  const followRoles = ({ feeds }: ConnectionPlan) => {
    const present = guilds.all().filter(({ available }) => available);
    roles.listen(feeds.includes("member_roles") ? present.map(({ id }) => id) : undefined);
  };
  const { lookup, own } = createLookup({ rest, guilds, members, selfId: () => client?.user?.id, now });
  const interactions = createInteractions({
    rest,
    applicationId: () => opened().application.id,
    now,
    failed: (error) => log.warn({ why: messageOf(error) }, "an interaction could not be acknowledged"),
  });

  const handle = async (event: BotEvent) => {
    const origin = event.origin as unknown as Origin;
    if (origin.to !== "interaction") return sink.handle(event);
    interactions.open(origin);
    await sink.handle(event);
    await interactions.finish(origin);
  };

  const handleAll = (events: readonly BotEvent[]) => {
    for (const event of events)
      handle(event).catch((error: unknown) =>
        log.error({ event: event.key, why: messageOf(error) }, "an event could not be handled"),
      );
  };
  const handleOf = async ({ serverId, userId, events }: OfSomebody) => {
    const user = await lookup.person(serverId, userId);
    if (user !== undefined && takesEvents) handleAll(events(user));
  };

  const heard = (payload: GatewayDispatchPayload, from: Client) => {
    client = from;
    members.follow(payload);
    voices.follow(payload);
    roles.follow(payload);
    sparing.follow(payload);
    if (payload.t === "READY") forgetLeft(from, payload.d);
    const me = self();
    if (!takesEvents || me === undefined) return;
    const { feeds } = plan;
    const context = { self: me, feeds, prefix: settings?.prefix, guilds, members, recent, roles, voices, now };
    for (const event of eventsOf(payload, context)) {
      if (!("events" in event)) handleAll([event]);
      else
        handleOf(event).catch((error: unknown) =>
          log.warn({ person: event.userId, why: messageOf(error) }, "it could not be found out who caused an event"),
        );
    }
  };

  const sync = async (commands: ConnectionPlan["commands"], servers: readonly string[]) => {
    const found = (await Promise.all(servers.map((server) => lookup.server(server)))).flatMap((server) => server ?? []);
    const scopes: Scope[] = servers.length === 0 ? ["global"] : found.map(({ id }) => ({ guild: id }));
    const complete = found.length === servers.length;
    await syncCommands(rest, memory, opened().application.id, commands, scopes, complete);
  };

  const syncMenu = async (next: ConnectionPlan, to: DiscordSettings) => {
    commandsInSync = false;
    if (to.syncCommands)
      try {
        await sync(next.commands, to.servers);
      } catch (error) {
        condition.trouble("commands", `The list of slash commands is not up to date: ${messageOf(error)}`);
        throw error;
      }
    commandsInSync = true;
    condition.trouble("commands", undefined);
  };

  return {
    platform: "discord",
    port: createPort({ rest, guilds, lookup, own, interactions, memory, self, now }),

    async open() {
      settings = readSettings(plan.settings, secret);
      session = await openSession(settings, {
        condition,
        heard,
        log,
        now,
        memory,
        plan: () => plan,
        closing: closing.signal,
      });
      followRoles(plan);
      await syncMenu(plan, settings).catch((error: unknown) =>
        log.warn({ why: messageOf(error) }, "the list of slash commands is not up to date"),
      );
      condition.opened();
    },

    async converge(next) {
      const to = readSettings(next.settings, secret);
      await opened().follow(next);
      const changed =
        !isDeepStrictEqual(next.commands, plan.commands) ||
        !isDeepStrictEqual(to.servers, settings?.servers) ||
        to.syncCommands !== settings?.syncCommands;
      plan = next;
      settings = to;
      followRoles(next);
      if (changed || !commandsInSync) await syncMenu(next, to);
    },

    needsReplacing(next) {
      if (settings === undefined) return false;
      if (condition.now().state === "closed") return true;
      try {
        const to = readSettings(next.settings, secret);
        return to.token !== settings.token || to.apiRoot !== settings.apiRoot;
      } catch {
        return true;
      }
    },

    state: condition.now,
    async stopIntake() {
      takesEvents = false;
      await session?.link.stop();
    },
    async close() {
      takesEvents = false;
      closing.abort();
      interactions.close();
      await session?.close();
      condition.closed("The bot was stopped.");
    },
  };
}

function userOf({ id, username, globalName }: NonNullable<Client["user"]>) {
  return { id, username, global_name: globalName };
}

/** Servers that the bot was removed from while it was away. */
function forgetLeft(client: Client, ready: GatewayReadyDispatchData): void {
  const present = new Set(ready.guilds.map(({ id }) => id));
  for (const { id } of client.guilds.cache.values())
    if (!present.has(id) && isOnShard(id, ready)) client.guilds.cache.delete(id);
}
