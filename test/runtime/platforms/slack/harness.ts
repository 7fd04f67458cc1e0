import type { BotEvent, Json } from "../../../../src/contracts/event.ts";
import type { Logger } from "../../../../src/contracts/logger.ts";
import {
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
  type Settings,
} from "../../../../src/contracts/platform.ts";
import type { Feed } from "../../../../src/contracts/right.ts";
import { resolveSecretText, type SecretText } from "../../../../src/language/secret-reference.ts";
import { connect } from "../../../../src/runtime/platforms/slack/index.ts";
import { createRecording, type Recording } from "../../../simulators/shared/recording.ts";
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from "../../../simulators/slack/index.ts";

const secret = (name: string): SecretText => ({ parts: [{ kind: "env", name }] });

const everyFeed: readonly Feed[] = [
  "messages",
  "message_text",
  "message_edits",
  "message_deletions",
  "commands",
  "buttons",
  "members",
  "member_roles",
  "reactions",
];

export interface PlanOptions extends Partial<Omit<ConnectionPlan, "platform">> {
  settings?: Settings;
  /** Events over HTTP, on this port of 127.0.0.1. */
  http?: number;
}

/** One bot: what stands around its connection, kept between connections like the storage and the environment are. */
export interface Harness {
  slack: SlackSimulator;
  environment: Record<string, string>;
  events: Recording<BotEvent>;
  states: Recording<ConnectionState>;
  /** Sentences of warnings and errors. */
  logged: string[];
  /** What the engine does with an event; nothing unless told. */
  answer: (event: BotEvent, connection: Connection) => Promise<void>;
  plan(options?: PlanOptions): ConnectionPlan;
  connect(plan?: ConnectionPlan): Connection;
  open(plan?: ConnectionPlan): Promise<Connection>;
  /** Calls of one method so far. */
  calls(method: string): number;
  close(): Promise<void>;
}

export async function createHarness(options: SlackSimulatorOptions = {}): Promise<Harness> {
  const slack = await startSlackSimulator(options);
  const connections: Connection[] = [];
  const events = createRecording<BotEvent>();
  const states = createRecording<ConnectionState>();
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log };

  const harness: Harness = {
    slack,
    environment: { BOT: slack.botToken, APP: slack.appToken, SIGNING: slack.signingSecret },
    events,
    states,
    logged,
    answer: async () => {},
    plan: ({ settings, http, ...rest } = {}) => ({
      platform: "slack",
      botName: "Harbour",
      settings: {
        bot_token: secret("BOT"),
        ...(http === undefined
          ? { app_token: secret("APP") }
          : { signing_secret: secret("SIGNING"), listen: `127.0.0.1:${http}` }),
        command: "/harbour",
        api_root: slack.apiUrl,
        ...settings,
      },
      feeds: everyFeed,
      capabilities: [],
      rights: [],
      commands: [],
      ...rest,
    }),
    connect(plan = harness.plan()) {
      const connection = connect(plan, {
        sink: {
          async handle(event) {
            events.record(event);
            await harness.answer(event, connection);
          },
          caughtUp: async () => {},
        },
        log,
        now: options.now ?? Date.now,
        memory: { get: async () => undefined, set: async () => undefined },
        secret(reference) {
          const resolved = resolveSecretText(reference, { env: (name) => harness.environment[name], file: () => "" });
          if (resolved.ok) return resolved.value;
          throw new PlatformError("start", resolved.missing[0]!.message);
        },
        onState: (state) => states.record(state),
      });
      connections.push(connection);
      return connection;
    },
    async open(plan) {
      const connection = harness.connect(plan);
      await connection.open();
      return connection;
    },
    calls: (method) => slack.calls.all.filter((call) => call.method === method).length,
    async close() {
      for (const connection of connections) await connection.close();
      await slack.close();
    },
  };
  return harness;
}

/** The event's origin as it comes back from the store. */
export const stored = (event: BotEvent): Json => JSON.parse(JSON.stringify(event.origin)) as Json;

/** The error that a call ends with. */
export async function platformError(call: Promise<unknown>): Promise<PlatformError> {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, not ${error}`);
}
