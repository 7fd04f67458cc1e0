import { type APIChannel, type APIOverwrite, PermissionFlagsBits as Bits, OverwriteType, Routes } from "discord.js";
import type { Json } from "../../../contracts/event.ts";
import { type ConnectionMemory, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import { addressOf, checkId } from "./addresses.ts";
import type { Rest } from "./rest.ts";

export type ChannelAbilities = Pick<PlatformPort, "pin" | "typing" | "slowmode" | "lock">;

export interface ChannelParts {
  readonly rest: Rest;
  readonly memory: ConnectionMemory;
  readonly selfId: () => string | undefined;
  /** The bot's own permissions on a server, as bits. */
  readonly ownBits: (serverId: string) => Promise<bigint>;
}

const longestWaitSeconds = 21_600;
/** Writing, in the channel and in its threads. */
const writing = Bits.SendMessages | Bits.SendMessagesInThreads;
const managePermissions = "Manage Permissions";

/** What overwrites of a channel said of writing before it was locked, as bits in texts. */
interface Former {
  readonly everyone: { readonly allow: string; readonly deny: string };
  /** The bot's own; left out where it needs none. */
  readonly own?: { readonly allow: string; readonly deny: string };
}

export function createChannelAbilities({ rest, memory, selfId, ownBits }: ChannelParts): ChannelAbilities {
  /** Sets what one overwrite says of writing, and leaves the rest of it as it is. */
  const overwrite = async (
    channelId: string,
    before: Overwritten,
    now: { readonly allow: bigint; readonly deny: bigint },
    reason: string | undefined,
  ) => {
    const allow = (before.allow & ~writing) | now.allow;
    const deny = (before.deny & ~writing) | now.deny;
    if (allow === before.allow && deny === before.deny) return;
    const route = Routes.channelPermission(channelId, before.id);
    const options = { reason, needs: managePermissions };
    if (allow === 0n && deny === 0n) await rest.call("DELETE", route, options);
    else
      await rest.call("PUT", route, {
        ...options,
        body: { type: before.type, allow: String(allow), deny: String(deny) },
      });
  };

  const lockChannel = async (serverId: string, channelId: string, all: readonly APIOverwrite[], reason?: string) => {
    const [everyone, own] = overwritesOf(all, serverId, selfId());
    const key = `lock:${channelId}`;
    const isLocked = (everyone.deny & Bits.SendMessages) !== 0n;
    const bits = await ownBits(serverId);
    const isFree = (bits & Bits.Administrator) !== 0n;
    // Discord lets a bot decide only about permissions that it has.
    const held = isFree ? writing : writing & (bits | Bits.SendMessages);
    // Locking twice must not take the lock for what was before it.
    if (!isLocked || readFormer(await memory.get(key)) === undefined)
      await memory.set(key, { everyone: writingOf(everyone), ...(isFree ? {} : { own: writingOf(own) }) });
    // What holds for @everyone holds for the bot too, unless it is named itself.
    if (!isFree) await overwrite(channelId, own, { allow: held, deny: 0n }, reason);
    await overwrite(channelId, everyone, { allow: 0n, deny: held }, reason);
  };

  const unlockChannel = async (serverId: string, channelId: string, all: readonly APIOverwrite[], reason?: string) => {
    const [everyone, own] = overwritesOf(all, serverId, selfId());
    const key = `lock:${channelId}`;
    const former = readFormer(await memory.get(key));
    await overwrite(channelId, everyone, bitsOf(former?.everyone), reason);
    if (former?.own !== undefined) await overwrite(channelId, own, bitsOf(former.own), reason);
    if (former !== undefined) await memory.set(key, null);
  };

  return {
    async pin(channelId, messageId, pinned, reason) {
      const route = addressOf.pin(channelId, messageId);
      await rest.call(pinned ? "PUT" : "DELETE", route, { reason, needs: "Pin Messages" });
    },

    async typing(channelId) {
      checkId(channelId, "channel");
      await rest.call("POST", Routes.channelTyping(channelId), { repeatable: true });
    },

    async slowmode(channelId, ms, reason) {
      const route = addressOf.channel(channelId);
      const seconds = Math.ceil(ms / 1000);
      if (seconds < 0 || seconds > longestWaitSeconds)
        throw new PlatformError("refused", "On Discord the wait between two messages is at most 6 hours.");
      await rest.call("PATCH", route, { body: { rate_limit_per_user: seconds }, reason, needs: "Manage Channels" });
    },

    async lock(channelId, locked, reason) {
      const channel = await rest.call<APIChannel>("GET", addressOf.channel(channelId));
      if (!("guild_id" in channel) || channel.guild_id === undefined)
        throw new PlatformError("refused", "A private conversation cannot be locked.");
      if ("thread_metadata" in channel) {
        const route = Routes.channel(channelId);
        await rest.call("PATCH", route, { body: { locked }, reason, needs: "Manage Threads" });
        return;
      }
      const all = ("permission_overwrites" in channel && channel.permission_overwrites) || [];
      await (locked ? lockChannel : unlockChannel)(channel.guild_id, channelId, all, reason);
    },
  };
}

/** An overwrite as it is, or as if it said nothing. */
interface Overwritten {
  readonly id: string;
  readonly type: OverwriteType;
  readonly allow: bigint;
  readonly deny: bigint;
}

function overwritesOf(
  all: readonly APIOverwrite[],
  serverId: string,
  selfId: string | undefined,
): readonly [everyone: Overwritten, own: Overwritten] {
  const found = (id: string, type: OverwriteType): Overwritten => {
    const { allow = "0", deny = "0" } = all.find((each) => each.id === id) ?? {};
    return { id, type, allow: BigInt(allow), deny: BigInt(deny) };
  };
  // The role @everyone has the server's id.
  return [found(serverId, OverwriteType.Role), found(selfId ?? "", OverwriteType.Member)];
}

const writingOf = ({ allow, deny }: Overwritten) => ({
  allow: String(allow & writing),
  deny: String(deny & writing),
});

const bitsOf = (former: Former["everyone"] | undefined) => ({
  allow: BigInt(former?.allow ?? "0"),
  deny: BigInt(former?.deny ?? "0"),
});

/** What this adapter has kept itself, perhaps before a restart. */
const readFormer = (kept: Json | undefined): Former | undefined =>
  typeof kept === "object" && kept !== null && "everyone" in kept ? (kept as unknown as Former) : undefined;
