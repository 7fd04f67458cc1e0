import { isDeepStrictEqual } from "node:util";
import {
  type GatewayDispatchPayload,
  type GatewayPresenceUpdateData,
  GatewayOpcodes as Op,
  WebSocketShardStatus as Status,
  type WebSocketOptions,
} from "discord.js";
import { createShard, type Shard } from "./shard.ts";
import { shardOf } from "./sharding.ts";
import type { Turns } from "./turns.ts";

type Strategy = ReturnType<NonNullable<WebSocketOptions["buildStrategy"]>>;
type Manager = Parameters<NonNullable<WebSocketOptions["buildStrategy"]>>[0];

/** The part of the library's manager that events are handed to; its event names are an enum that is not exported. */
interface Hub {
  emit(event: "ready" | "dispatch" | "resumed", payload: object): unknown;
}

/** All shards of one bot, in place of the library's own. */
export interface Link {
  /** For the client's options. */
  readonly buildStrategy: (manager: Manager) => Strategy;
  /** Logs in anew with other intents; falls back to those before where Discord refuses. @throws GatewayRefusal */
  changeIntents(intents: number): Promise<void>;
  intents(): number;
  showPresence(presence: GatewayPresenceUpdateData): void;
  /** Asks who is on a server; the answer comes as GUILD_MEMBERS_CHUNK. */
  requestMembers(guildId: string): void;
  /** Ends all sessions. Nothing is connected any more when this resolves. */
  stop(): Promise<void>;
}

export interface LinkParts {
  readonly token: string;
  readonly turns: Turns;
  readonly now: () => number;
  readonly intents: number;
  readonly presence: GatewayPresenceUpdateData;
  readonly heard: (payload: GatewayDispatchPayload) => void;
  readonly refused: (why: unknown) => void;
  readonly trouble: (why: string | undefined) => void;
  readonly failed: (error: unknown) => void;
}

export function createLink(parts: LinkParts): Link {
  const { failed } = parts;
  const shards = new Map<number, Shard>();
  let url = "";
  const troubled = new Set<number>();
  let { intents, presence } = parts;

  const stop = async () => {
    await Promise.all([...shards.values()].map((shard) => shard.stop()));
  };

  const states = () =>
    new Map([...shards].map(([id, shard]) => [id, shard.ready() ? Status.Ready : Status.Connecting]));

  const restart = async () => {
    // One after another: whichever is refused first says it for all.
    for (const shard of shards.values()) await shard.restart();
  };

  return {
    intents: () => intents,
    buildStrategy(manager) {
      const hub = manager as unknown as Hub;
      const tell = (event: "ready" | "dispatch" | "resumed", payload: object) => {
        try {
          hub.emit(event, payload);
        } catch (error) {
          failed(error);
        }
      };
      const dispatch = (shardId: number) => (payload: GatewayDispatchPayload) => {
        if (payload.t === "READY") {
          const { session_id: sessionId, resume_gateway_url: resumeURL } = payload.d;
          // Never null afterwards: the library's handler of RESUMED reads it without asking.
          const shardCount = manager.options.shardCount ?? 1;
          void manager.options.updateSessionInfo(shardId, {
            sessionId,
            resumeURL,
            sequence: payload.s,
            shardId,
            shardCount,
          });
          tell("ready", { data: payload.d, shardId });
        } else if (payload.t === "RESUMED") tell("resumed", { shardId });
        tell("dispatch", { data: payload, shardId });
        parts.heard(payload);
      };
      const shardOf = (id: number, count: number) =>
        createShard({
          id,
          count,
          token: parts.token,
          turns: parts.turns,
          now: parts.now,
          url: () => url,
          login: () => ({ intents, presence }),
          dispatch: dispatch(id),
          refused: parts.refused,
          trouble(why) {
            if (why === undefined) troubled.delete(id);
            else troubled.add(id);
            parts.trouble(troubled.size === 0 ? undefined : (why ?? "Part of the line to Discord is down."));
          },
          failed,
        });
      return {
        async spawn(ids) {
          for (const id of ids) shards.set(id, shardOf(id, manager.options.shardCount ?? ids.length));
        },
        connect: async () => {
          ({ url } = await manager.fetchGatewayInformation());
          await Promise.all([...shards.values()].map((shard) => shard.start()));
        },
        destroy: stop,
        send: async (id, frame) => shards.get(id)?.send(frame),
        // Nobody asks; the library's type is a class of another version than the one it exports.
        fetchStatus: () => states() as unknown as Awaited<ReturnType<Strategy["fetchStatus"]>>,
      };
    },
    async changeIntents(wanted) {
      const before = intents;
      intents = wanted;
      try {
        await restart();
      } catch (error) {
        intents = before;
        await restart().catch(parts.refused);
        throw error;
      }
    },
    showPresence(wanted) {
      if (isDeepStrictEqual(wanted, presence)) return;
      presence = wanted;
      for (const shard of shards.values()) shard.send({ op: Op.PresenceUpdate, d: presence });
    },
    requestMembers(guildId) {
      shards
        .get(shardOf(guildId, shards.size))
        ?.send({ op: Op.RequestGuildMembers, d: { guild_id: guildId, query: "", limit: 0 } });
    },
    stop,
  };
}
