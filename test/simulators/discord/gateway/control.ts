import type { Recording } from "../../shared/recording.ts";
import { Intent, Op } from "../constants.ts";
import type { Guild } from "../state.ts";
import { guildCreateObject } from "../wire.ts";
import { type GatewayEvent, onShard } from "./connection.ts";
import { closeConnection, dispatch, dispatchTo, type Gateway, type ScriptedAnswer, send } from "./hub.ts";

/** How tests watch the gateway and make it misbehave. */
export interface GatewayControl {
  /** Every frame and connection. */
  readonly events: Recording<GatewayEvent>;
  /** Connections open now. */
  connected(): number;
  /** Times of all IDENTIFYs, by the simulator's clock, and their shard. */
  identifies(): { at: number; shard: number }[];
  /** Resolves when a session has been greeted with READY, resumed sessions not counted. */
  ready(count?: number): Promise<void>;
  resumed(count?: number): Promise<void>;
  /** Op 7: asks every connection to come again and resume. */
  reconnect(): void;
  /** Op 9 to every connection; without `resumable` the sessions are gone. */
  invalidate(resumable: boolean): void;
  /** Closes every connection with a code. Sessions stay where the documentation says that they can be resumed. */
  disconnect(code: number, reason?: string): void;
  /** Cuts every line without a closing handshake. */
  cut(): void;
  /** Stops or goes on acknowledging heartbeats. */
  acknowledgeHeartbeats(yes: boolean): void;
  /** A half-open line: nothing comes through in either direction, nothing is closed. New connections work. */
  freeze(): void;
  thaw(): void;
  /** The next `times` IDENTIFYs, RESUMEs or new connections get this answer; sessions are untouched. */
  answer(scripted: Omit<ScriptedAnswer, "times"> & { times?: number }): void;
  /** Forgets all sessions, so that RESUME is answered with op 9. */
  forgetSessions(): void;
  /** A guild in an outage: GUILD_DELETE with `unavailable`; `restore` sends GUILD_CREATE. */
  outage(guild: Guild): void;
  restore(guild: Guild): void;
}

export function createGatewayControl(gateway: Gateway): GatewayControl {
  const { events, connections } = gateway;
  const dispatched = async (event: string, count = 1) => {
    await events.waitForCount(count, ({ kind, t }) => kind === "sent" && t === event, { what: event });
  };
  const invalidate = (resumable: boolean) => {
    if (!resumable) gateway.sessions.clear();
    for (const connection of connections) send(gateway, connection, { op: Op.InvalidSession, d: resumable });
  };
  return {
    events,
    connected: () => connections.size,
    identifies: () =>
      events.all
        .filter(({ kind, op }) => kind === "received" && op === Op.Identify)
        .map(({ at, d }) => ({ at, shard: (d as { shard?: [number, number] }).shard?.[0] ?? 0 })),
    ready: (count) => dispatched("READY", count),
    resumed: (count) => dispatched("RESUMED", count),
    reconnect() {
      for (const connection of connections) send(gateway, connection, { op: Op.Reconnect, d: null });
    },
    invalidate,
    disconnect(code, reason) {
      for (const connection of connections) closeConnection(gateway, connection, code, reason);
    },
    cut() {
      for (const connection of connections) {
        connection.closedBy = "discord";
        connection.line.destroy();
      }
    },
    acknowledgeHeartbeats(yes) {
      gateway.acknowledging = yes;
    },
    freeze() {
      for (const connection of connections) {
        connection.frozen = true;
        connection.line.pause();
      }
    },
    thaw() {
      for (const connection of connections) {
        connection.frozen = false;
        connection.line.resume();
      }
    },
    answer(scripted) {
      gateway.scripted.push({ times: 1, ...scripted });
    },
    forgetSessions: () => gateway.sessions.clear(),
    outage(guild) {
      guild.available = false;
      dispatch(gateway, "GUILD_DELETE", { id: guild.id, unavailable: true }, guild);
    },
    restore(guild) {
      guild.available = true;
      for (const session of gateway.sessions.values()) {
        if (!onShard(session, guild.id) || (session.intents & Intent.Guilds) === 0) continue;
        const withPresences = (session.intents & Intent.GuildPresences) !== 0;
        dispatchTo(gateway, session, "GUILD_CREATE", guildCreateObject(gateway.simulation.world, guild, withPresences));
      }
    },
  };
}
