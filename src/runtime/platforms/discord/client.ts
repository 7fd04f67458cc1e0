import { Client, Options, type RESTOptions } from "discord.js";
import type { Link } from "./gateway/link.ts";
import { answerTimeout, type Http } from "./http.ts";
import { mostWaitMs } from "./rest.ts";

/** How both clients for REST are set up: ours, and the one that the library asks for the gateway with. */
export function restOptions(apiRoot: string, http: Http): Partial<RESTOptions> {
  return {
    api: apiRoot,
    makeRequest: http.makeRequest,
    // Tried again by ourselves, with pauses and only where it is safe.
    retries: 0,
    timeout: answerTimeout,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > mostWaitMs,
  };
}

/** How long a start waits for servers that are in an outage, in milliseconds. */
const waitForGuilds = 3000;

/**
 * The library's client, for what it keeps of servers: their channels, roles and the bot's own membership. Everything else
 * is not kept, so that memory does not grow with what people write.
 */
export function createLibraryClient(apiRoot: string, http: Http, link: Link): Client {
  const nothing = 0;
  return new Client({
    intents: link.intents(),
    // As many as Discord recommends: one up to some thousand servers.
    shards: "auto",
    rest: restOptions(apiRoot, http),
    ws: { buildStrategy: link.buildStrategy },
    waitGuildTimeout: waitForGuilds,
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: nothing,
      ApplicationEmojiManager: nothing,
      AutoModerationRuleManager: nothing,
      BaseGuildEmojiManager: nothing,
      DMMessageManager: nothing,
      EntitlementManager: nothing,
      GuildBanManager: nothing,
      GuildEmojiManager: nothing,
      GuildForumThreadManager: nothing,
      GuildInviteManager: nothing,
      GuildMemberManager: { maxSize: 1, keepOverLimit: ({ id, client }) => id === client.user.id },
      GuildMessageManager: nothing,
      GuildScheduledEventManager: nothing,
      GuildStickerManager: nothing,
      GuildTextThreadManager: nothing,
      MessageManager: nothing,
      PresenceManager: nothing,
      ReactionManager: nothing,
      ReactionUserManager: nothing,
      StageInstanceManager: nothing,
      ThreadManager: nothing,
      ThreadMemberManager: nothing,
      UserManager: { maxSize: 1, keepOverLimit: ({ id, client }) => id === client.user.id },
      VoiceStateManager: nothing,
    }),
    sweepers: { threads: { interval: 3600, lifetime: 4 * 3600 } },
  });
}
