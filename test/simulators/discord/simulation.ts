import { ApplicationFlag } from "./constants.ts";
import type { Interaction } from "./interactions/state.ts";
import type { Problem, WireFormats } from "./schema.ts";
import type { Guild, World } from "./state.ts";

/** What is set on the bot's page of the developer portal; tests change it while the simulator runs. */
export interface Portal {
  token: string;
  /** The switches for privileged intents. */
  privileged: { members: boolean; presences: boolean; messageContent: boolean };
  /** What GET /gateway/bot says; `remaining` falls with every IDENTIFY. */
  sessionStart: { total: number; remaining: number; resetAfter: number; maxConcurrency: number };
  recommendedShards: number;
  /** How many application commands may still be created today; 200 a day, for each guild and globally together here. */
  commandCreatesLeft: number;
}

/** Tells every session that listens. A direct message's events have no guild. */
export type Dispatch = (event: string, data: object, guild?: Guild) => void;

/** What the REST side, the gateway and the tests' own hands work on. */
export interface Simulation {
  world: World;
  portal: Portal;
  formats: WireFormats | undefined;
  /** By token. */
  interactions: Map<string, Interaction>;
  dispatch: Dispatch;
  report(problem: Problem): void;
  /** Checks what the simulator itself says when `checkOutgoing` was asked for. */
  checkOutgoing: boolean;
  /** Without a slash at the end; uploaded files are served under it. */
  url: string;
}

/** The application's flags say which privileged intents are switched on. */
export function applicationFlags({ privileged }: Portal): number {
  return (
    (privileged.members ? ApplicationFlag.GatewayGuildMembersLimited : 0) |
    (privileged.presences ? ApplicationFlag.GatewayPresenceLimited : 0) |
    (privileged.messageContent ? ApplicationFlag.GatewayMessageContentLimited : 0)
  );
}
