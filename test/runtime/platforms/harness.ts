import { expect } from "vitest";
import type { BotEvent, Json } from "../../../src/contracts/event.ts";
import type { Logger } from "../../../src/contracts/logger.ts";
import {
  type Connect,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
} from "../../../src/contracts/platform.ts";
import { resolveSecretText } from "../../../src/language/secret-reference.ts";
import { createRecording, type Recording } from "../../simulators/shared/recording.ts";

/** What stands around the connections of one bot, kept between them like the storage and the environment are. */
export interface Surroundings<PlanOptions> {
  environment: Record<string, string>;
  memory: Map<string, Json>;
  events: Recording<BotEvent>;
  states: Recording<ConnectionState>;
  /** Sentences of warnings and errors, and of what is less where the test wants it. */
  logged: string[];
  /** What the engine does with an event; nothing unless told. */
  answer: (event: BotEvent, connection: Connection) => Promise<void>;
  plan(options?: PlanOptions): ConnectionPlan;
  connect(plan?: ConnectionPlan): Connection;
  open(plan?: ConnectionPlan): Promise<Connection>;
  /** Closes every connection, then the simulator, to which nothing may have come against the published formats. */
  close(): Promise<void>;
}

interface Parts<PlanOptions> {
  readonly environment: Record<string, string>;
  readonly plan: (options?: PlanOptions) => ConnectionPlan;
  readonly simulator: { readonly problems: readonly unknown[]; close(): Promise<void> };
  readonly now?: () => number;
  /** Whether what is less than a warning is kept too. */
  readonly logsAll?: boolean;
}

export function surroundings<PlanOptions>(
  connect: Connect,
  { environment, plan, simulator, now = Date.now, logsAll = false }: Parts<PlanOptions>,
): Surroundings<PlanOptions> {
  const connections: Connection[] = [];
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const less = logsAll ? note : () => undefined;
  const log: Logger = { debug: less, info: less, warn: note, error: note, child: () => log };
  const memory = new Map<string, Json>();
  const self: Surroundings<PlanOptions> = {
    environment,
    memory,
    events: createRecording<BotEvent>(),
    states: createRecording<ConnectionState>(),
    logged,
    answer: async () => {},
    plan,
    connect(wanted = plan()) {
      const connection = connect(wanted, {
        sink: {
          async handle(event) {
            self.events.record(event);
            await self.answer(event, connection);
          },
          caughtUp: async () => {},
        },
        log,
        now,
        memory: {
          get: async (key) => memory.get(key),
          set: async (key, value) => void memory.set(key, JSON.parse(JSON.stringify(value)) as Json),
        },
        secret(reference) {
          const resolved = resolveSecretText(reference, { env: (name) => self.environment[name], file: () => "" });
          if (resolved.ok) return resolved.value;
          throw new PlatformError("start", resolved.missing[0]!.message);
        },
        onState: (state) => self.states.record(state),
      });
      connections.push(connection);
      return connection;
    },
    async open(wanted) {
      const connection = self.connect(wanted);
      await connection.open();
      return connection;
    },
    async close() {
      for (const connection of connections) await connection.close();
      const { problems } = simulator;
      await simulator.close();
      expect(problems).toEqual([]);
    },
  };
  return self;
}

/** The error that a call ends with. */
export async function platformError(call: Promise<unknown>): Promise<PlatformError> {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, not ${error}`);
}
