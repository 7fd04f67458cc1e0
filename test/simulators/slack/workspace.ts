import type { Json } from "./json.ts";

export interface SlackUser {
  id: string;
  name: string;
  real_name: string;
  display_name: string;
  tz: string;
  is_admin: boolean;
  is_owner: boolean;
  is_primary_owner: boolean;
  is_restricted: boolean;
  is_ultra_restricted: boolean;
  is_bot: boolean;
  deleted: boolean;
}

export interface SlackChannel {
  id: string;
  name: string;
  kind: "channel" | "group" | "im" | "mpim";
  /** The other person, for a direct message. */
  user?: string;
  members: Set<string>;
  is_archived: boolean;
  is_general: boolean;
  topic: string;
  /** Who made it; the primary owner, if left out. */
  creator?: string;
}

export interface SlackUsergroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface SlackMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks?: Json[];
  attachments?: Json[];
  thread_ts?: string;
  bot_id?: string;
  subtype?: string;
  username?: string;
  edited?: { user: string; ts: string };
  reactions: { name: string; users: string[] }[];
  /** Who alone sees it; such a message can be neither updated nor deleted by the Web API. */
  ephemeral_to?: string;
  pinned?: boolean;
  files?: Json[];
  /** What each person has chosen in its menus, by block and action. */
  chosen?: Map<string, Record<string, Json>>;
}

export interface SlackView {
  id: string;
  hash: string;
  external_id: string;
  user: string;
  body: Json;
  root_view_id: string;
  previous_view_id: string | null;
}

/** What a workspace starts with, beside the bot; every list may be left out. */
export interface WorkspaceSeed {
  /** Their names; without it `ada` (primary owner), `carol` (admin) and `bob`. */
  users?: (Partial<SlackUser> & { name: string })[];
  /** `members` are names or ids; the bot is in unless `bot: false`. Without it `general` and `random`. */
  channels?: (Partial<Omit<SlackChannel, "members">> & { name: string; members?: string[]; bot?: boolean })[];
  usergroups?: (Partial<SlackUsergroup> & { handle: string })[];
}

export interface Workspace {
  readonly team: { id: string; name: string; domain: string };
  readonly app: { id: string };
  readonly bot: SlackUser & { bot_id: string };
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly usergroups: Map<string, SlackUsergroup>;
  readonly messages: SlackMessage[];
  readonly views: Map<string, SlackView>;
  /** Files for which an address was asked, with the bytes that arrived there so far. */
  readonly uploads: Map<string, { name: string; length: number; received?: number }>;
  /** By name or id; throws when there is none, because then the test is wrong. */
  user(nameOrId: string): SlackUser;
  /** By name or id, `@name` for the direct conversation of that person with the bot; throws when there is none. */
  channel(nameOrId: string): SlackChannel;
  message(channel: string, ts: string): SlackMessage | undefined;
  addUser(user: Partial<SlackUser> & { name: string }): SlackUser;
  addChannel(channel: NonNullable<WorkspaceSeed["channels"]>[number]): SlackChannel;
  directMessage(user: string): SlackChannel;
  post(message: Omit<SlackMessage, "ts" | "reactions">): SlackMessage;
  remove(message: SlackMessage): void;
  /** Ids look like Slack's: a letter and ten capitals or digits. */
  nextId(prefix: string): string;
  /** Never the same twice, in the form `1700000000.000001`. */
  nextTs(): string;
}

