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
  /** Closes the connection for good; from now on nothing is told of its state. */
  close(): Promise<void>;
}

/** Builds a connection; its events wait behind a closed door until `release`. */
export function makeLink(
  connect: Connect,
  plan: ConnectionPlan,
  sink: EventSink,
  dependencies: Omit<ConnectDependencies, "sink">,
): Link {
  let closing = false;
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
    onState(state) {
      if (!closing) dependencies.onState(state);
    },
    sink: {
      handle: (event) => (open ? sink.handle(event) : door.then(() => sink.handle(event))),
      caughtUp: sink.caughtUp,
    },
  });
  return {
    connection,
    plan,
    release,
    close() {
      closing = true;
      return connection.close();
    },
  };
}

/** Gone for good: only another connection can take its place. */
export function isClosed({ connection }: Link): boolean {
  return connection.state().state === "closed";
}

export type Opened =
  | { readonly ok: true }
  /** `temporary`: the file is not to blame, and trying again later may work. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly temporary: boolean };

/** Opens a connection and finds every name of the file in its home servers; closes it again where that fails. */
export async function openLink(
  link: Link,
  plan: BotPlan,
  services: Pick<Services, "store">,
  settingPosition: SettingPosition,
): Promise<Opened> {
  const { connection } = link;
  try {
    await connection.open();
    const problems = await missingNames(connection, plan, services, settingPosition);
    if (problems.length === 0) return { ok: true };
    await link.close();
    return { ok: false, problems, temporary: false };
  } catch (error) {
    await link.close().catch(() => undefined);
    if (!(error instanceof PlatformError)) throw error;
    const problems = [startProblem(connection.platform, error, settingPosition)];
    return { ok: false, problems, temporary: error.isPassing };
  }
}

type SettingPosition = (platform: string, setting: string | undefined) => Position | undefined;

function startProblem(platform: string, error: PlatformError, settingPosition: SettingPosition): Problem {
  const at = settingPosition(platform, error.setting);
  const message = `${platform} cannot start: ${error.message}`;
  if (at === undefined) return message;
  return { ...at, code: "platform-start", severity: "error", message };
}

/**
 * Like {@link missingNames}, for a connection that is open already. A platform that cannot be asked just now keeps nobody
 * from changing the file: what is not found is then told by the action that needs it.
 */
export async function missingNamesNow(
  connection: Connection,
  plan: BotPlan,
  services: Pick<Services, "store" | "log">,
  settingPosition: SettingPosition,
): Promise<readonly Problem[]> {
  try {
    return await missingNames(connection, plan, services, settingPosition);
  } catch (error) {
    if (!(error instanceof PlatformError && error.isPassing)) throw error;
    const { platform } = connection;
    services.log.warn({ platform, why: (error as Error).message }, "the names of the file could not be looked up now");
    return [];
  }
}

/** Looks for every name of the file on the home servers of one platform. */
async function missingNames(
  connection: Connection,
  plan: BotPlan,
  services: Pick<Services, "store">,
  settingPosition: SettingPosition,
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
      if (use.platform !== platform) continue;
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
