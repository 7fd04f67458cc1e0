import type { BotEvent, Json } from "../../../../src/contracts/event.ts";
import type { Logger } from "../../../../src/contracts/logger.ts";
import {
  type CommandForm,
  type Connection,
  type ConnectionPlan,
  type ConnectionState,
  PlatformError,
  type Settings,
} from "../../../../src/contracts/platform.ts";
import type { Capability, Feed } from "../../../../src/contracts/right.ts";
import { resolveSecretText, type SecretText } from "../../../../src/language/secret-reference.ts";
import { connect } from "../../../../src/runtime/platforms/telegram/index.ts";
import { createRecording, type Recording } from "../../../simulators/shared/recording.ts";
import type { GroupOptions } from "../../../simulators/telegram/people.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../../simulators/telegram/index.ts";

export const token = "4242:harbour-token";

const secret = (name: string): SecretText => ({ parts: [{ kind: "env", name }] });

const everyFeed: readonly Feed[] = [
  "messages",
  "message_text",
  "message_edits",
  "commands",
  "buttons",
  "members",
  "reactions",
  "threads",
];

export interface PlanOptions {
  commands?: readonly CommandForm[];
  feeds?: readonly Feed[];
  capabilities?: readonly Capability[];
  webhook?: Settings;
  settings?: Settings;
}

/** One bot: what stands around its connection, kept between connections like the storage and the environment are. */
export interface Harness {
  telegram: TelegramSimulator;
  environment: Record<string, string>;
  memory: Map<string, Json>;
  events: Recording<BotEvent>;
  states: Recording<ConnectionState>;
  /** Sentences of warnings and errors. */
  logged: string[];
  /** What the engine does with an event; nothing unless told. */
  answer: (event: BotEvent, connection: Connection) => Promise<void>;
  plan(options?: PlanOptions): ConnectionPlan;
  connect(plan?: ConnectionPlan): Connection;
  open(plan?: ConnectionPlan): Promise<Connection>;
  /** Requests that change something, as method names. */
  writes(): string[];
  close(): Promise<void>;
}

export async function createHarness(options: { privacy?: boolean } = {}): Promise<Harness> {
  const telegram = await startTelegramSimulator({ token, redeliverAfter: 5, ...options });
  const connections: Connection[] = [];
  const memory = new Map<string, Json>();
  const events = createRecording<BotEvent>();
  const states = createRecording<ConnectionState>();
  const logged: string[] = [];
  const note = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Logger = { debug() {}, info() {}, warn: note, error: note, child: () => log };

  const harness: Harness = {
    telegram,
    environment: { TELEGRAM_TOKEN: token, PATH_TOKEN: "path-token", SECRET_TOKEN: "secret-token" },
    memory,
    events,
    states,
    logged,
    answer: async () => {},
    plan: ({ commands = [], feeds = everyFeed, capabilities = [], webhook, settings } = {}) => ({
      platform: "telegram",
      botName: "Harbour",
      settings: {
        token: secret("TELEGRAM_TOKEN"),
        api_root: telegram.url,
        ...(webhook === undefined
          ? {}
          : { webhook: { path_token: secret("PATH_TOKEN"), secret_token: secret("SECRET_TOKEN"), ...webhook } }),
        ...settings,
      },
      feeds,
      capabilities,
      rights: [],
      commands,
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
        now: Date.now,
        memory: {
          get: async (key) => memory.get(key),
          set: async (key, value) => void memory.set(key, JSON.parse(JSON.stringify(value)) as Json),
        },
        secret(reference) {
          const resolved = resolveSecretText(reference, {
            env: (name) => harness.environment[name],
            file: () => "",
          });
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
    writes: () =>
      telegram.calls.all
        .map(({ method }) => method)
        .filter((method) =>
          /^(set|delete|send|edit|pin|unpin|create|close|reopen|ban|unban|restrict|answer)/.test(method),
        ),
    async close() {
      for (const connection of connections) await connection.close();
      await telegram.close();
    },
  };
  return harness;
}

/** Ada and Bob in a supergroup of Olga's where the bot is an administrator. */
export function harbour(telegram: TelegramSimulator, options: Pick<Partial<GroupOptions>, "forum" | "rights"> = {}) {
  const ada = telegram.user({ first_name: "Ada", last_name: "Lovelace", username: "ada", language_code: "en" });
  const bob = telegram.user({ first_name: "Bob" });
  const olga = telegram.user({ first_name: "Olga", username: "olga" });
  const group = telegram.group({
    title: "Harbour",
    owner: olga,
    members: [ada, bob],
    rights: ["can_delete_messages", "can_restrict_members", "can_pin_messages", "can_manage_topics"],
    ...options,
  });
  return { ada, bob, olga, group, serverId: String(group.id) };
}

/** The error that a call ends with. */
export async function platformError(call: Promise<unknown>): Promise<PlatformError> {
  const error = await call.then(() => undefined).catch((thrown: unknown) => thrown);
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, not ${error}`);
}
