import type { SecretText } from "../language/secret-reference.ts";
import type { Channel, EventSink, Json, Person, Role, Server, Standing } from "./event.ts";
import type { Fields } from "./fields.ts";
import type { PlatformLimits } from "./limits.ts";
import type { Logger } from "./logger.ts";
import type { OutForm, OutMessage, PastMessage, SentMessage } from "./message.ts";
import type { Capability, Feed, Right } from "./right.ts";

/**
 * What a platform is, without its library: settings, abilities, limits and rights. One file per platform, loaded by
 * `validate` too, so it imports no SDK.
 */
export interface PlatformDefinition {
  readonly name: string;
  /** The name people use: "Discord". */
  readonly title: string;
  readonly settings: Fields;
  /** Settings keys of which one group must be given, with the sentence that says so. */
  readonly oneOf?: readonly { readonly keys: readonly string[]; readonly message: string }[];
  readonly capabilities: ReadonlySet<Capability>;
  /** Words of rights that this platform has; anything else is an error at validation. */
  readonly rights: ReadonlySet<Right>;
  /** Whether people have roles (or user groups) that the file can name. */
  readonly roles: boolean;
  readonly limits: PlatformLimits;
  /** Emoji that can be reacted with, where it is not every one, and what to write instead. */
  readonly reactions?: { readonly has: (emoji: string) => boolean; readonly instead: string };
  /** Pattern of an id on this platform; a text that matches is an id, anything else is a name. */
  readonly idPattern: RegExp;
  /** Whether a username names one person for good, so that `user: "@ada"` may grant something; ids always may. */
  readonly usernamesIdentify: boolean;
  /** Whether anybody is found by a name; else by the id, and by the username of somebody whom the bot has heard. */
  readonly findsPeople: boolean;
  /** `/name` is a message that rules hear too; elsewhere the platform itself takes it. */
  readonly commandsAreMessages: boolean;
  /** How people call a command here, for `help`; `/name` if left out. */
  readonly spelling?: (command: string, settings: Settings) => string;
  /** Whether the listed feeds need something switched on by hand outside the file, and where: for messages. */
  readonly portal?: Readonly<Partial<Record<Feed, string>>>;
}

/** What the entries of an option that is a list can be: what can be told apart in one written text. */
export type EntryType = "text" | "integer" | "number" | "boolean" | "choice" | "duration" | "time";

/** What an option can be. */
export type OptionType = EntryType | "member" | "user" | "role" | "channel" | "attachment" | "list";

