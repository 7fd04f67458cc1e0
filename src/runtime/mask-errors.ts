import {
  type Connect,
  type Connection,
  type ConnectionState,
  PlatformError,
  type PlatformPort,
} from "../contracts/platform.ts";

type Mask = (text: string) => string;

/**
 * A platform's own words in an error may repeat what was sent to it, such as the address with the token. Errors and
 * states are shown to people in chats, so none leaves an adapter unmasked.
 */
export function maskErrors(connect: Connect, mask: Mask): Connect {
  const rethrow = (error: unknown): never => {
    if (error instanceof PlatformError) error.message = mask(error.message);
    throw error;
  };
  const masked = (state: ConnectionState): ConnectionState =>
    "why" in state ? { ...state, why: mask(state.why) } : state;
  return (plan, dependencies) => {
    const connection: Connection = connect(plan, {
      ...dependencies,
      onState: (state) => dependencies.onState(masked(state)),
    });
    return {
      platform: connection.platform,
      port: maskPort(connection.port, rethrow),
      open: () => connection.open().catch(rethrow),
      converge: (next) => connection.converge(next).catch(rethrow),
      needsReplacing: (next) => connection.needsReplacing(next),
      state: () => masked(connection.state()),
      stopIntake: () => connection.stopIntake().catch(rethrow),
      close: () => connection.close().catch(rethrow),
    };
  };
}

/** What a port answers from memory has no errors; everything else answers with a promise. */
function maskPort(port: PlatformPort, rethrow: (error: unknown) => never): PlatformPort {
  const members = Object.entries(port).map(([name, member]: [string, unknown]) => {
    if (typeof member !== "function") return [name, member];
    const masked = (...args: unknown[]): unknown => {
      const answer: unknown = member.apply(port, args);
      return answer instanceof Promise ? answer.catch(rethrow) : answer;
    };
    return [name, masked];
  });
  return Object.fromEntries(members) as PlatformPort;
}
