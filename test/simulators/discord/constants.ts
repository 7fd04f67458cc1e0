/** Numbers of the wire that the simulator uses; a test compares each with the published tables. */

/** Permission bits ("Permissions" in the developer documentation). */
export const Permission = {
  CreateInstantInvite: 1n << 0n,
  KickMembers: 1n << 1n,
  BanMembers: 1n << 2n,
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewAuditLog: 1n << 7n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  UseExternalEmojis: 1n << 18n,
  Connect: 1n << 20n,
  Speak: 1n << 21n,
  MuteMembers: 1n << 22n,
  MoveMembers: 1n << 24n,
  ChangeNickname: 1n << 26n,
  ManageNicknames: 1n << 27n,
  ManageRoles: 1n << 28n,
  ManageWebhooks: 1n << 29n,
  UseApplicationCommands: 1n << 31n,
  ManageThreads: 1n << 34n,
  CreatePublicThreads: 1n << 35n,
  CreatePrivateThreads: 1n << 36n,
  SendMessagesInThreads: 1n << 38n,
  ModerateMembers: 1n << 40n,
  SendPolls: 1n << 49n,
  PinMessages: 1n << 51n,
} as const;
export type PermissionName = keyof typeof Permission;

/** Intents ("Gateway", list of intents). */
export const Intent = {
  Guilds: 1 << 0,
  GuildMembers: 1 << 1,
  GuildModeration: 1 << 2,
  GuildVoiceStates: 1 << 7,
  GuildPresences: 1 << 8,
  GuildMessages: 1 << 9,
  GuildMessageReactions: 1 << 10,
  GuildMessageTyping: 1 << 11,
  DirectMessages: 1 << 12,
  DirectMessageReactions: 1 << 13,
  DirectMessageTyping: 1 << 14,
  MessageContent: 1 << 15,
  GuildMessagePolls: 1 << 24,
  DirectMessagePolls: 1 << 25,
} as const;

/** Every bit that IDENTIFY may carry; another one is answered with close code 4013. */
export const knownIntents = 0b11_0011_0001_1111_1111_1111_1111;

/** Gateway opcodes ("Opcodes and Status Codes"). */
export const Op = {
  Dispatch: 0,
  Heartbeat: 1,
  Identify: 2,
  PresenceUpdate: 3,
  VoiceStateUpdate: 4,
  Resume: 6,
  Reconnect: 7,
  RequestGuildMembers: 8,
  InvalidSession: 9,
  Hello: 10,
  HeartbeatAck: 11,
} as const;

/** Gateway close event codes ("Opcodes and Status Codes"). */
export const Close = {
  UnknownOpcode: 4001,
  DecodeError: 4002,
  NotAuthenticated: 4003,
  AuthenticationFailed: 4004,
  AlreadyAuthenticated: 4005,
  InvalidSeq: 4007,
  RateLimited: 4008,
  SessionTimedOut: 4009,
  InvalidShard: 4010,
  InvalidAPIVersion: 4012,
  InvalidIntents: 4013,
  DisallowedIntents: 4014,
} as const;

/** JSON error codes ("Opcodes and Status Codes"). */
export const ErrorCode = {
  UnknownApplication: 10002,
  UnknownChannel: 10003,
  UnknownGuild: 10004,
  UnknownMember: 10007,
  UnknownMessage: 10008,
  UnknownRole: 10011,
  UnknownUser: 10013,
  UnknownEmoji: 10014,
  UnknownWebhook: 10015,
  UnknownBan: 10026,
  UnknownInteraction: 10062,
  UnknownApplicationCommand: 10063,
  MaximumNumberOfPinsReachedForTheChannel: 30003,
  MaximumNumberOfApplicationCommandsReached: 30032,
  MaximumDailyApplicationCommandCreatesReached: 30034,
  RequestEntityTooLarge: 40005,
  InteractionHasAlreadyBeenAcknowledged: 40060,
  MissingAccess: 50001,
  CannotExecuteActionOnDMChannel: 50003,
  CannotEditMessageAuthoredByAnotherUser: 50005,
  CannotSendAnEmptyMessage: 50006,
  CannotSendMessagesToThisUser: 50007,
  MissingPermissions: 50013,
  CannotExecuteActionOnSystemMessage: 50021,
  CannotExecuteActionOnThisChannelType: 50024,
  InvalidWebhookToken: 50027,
  InvalidRole: 50028,
  OneOfTheMessagesProvidedWasTooOldForBulkDelete: 50034,
  InvalidFormBodyOrContentType: 50035,
  InvalidActionOnArchivedThread: 50083,
  ThreadAlreadyCreatedForMessage: 160004,
} as const;

/** Message flags ("Message Resource"). */
export const MessageFlag = { Ephemeral: 1 << 6, Loading: 1 << 7, IsComponentsV2: 1 << 15 } as const;

/** Application flags for privileged intents; the "Limited" ones are of bots in few guilds ("Application Resource"). */
export const ApplicationFlag = {
  GatewayPresenceLimited: 1 << 13,
  GatewayGuildMembersLimited: 1 << 15,
  GatewayMessageContentLimited: 1 << 19,
} as const;

export const ChannelKind = {
  GuildText: 0,
  DM: 1,
  GuildVoice: 2,
  GuildCategory: 4,
  GuildAnnouncement: 5,
  AnnouncementThread: 10,
  PublicThread: 11,
  PrivateThread: 12,
} as const;

export const OptionKind = {
  Subcommand: 1,
  SubcommandGroup: 2,
  String: 3,
  Integer: 4,
  Boolean: 5,
  User: 6,
  Channel: 7,
  Role: 8,
  Mentionable: 9,
  Number: 10,
  Attachment: 11,
} as const;

export const ComponentKind = { StringSelect: 3 } as const;

export const InteractionKind = { ApplicationCommand: 2, MessageComponent: 3, ModalSubmit: 5 } as const;

export const CallbackKind = {
  ChannelMessageWithSource: 4,
  DeferredChannelMessageWithSource: 5,
  DeferredMessageUpdate: 6,
  UpdateMessage: 7,
  Modal: 9,
} as const;