export function createWorkspace(seed: WorkspaceSeed = {}, now: () => number = Date.now): Workspace {
  let ids = 0;
  let stamps = 0;
  const nextId = (prefix: string) => {
    ids += 1;
    return `${prefix}${ids.toString(36).toUpperCase().padStart(10, "0")}`;
  };
  const nextTs = () => {
    stamps += 1;
    return `${Math.floor(now() / 1000)}.${String(stamps).padStart(6, "0")}`;
  };

  const users = new Map<string, SlackUser>();
  const channels = new Map<string, SlackChannel>();
  const usergroups = new Map<string, SlackUsergroup>();
  const messages: SlackMessage[] = [];

  const addUser: Workspace["addUser"] = (given) => {
    const user: SlackUser = {
      id: nextId("U"),
      real_name: given.name,
      display_name: given.name,
      tz: "Europe/Madrid",
      is_admin: given.is_owner === true || given.is_primary_owner === true,
      is_owner: given.is_primary_owner === true,
      is_primary_owner: false,
      is_restricted: false,
      is_ultra_restricted: false,
      is_bot: false,
      deleted: false,
      ...given,
    };
    users.set(user.id, user);
    return user;
  };
  const bot = Object.assign(addUser({ name: "harbourbot", is_bot: true }), { bot_id: nextId("B") });

  const user = (nameOrId: string) => {
    const found = users.get(nameOrId) ?? [...users.values()].find((candidate) => candidate.name === nameOrId);
    if (found === undefined) throw new Error(`the simulated workspace has nobody called ${nameOrId}`);
    return found;
  };

  const addChannel: Workspace["addChannel"] = ({ members = [], bot: botIsIn = true, ...given }) => {
    const kind = given.kind ?? "channel";
    const channel: SlackChannel = {
      id: nextId(kind === "im" ? "D" : kind === "channel" ? "C" : "G"),
      is_archived: false,
      is_general: given.name === "general",
      topic: "",
      ...given,
      kind,
      members: new Set(members.map((name) => user(name).id)),
    };
    if (botIsIn) channel.members.add(bot.id);
    channels.set(channel.id, channel);
    return channel;
  };

  const directMessage = (id: string) => {
    const person = user(id);
    const open = [...channels.values()].find((channel) => channel.kind === "im" && channel.user === person.id);
    return open ?? addChannel({ name: "", kind: "im", user: person.id, members: [person.id] });
  };

  const people = seed.users ?? [
    { name: "ada", is_primary_owner: true },
    { name: "carol", is_admin: true },
    { name: "bob" },
  ];
  const everybody = people.map((person) => addUser(person).id);
  for (const channel of seed.channels ?? [{ name: "general" }, { name: "random" }])
    addChannel({ members: everybody, ...channel });
  for (const group of seed.usergroups ?? []) {
    const id = group.id ?? nextId("S");
    const members = (group.users ?? []).map((name) => user(name).id);
    usergroups.set(id, { id, handle: group.handle, name: group.name ?? group.handle, users: members });
  }

  return {
    team: { id: nextId("T"), name: "Harbour", domain: "harbour" },
    app: { id: nextId("A") },
    bot,
    users,
    channels,
    usergroups,
    messages,
    views: new Map(),
    uploads: new Map(),
    user,
    channel(nameOrId) {
      if (nameOrId.startsWith("@")) return directMessage(nameOrId.slice(1));
      const found =
        channels.get(nameOrId) ??
        [...channels.values()].find((channel) => channel.name === nameOrId && nameOrId !== "");
      if (found === undefined) throw new Error(`the simulated workspace has no channel called ${nameOrId}`);
      return found;
    },
    message: (channel, ts) => messages.find((message) => message.channel === channel && message.ts === ts),
    addUser,
    addChannel,
    directMessage,
    post(given) {
      const message: SlackMessage = { ...given, ts: nextTs(), reactions: [] };
      if (message.blocks !== undefined) message.blocks = withIds(message.blocks, nextId);
      for (const attachment of message.attachments ?? [])
        if (Array.isArray(attachment.blocks)) attachment.blocks = withIds(attachment.blocks as Json[], nextId);
      messages.push(message);
      return message;
    },
    remove(message) {
      messages.splice(messages.indexOf(message), 1);
    },
    nextId,
    nextTs,
  };
}

/** Blocks as Slack stores them: a `block_id` and `action_id` are made up where the app gave none. */
export function withIds(blocks: Json[], nextId: (prefix: string) => string): Json[] {
  const named = (element: Json): Json =>
    typeof element.type === "string" && element.action_id === undefined && interactive.has(element.type)
      ? { ...element, action_id: nextId("a") }
      : element;
  return blocks.map((block) => {
    const copy: Json = { ...block, block_id: block.block_id ?? nextId("b") };
    if (block.type === "actions" && Array.isArray(block.elements))
      copy.elements = (block.elements as Json[]).map(named);
    if (typeof block.accessory === "object") copy.accessory = named(block.accessory as Json);
    if (typeof block.element === "object") copy.element = named(block.element as Json);
    return copy;
  });
}

const interactive = new Set([
  "button",
  "static_select",
  "multi_static_select",
  "users_select",
  "multi_users_select",
  "channels_select",
  "conversations_select",
  "overflow",
  "checkboxes",
  "radio_buttons",
  "datepicker",
  "timepicker",
  "plain_text_input",
  "number_input",
]);
