import { Close, Intent, knownIntents, Op } from "../constants.ts";
import { applicationFlags } from "../simulation.ts";
import { guildCreateObject } from "../wire.ts";
import { type Connection, onShard, type Session } from "./connection.ts";
import { closeConnection, dispatchTo, type Gateway, type ScriptedAnswer, send, takeScripted } from "./hub.ts";
import { disallowed } from "./intents.ts";
import { answerMembers } from "./members.ts";

interface Identify {
  token: string;
  intents: number;
  shard?: [number, number];
}

interface Resume {
  token: string;
  session_id: string;
  seq: number;
}

/** At most this many frames a minute ("Gateway", Rate Limiting); more is close code 4008. */
const framesPerMinute = 120;

/** A close code and its reason; nothing when the frame was in order. */
type Refusal = readonly [code: number, reason: string] | undefined;

/** Handles one frame from the bot. */
export function receive(gateway: Gateway, connection: Connection, text: string): void {
  const refusal = handle(gateway, connection, text);
  if (refusal !== undefined) closeConnection(gateway, connection, ...refusal);
}

function handle(gateway: Gateway, connection: Connection, text: string): Refusal {
  const { world, report, formats } = gateway.simulation;
  const now = world.now();
  connection.received = [...connection.received.filter((at) => now - at < 60_000), now];
  if (connection.received.length > framesPerMinute) return [Close.RateLimited, "Rate limited."];
  const frame = parse(text);
  if (frame === undefined) return [Close.DecodeError, "Error while decoding payload."];
  const { number, path } = connection;
  gateway.events.record({ kind: "received", at: now, connection: number, path, op: frame.op, d: frame.d });
  const errors = formats?.gatewaySend(frame) ?? [];
  if (errors.length > 0) report({ where: `gateway op ${frame.op}`, errors, value: frame });
  switch (frame.op) {
    case Op.Heartbeat:
      if (gateway.acknowledging) send(gateway, connection, { op: Op.HeartbeatAck, d: null });
      return undefined;
    case Op.Identify:
      return identify(gateway, connection, frame.d as Identify);
    case Op.Resume:
      return resume(gateway, connection, frame.d as Resume);
    case Op.PresenceUpdate:
    case Op.VoiceStateUpdate:
    case Op.RequestGuildMembers:
      if (connection.session === undefined) return [Close.NotAuthenticated, "Not authenticated."];
      if (frame.op === Op.RequestGuildMembers) answerMembers(gateway, connection.session, frame.d);
      return undefined;
    default:
      return [Close.UnknownOpcode, "Unknown opcode."];
  }
}

function parse(text: string): { op: number; d: unknown } | undefined {
  try {
    const frame: unknown = JSON.parse(text);
    return typeof frame === "object" && frame !== null && "op" in frame && typeof frame.op === "number"
      ? { op: frame.op, d: "d" in frame ? frame.d : undefined }
      : undefined;
  } catch {
    return undefined;
  }
}

function identify(gateway: Gateway, connection: Connection, data: Identify): Refusal {
  const { portal, world, report } = gateway.simulation;
  if (connection.session !== undefined) return [Close.AlreadyAuthenticated, "Already authenticated."];
  if (portal.sessionStart.remaining <= 0)
    report({ where: "gateway op 2", errors: ["IDENTIFY with no session starts left"], value: portal.sessionStart });
  portal.sessionStart.remaining = Math.max(0, portal.sessionStart.remaining - 1);
  const scripted = takeScripted(gateway, "identify");
  if (scripted !== undefined) return followScript(gateway, connection, scripted);
  if (data.token !== portal.token) return [Close.AuthenticationFailed, "Authentication failed."];
  const [shard, count] = data.shard ?? [0, 1];
  if (shard < 0 || shard >= count) return [Close.InvalidShard, "Invalid shard."];
  if ((data.intents & ~knownIntents) !== 0) return [Close.InvalidIntents, "Invalid intent(s)."];
  if (disallowed(portal, data.intents)) return [Close.DisallowedIntents, "Disallowed intent(s)."];
  const session: Session = {
    id: `session-${world.nextId()}`,
    intents: data.intents,
    shard: [shard, count],
    sequence: 0,
    buffer: [],
    connection,
  };
  connection.session = session;
  gateway.sessions.set(session.id, session);
  greet(gateway, session, data.shard !== undefined);
  return undefined;
}

/** READY names the guilds as unavailable; GUILD_CREATE follows for each that is not in an outage. */
function greet(gateway: Gateway, session: Session, tellShard: boolean): void {
  const { world, portal } = gateway.simulation;
  const guilds = [...world.guilds.values()].filter(({ id }) => onShard(session, id));
  dispatchTo(gateway, session, "READY", {
    v: 10,
    user: { ...world.bot, verified: true, mfa_enabled: true, email: null },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `${gateway.url}/resume`,
    ...(tellShard ? { shard: session.shard } : {}),
    application: { id: world.applicationId, flags: applicationFlags(portal), flags_new: `${applicationFlags(portal)}` },
  });
  if ((session.intents & Intent.Guilds) === 0) return;
  const withPresences = (session.intents & Intent.GuildPresences) !== 0;
  for (const guild of guilds)
    if (guild.available) dispatchTo(gateway, session, "GUILD_CREATE", guildCreateObject(world, guild, withPresences));
}

function resume(gateway: Gateway, connection: Connection, data: Resume): Refusal {
  const scripted = takeScripted(gateway, "resume");
  if (scripted !== undefined) return followScript(gateway, connection, scripted);
  if (data.token !== gateway.simulation.portal.token) return [Close.AuthenticationFailed, "Authentication failed."];
  const session = gateway.sessions.get(data.session_id);
  if (session === undefined) {
    send(gateway, connection, { op: Op.InvalidSession, d: false });
    return undefined;
  }
  if (data.seq > session.sequence) return [Close.InvalidSeq, "Invalid seq."];
  if (session.connection !== connection) session.connection?.socket.terminate();
  session.connection = connection;
  connection.session = session;
  for (const frame of session.buffer.filter(({ s }) => s > data.seq))
    send(gateway, connection, { op: Op.Dispatch, ...frame });
  dispatchTo(gateway, session, "RESUMED", { _trace: [] });
  return undefined;
}

function followScript(gateway: Gateway, connection: Connection, answer: ScriptedAnswer): Refusal {
  if (answer.close !== undefined) return [answer.close, "as the test asked"];
  send(gateway, connection, { op: Op.InvalidSession, d: answer.invalidSession ?? false });
  return undefined;
}
