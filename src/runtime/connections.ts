import type { EventSink } from "../contracts/event.ts";
import type { Logger } from "../contracts/logger.ts";
import {
  type Connect,
  type ConnectDependencies,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
} from "../contracts/platform.ts";
import type { BotPlan } from "../plan/program.ts";
import { findName } from "./engine/names.ts";
import type { Position, Problem } from "./loaded.ts";
import type { Services } from "./services.ts";

/** A connection with the door that keeps its events back until the plan that it belongs to serves. */
export interface Link {
  readonly connection: Connection;
  readonly plan: ConnectionPlan;
  /** Lets events through, those kept back first. */
  release(): void;
}

/** Builds a connection; its events wait behind a closed door until `release`. */
export function makeLink(
  connect: Connect,
  plan: ConnectionPlan,
  sink: EventSink,
  dependencies: Omit<ConnectDependencies, "sink">,
): Link {
  let release: () => void = () => undefined;
  let open = false;
  const door = new Promise<void>((resolve) => {
    release = () => {
      open = true;
      resolve();
    };
  });
  const connection = connect(plan, {
    ...dependencies,
    sink: { handle: (event) => (open ? sink.handle(event) : door.then(() => sink.handle(event))) },
  });
  return { connection, plan, release };
}

/** Opens a connection and finds every name of the file in its home servers. @returns what is wrong, if anything. */
export async function openLink(
  link: Link,
  plan: BotPlan,
  services: Pick<Services, "store">,
  settingPosition: (platform: string, setting: string | undefined) => Position | undefined,
): Promise<readonly Problem[]> {
  const { connection } = link;
  try {
    await connection.open();
    const problems = await missingNames(connection, plan, services, settingPosition);
    if (problems.length === 0) return [];
    await connection.close();
    return problems;
  } catch (error) {
    await connection.close().catch(() => undefined);
    if (!(error instanceof PlatformError)) throw error;
    return [startProblem(connection.platform, error, settingPosition)];
  }
}

function startProblem(
  platform: string,
  error: PlatformError,
  settingPosition: (platform: string, setting: string | undefined) => Position | undefined,
): Problem {
  const at = settingPosition(platform, error.setting);
  const message = `${platform} cannot start: ${error.message}`;
  if (at === undefined) return message;
  return { ...at, code: "platform-start", severity: "error", message };
}

/**
 * Looks for every name of the file on the home servers of one platform. A name without a place in the file (an alias that
 * this platform does not have) is not asked for.
 */
export async function missingNames(
  connection: Connection,
  plan: BotPlan,
  services: Pick<Services, "store">,
  settingPosition: (platform: string, setting: string | undefined) => Position | undefined,
): Promise<readonly Problem[]> {
  const { platform, port } = connection;
  const written = plan.config.platforms[platform]?.servers;
  const servers = Array.isArray(written) ? written.map(String) : [];
  const problems: Problem[] = [];
  const add = (at: Position | undefined, code: "unknown-server" | "unknown-name", message: string) =>
    problems.push(at === undefined ? message : { ...at, code, severity: "error", message });
  for (const name of servers) {
    const server = await port.server(name);
    if (server === undefined) {
      add(
        settingPosition(platform, "servers"),
        "unknown-server",
        `the bot is not in a server "${name}" on ${platform}`,
      );
      continue;
    }
    for (const use of plan.nameUses) {
      if (use.platform !== undefined && use.platform !== platform) continue;
      const answer = await findName(services, { plan }, port, use.kind, server.id, use.name);
      if (answer.found === "one" || answer.found === "unknown") continue;
      const near = answer.found === "none" && answer.near !== undefined ? ` Did you mean "${answer.near}"?` : "";
      const what =
        answer.found === "many"
          ? `"${use.name}" fits more than one ${use.kind} of "${server.name}" on ${platform}`
          : `there is no ${use.kind} "${use.name}" in "${server.name}" on ${platform}.${near}`;
      add(use.position, "unknown-name", what);
    }
  }
  return problems;
}

/** Says in the log what became of a connection. */
export function logState(log: Logger, platform: string, state: ConnectionState): void {
  if (state.state === "open") log.info({ platform }, "connected");
  else if (state.state === "degraded") log.warn({ platform, why: state.why }, "connected, but not everything works");
  else if (state.state === "closed" && state.clean !== true) log.error({ platform, why: state.why }, "connection lost");
}