/** An option of a command as platforms register it. */
export interface CommandOptionForm {
  readonly name: string;
  readonly description: string;
  readonly type: OptionType;
  /** What each entry of a list is. */
  readonly of?: EntryType;
  /** Most entries of a list. */
  readonly maxItems?: number;
  /** A text taken exactly as it was written: with its line breaks and quotes, and all that is left. */
  readonly long?: boolean;
  readonly required: boolean;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface CommandForm {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CommandOptionForm[];
  /** Rights that the person must hold, where the file lets only such people in: a hint for the platform's own menu. */
  readonly rights: readonly Right[];
}

/** A setting's value after canonical form: secrets stay references until a connection opens. */
export type SettingValue = string | number | boolean | SecretText | null | readonly SettingValue[] | Settings;
export interface Settings {
  readonly [key: string]: SettingValue | undefined;
}

/** All that one connection needs to know of a plan. Plain values: two plans' connections are compared deeply. */
export interface ConnectionPlan {
  readonly platform: string;
  readonly botName: string;
  readonly settings: Settings;
  readonly feeds: readonly Feed[];
  readonly capabilities: readonly Capability[];
  /** Rights of the bot that the file's actions use here. */
  readonly rights: readonly Right[];
  readonly commands: readonly CommandForm[];
  /** Paths at which other programs start rules that run here. */
  readonly webhooks: readonly string[];
  readonly activity?: { readonly type: string; readonly text: string };
}

/** Who wrote a name: what the file names is followed through renames, what a person types is what is called so now. */
export type WrittenBy = "file" | "person";
export type NameKind = "channel" | "role" | "user";
export type NameAnswer =
  | { readonly found: "one"; readonly id: string; readonly name: string }
  | { readonly found: "none"; readonly near?: string }
  | { readonly found: "many" }
  /** The platform could not be asked now. */
  | { readonly found: "unknown"; readonly why: string };

/**
 * What the engine may ask of a platform. Every method rejects with `PlatformError` only. Methods of capabilities that
 * the definition does not list may reject with kind "unsupported"; `validate` keeps them from being reached.
 */
export interface PlatformPort {
  readonly platform: string;
  /** The longest mute that the platform itself can hold, in milliseconds; longer ones are renewed by a job. Any length, if undefined. */
  readonly muteLimitMs?: number;
  /** The bot's own account, known once the connection is open. */
  readonly self: () => Person | undefined;
  /** Answers the event whose `origin` is given: a threaded reply, an interaction response, a callback. */
  reply(origin: Json, message: OutMessage): Promise<SentMessage>;
  send(channelId: string, message: OutMessage): Promise<SentMessage>;
  direct(userId: string, message: OutMessage): Promise<SentMessage>;
  react(channelId: string, messageId: string, emoji: string): Promise<void>;
  deleteMessage(channelId: string, messageId: string, reason?: string): Promise<void>;
  /** `untilMs` absent: until unmuted, as far as the platform can hold it. */
  mute(serverId: string, userId: string, untilMs: number | undefined, reason?: string): Promise<void>;
  unmute(serverId: string, userId: string, reason?: string): Promise<void>;
  kick(serverId: string, userId: string, reason?: string): Promise<void>;
  ban(serverId: string, userId: string, untilMs: number | undefined, reason?: string): Promise<void>;
  unban(serverId: string, userId: string, reason?: string): Promise<void>;
  addRole(serverId: string, userId: string, roleId: string, reason?: string): Promise<void>;
  removeRole(serverId: string, userId: string, roleId: string, reason?: string): Promise<void>;
  /** Replaces what a message of this bot says; its buttons and menu become those of `message`. */
  editMessage(channelId: string, messageId: string, message: OutMessage): Promise<void>;
  pin(channelId: string, messageId: string, pinned: boolean, reason?: string): Promise<void>;
  /** Shows that the bot is writing, for as long as the platform shows it (some seconds). */
  typing(channelId: string): Promise<void>;
  /** The latest messages of a channel, oldest first. */
  history(channelId: string, most: number): Promise<readonly PastMessage[]>;
  /** Deletes the latest messages before `before` (a message id; left out: all), only those of `by` where given. @returns how many. */
  purge(
    channelId: string,
    what: { readonly most: number; readonly before?: string; readonly by?: string },
    reason?: string,
  ): Promise<number>;
  /** How long people must wait between two messages; 0 ends it. Milliseconds. */
  slowmode(channelId: string, ms: number, reason?: string): Promise<void>;
  /** Whether people without rights of their own may write in the channel. */
  lock(channelId: string, locked: boolean, reason?: string): Promise<void>;
  /** Left out: takes the nickname away. */
  setNickname(serverId: string, userId: string, nickname: string | undefined, reason?: string): Promise<void>;
  /** With a message: a thread that hangs on it. `isPrivate`: seen only by those who are added. */
  createThread(
    channelId: string,
    thread: { readonly name: string; readonly isPrivate: boolean; readonly messageId?: string },
    reason?: string,
  ): Promise<Channel>;
  closeThread(threadId: string, reason?: string): Promise<void>;
  addToThread(threadId: string, userId: string): Promise<void>;
  /**
   * Opens a form for whoever caused the event of `origin`. @returns false where no form can be opened from there (a typed
   * command, a press that is too old): then a button that leads to it, or one question after the other, serves.
   */
  openForm(origin: Json, form: OutForm): Promise<boolean>;
  /** Undefined: the person is not (or no longer) there. Cached only where the platform announces changes. */
  standing(serverId: string, userId: string): Promise<Standing | undefined>;
  /** The bot's own standing. `channelId` narrows to one channel where the platform has rights per channel. */
  botStanding(serverId: string, channelId?: string): Promise<Standing | undefined>;
  /** Rank of a role on the scale of `Standing.rank`. */
  roleRank(serverId: string, roleId: string): Promise<number | undefined>;
  /**
   * Looks a name (or an id) up among what the bot can see in that server. Where a server is one chat, the file may name
   * other chats too; a person may not, whose rights end with the server they are in.
   */
  find(kind: NameKind, serverId: string, name: string, by?: WrittenBy): Promise<NameAnswer>;
  person(serverId: string | undefined, userId: string): Promise<Person | undefined>;
  channel(channelId: string): Promise<Channel | undefined>;
  role(serverId: string, roleId: string): Promise<Role | undefined>;
  /** Where an account of the platform is on one server only, that is the home server of a file that names none. */
  onlyServer?(): Server | undefined;
  /** Resolves a home server by name or id, among those the bot is in. */
  server(nameOrId: string): Promise<Server | undefined>;
}

export type ConnectionState =
  | { readonly state: "open" }
  | { readonly state: "opening" }
  /** Works, but something is not converged yet: `why` is a sentence. */
  | { readonly state: "degraded"; readonly why: string }
  /** `clean`: nothing went wrong, the input simply ended. */
  | { readonly state: "closed"; readonly why: string; readonly clean?: true };

/** One open connection to one platform. Owned by the supervisor; survives reloads that do not change it. */
export interface Connection {
  readonly platform: string;
  readonly port: PlatformPort;
  /**
   * Opens with the plan handed to `connect`: resolves once events can arrive and commands are registered.
   * @throws PlatformError kind "start" with a sentence saying what to do (bad token, missing intent).
   */
  open(): Promise<void>;
  /**
   * Phase 3 of a reload: brings registration (commands, menu, webhook, intents, presence) to `plan`. Idempotent; asks the
   * platform nothing when nothing changed. May re-open the link under the same token.
   * @throws PlatformError when the platform refuses; the connection then goes on with its old settings.
   */
  converge(plan: ConnectionPlan): Promise<void>;
  /** Whether going from the open plan to `plan` needs a new connection object (another token, another account). */
  needsReplacing(plan: ConnectionPlan): boolean;
  state(): ConnectionState;
  /** Stops taking events; those handed over already go on and may still use the port. */
  stopIntake(): Promise<void>;
  close(): Promise<void>;
}

/** Small facts that must outlive the process (last synced commands, identify ledger), namespaced by platform. */
export interface ConnectionMemory {
  get(key: string): Promise<Json | undefined>;
  set(key: string, value: Json): Promise<void>;
}

export interface ConnectDependencies {
  readonly sink: EventSink;
  readonly log: Logger;
  readonly now: () => number;
  readonly memory: ConnectionMemory;
  /**
   * Reads a secret now. The value is registered for masking before it is returned.
   * @throws PlatformError kind "start" naming the variable that is not set.
   */
  readonly secret: (reference: SecretText) => string;
  /** Called when the link dies for good or recovers, for the log and the audit. */
  readonly onState: (state: ConnectionState) => void;
}

/** What `runtime/platforms/<name>/index.ts` exports as `connect`; loads the SDK by being imported. */
export type Connect = (plan: ConnectionPlan, dependencies: ConnectDependencies) => Connection;

export type PlatformErrorKind =
  | "start"
  /** The bot lacks a right or stands too low. */
  | "missing_right"
  | "not_found"
  /** The platform refused for a reason that trying again does not change. */
  | "refused"
  | "rate_limited"
  /** Network or server trouble; `uncertain` says whether the call may have taken effect all the same. */
  | "unavailable"
  | "unsupported";

/** A platform call that did not work. `message` is a sentence that may be shown to a person; it holds no secret. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly kind: PlatformErrorKind;
  readonly uncertain: boolean;
  readonly retryAfterMs: number | undefined;
  /** A settings key (as in `token`) that the file's line can be shown for. */
  readonly setting: string | undefined;
  constructor(
    kind: PlatformErrorKind,
    message: string,
    details: { uncertain?: boolean; retryAfterMs?: number; setting?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.uncertain = details.uncertain ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.setting = details.setting;
  }

  /** Whether the platform's answer is a plain no: the call has not taken effect, and trying again later changes nothing. */
  get isFinal(): boolean {
    return !this.isPassing && !this.uncertain;
  }

  /** Whether the same call may work later. */
  get isPassing(): boolean {
    return this.kind === "unavailable" || this.kind === "rate_limited";
  }
}
