import type { APIMessage } from "discord.js";
import { startLoopback } from "../shared/loopback.ts";
import { createRecording, type Recording } from "../shared/recording.ts";
import { type Administration, createAdministration } from "./administration.ts";
import { createDoings, type Doings } from "./doings.ts";
import type { GatewayEvent } from "./gateway/connection.ts";
import { createGatewayControl, type GatewayControl } from "./gateway/control.ts";
import { attachGateway } from "./gateway/gateway.ts";
import { dispatch, type Gateway } from "./gateway/hub.ts";
import { createPeople, type People } from "./interactions/people.ts";
import { createPlaces, type Places } from "./places.ts";
import type { Misbehaviour } from "./rest/misbehave.ts";
import { type Call, restHandler } from "./rest/server.ts";
import { type Problem, wireFormats } from "./schema.ts";
import { addGuild, type GuildSeed } from "./seeds.ts";
import type { Portal, Simulation } from "./simulation.ts";
import { type Channel, createWorld, type Guild, type World } from "./state.ts";

export interface DiscordOptions {
  /** The bot's token; one of the usual shape unless told. */
  token?: string;
  /** One guild "Harbour" unless told. */
  guilds?: readonly GuildSeed[];
  /** The bot's name. */
  name?: string;
  /** The switches of the developer portal; all privileged intents are on unless told. */
  portal?: Partial<Omit<Portal, "token">>;
  /** Milliseconds since 1970; decides about late interactions, ids and limits. */
  now?: () => number;
  /** Milliseconds; 41,250 unless told, as Discord has it. */
  heartbeatInterval?: number;
  /** A port to come back at; a free one unless told. */
  port?: number;
  /** Also check what the simulator itself says. */
  checkOutgoing?: boolean;
}

/** Something that the bot said where everybody in the channel can read it; an ephemeral answer is the interaction's. */
export interface Post {
  channel: Channel;
  message: APIMessage;
}

export interface DiscordSimulator extends Doings, People, Administration {
  /** For discord.js's `rest: { api }`: `http://127.0.0.1:port/api`. */
  apiRoot: string;
  port: number;
  token: string;
  /** Every REST request, before it is answered. */
  calls: Recording<Call>;
  /** What the bot posts, direct messages and public answers to interactions too; edits are not in it. */
  posts: Recording<Post>;
  /** Requests and frames that the published formats do not allow; empty at the end of a good test. */
  problems: readonly Problem[];
  gateway: GatewayControl;
  /** Changeable while running. */
  portal: Portal;
  world: World;
  find: Places;
  /** Makes the next REST answers go wrong. */
  misbehave(rule: Misbehaviour): void;
  /** Behaves again. */
  behave(): void;
  /** The bot comes into another guild, or is thrown out of one. */
  inviteBot(guild: GuildSeed): Guild;
  expelBot(guild: string): void;
  /** Dispatches any event, for what no doing expresses. */
  dispatch(event: string, data: object, guild?: string): void;
  /** Makes the old token worthless: REST answers 401, connections are closed with 4004. */
  changeToken(token: string): void;
  close(): Promise<void>;
}

/** Three parts as in a real token, none of them a secret. */
const usualToken = "MTAwMDAwMDAwMDAwMDAwMDAw.AAAAAA.simulated-token-of-no-real-bot";

/** Discord's REST API and gateway, version 10, on 127.0.0.1. */
export async function startDiscordSimulator(options: DiscordOptions = {}): Promise<DiscordSimulator> {
  const now = options.now ?? Date.now;
  const world = createWorld(now, options.name ?? "Harbour Bot");
  for (const seed of options.guilds ?? [{ name: "Harbour" }]) addGuild(world, seed);
  const portal: Portal = {
    token: options.token ?? usualToken,
    privileged: { members: true, presences: true, messageContent: true },
    sessionStart: { total: 1000, remaining: 1000, resetAfter: 14_400_000, maxConcurrency: 1 },
    recommendedShards: 1,
    commandCreatesLeft: 200,
    ...options.portal,
  };
  const problems: Problem[] = [];
  const rules: Misbehaviour[] = [];
  const calls = createRecording<Call>(({ method, path, status }) => `${method} ${path} ${status ?? "(no answer yet)"}`);
  const posts = createRecording<Post>(({ channel, message }) => `${channel.name}: ${message.content}`);
  const noteOwnPost = ({ id, channel_id, author }: APIMessage) => {
    const channel = world.channels.get(channel_id);
    const message = channel?.messages.get(id);
    if (author.id === world.bot.id && channel && message) posts.record({ channel, message });
  };
  const simulation: Simulation = {
    world,
    portal,
    formats: wireFormats(),
    interactions: new Map(),
    dispatch(event, data, guild) {
      dispatch(gateway, event, data, guild);
      if (event === "MESSAGE_CREATE") noteOwnPost(data as APIMessage);
    },
    report: (problem) => problems.push(problem),
    checkOutgoing: options.checkOutgoing ?? false,
    url: "",
  };
  const gateway: Gateway = {
    simulation,
    url: "",
    heartbeatInterval: options.heartbeatInterval ?? 41_250,
    events: createRecording<GatewayEvent>(
      ({ kind, op, t, code }) => `${kind} ${op ?? ""} ${t ?? ""} ${code === undefined ? "" : `code ${code}`}`,
    ),
    connections: new Set(),
    sessions: new Map(),
    acknowledging: true,
    listed: new Map(),
    scripted: [],
  };
  const server = await startLoopback(restHandler(simulation, calls, rules), {
    ...(options.port === undefined ? {} : { port: options.port }),
    onError: (error) => problems.push({ where: "simulator", errors: [String(error)], value: error }),
  });
  simulation.url = server.url;
  gateway.url = server.url.replace("http:", "ws:");
  const attached = attachGateway(server.server, gateway);
  const control = createGatewayControl(gateway);
  const find = createPlaces(world);
  return {
    ...createDoings(simulation, find),
    ...createPeople(simulation, find),
    ...createAdministration(simulation, find),
    apiRoot: `${server.url}/api`,
    port: server.port,
    token: portal.token,
    calls,
    posts,
    problems,
    gateway: control,
    portal,
    world,
    find,
    misbehave: (rule) => rules.push({ ...rule }),
    behave: () => rules.splice(0),
    inviteBot(seed) {
      const guild = addGuild(world, seed);
      control.restore(guild);
      return guild;
    },
    expelBot(reference) {
      const guild = find.guild(reference);
      for (const id of guild.channels.keys()) world.channels.delete(id);
      world.guilds.delete(guild.id);
      dispatch(gateway, "GUILD_DELETE", { id: guild.id }, guild);
    },
    dispatch: (event, data, guild) =>
      dispatch(gateway, event, data, guild === undefined ? undefined : find.guild(guild)),
    changeToken(token) {
      portal.token = token;
      control.disconnect(4004, "Authentication failed.");
    },
    async close() {
      attached.close();
      await server.close();
    },
  };
}
