import type { BotEvent, EventSink, Role, Standing } from "../../src/contracts/event.ts";
import type { OutMenu, OutMessage, SentMessage } from "../../src/contracts/message.ts";
import { type Connect, PlatformError, type PlatformPort } from "../../src/contracts/platform.ts";
import { type Right, rights } from "../../src/contracts/right.ts";
import type { AuditStore, Store } from "../../src/contracts/store.ts";

/** What a scenario says of somebody; what it leaves out is what the console gives everybody. */
export interface PersonGiven {
  readonly roles?: readonly string[];
  readonly rights?: readonly Right[];
  readonly rank?: number;
  readonly owner?: boolean;
  /** As the platform tells it. */
  readonly language?: string;
}

/** What a scenario changes about the console while it runs. */
export interface World {
  readonly people: Readonly<Record<string, PersonGiven>>;
  /** Rights that the bot has; all, if undefined. */
  botRights: readonly Right[] | undefined;
  /** Roles that are not there although the file names them. */
  missingRoles: readonly string[];
  /** Names of port calls that fail, `audit` for the audit log, and how. */
  failing: ReadonlySet<string>;
  failure: "unavailable" | "refused";
  /** Changes the next event on its way to the bot. */
  transform: ((event: BotEvent) => BotEvent) | undefined;
  lastEvent: BotEvent | undefined;
  sink: EventSink | undefined;
  /** The buttons and the newest menu that were sent, for presses after a restart, which the console does not survive. */
  readonly buttons: Map<string, { readonly key: string; readonly messageId: string }>;
  menu: { readonly menu: OutMenu; readonly messageId: string } | undefined;
  /** Whether forms can only be opened by a press, as from a typed command. */
  formsNeedPress: boolean;
}

export function newWorld(people: World["people"]): World {
  return {
    people,
    botRights: undefined,
    missingRoles: [],
    failing: new Set(),
    failure: "unavailable",
    transform: undefined,
    lastEvent: undefined,
    sink: undefined,
    buttons: new Map(),
    menu: undefined,
    formsNeedPress: false,
  };
}

/** Stands between the bot and the console, so that people have rights and calls can fail. */
export function around(world: World): (connect: Connect) => Connect {
  return (connect) => (plan, dependencies) => {
    const { sink } = dependencies;
    world.sink = sink;
    const handle = (event: BotEvent): Promise<void> | undefined => {
      const changed = inLanguage(world.transform?.(event) ?? event, world.people[event.user.id]?.language);
      world.transform = undefined;
      world.lastEvent = changed;
      return sink.handle(changed);
    };
    const connection = connect(plan, { ...dependencies, sink: { ...sink, handle } });
    return { ...connection, port: wrapPort(world, connection.port) };
  };
}

function inLanguage(event: BotEvent, language: string | undefined): BotEvent {
  return language === undefined ? event : { ...event, user: { ...event.user, language } };
}

function wrapPort(world: World, port: PlatformPort): PlatformPort {
  const sent = (message: OutMessage, messageId: string): void => {
    for (const { key, label } of message.buttons ?? [])
      if (key !== undefined) world.buttons.set(label, { key, messageId });
    if (message.menu !== undefined) world.menu = { menu: message.menu, messageId };
  };
  const sending =
    (how: "reply" | "send" | "direct") =>
    async (to: never, message: OutMessage): Promise<SentMessage> => {
      const answer = await port[how](to, message);
      sent(message, answer.id);
      return answer;
    };
  const own: Partial<PlatformPort> = {
    reply: sending("reply"),
    send: sending("send"),
    direct: sending("direct"),
    async editMessage(channelId, messageId, message) {
      sent(message, messageId);
      return port.editMessage(channelId, messageId, message);
    },
    async openForm(origin, form) {
      if (world.formsNeedPress && world.lastEvent?.kind === "message") return false;
      return port.openForm(origin, form);
    },
    async standing(serverId, userId) {
      const standing = await port.standing(serverId, userId);
      return standing && given(standing, world.people[userId]);
    },
    async botStanding(serverId, channelId) {
      const standing = await port.botStanding(serverId, channelId);
      return world.botRights && standing ? { ...standing, rights: new Set(world.botRights) } : standing;
    },
    async find(kind, serverId, name) {
      if (kind === "role" && world.missingRoles.includes(name)) return { found: "none" };
      return port.find(kind, serverId, name);
    },
  };
  return new Proxy(port, {
    get(target, name: keyof PlatformPort) {
      const member = own[name] ?? target[name];
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        if (world.failing.has(name))
          return Promise.reject(new PlatformError(world.failure, `The console does not ${name} now.`));
        return (member as (...args: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

function given(standing: Standing, person: PersonGiven | undefined): Standing {
  if (person === undefined) return standing;
  const all = Object.keys(rights) as Right[];
  return {
    ...standing,
    ...(person.rank === undefined ? {} : { rank: person.rank }),
    ...(person.rights === undefined ? {} : { rights: new Set(person.rights) }),
    ...(person.owner === true ? { owner: true, rank: 4, rights: new Set(all) } : {}),
    roles: (standing.roles ?? []) as readonly Role[],
  };
}

/** The store whose audit log refuses rows while the scenario says so. */
export function withFailingAudit(store: Store, world: World): Store {
  const audit: AuditStore = {
    ...store.audit,
    append: (rows) =>
      world.failing.has("audit") ? Promise.reject(new Error("the audit table is away")) : store.audit.append(rows),
  };
  return { ...store, audit };
}
