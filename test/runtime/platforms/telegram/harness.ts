import type { CommandForm, Settings } from "../../../../src/contracts/platform.ts";
import type { Capability, Feed } from "../../../../src/contracts/right.ts";
import type { SecretText } from "../../../../src/language/secret-reference.ts";
import { connect } from "../../../../src/runtime/platforms/telegram/index.ts";
import { startTelegramSimulator, type TelegramSimulator } from "../../../simulators/telegram/index.ts";
import type { GroupOptions } from "../../../simulators/telegram/people.ts";
import { type Surroundings, surroundings } from "../harness.ts";

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

export interface Harness extends Surroundings<PlanOptions> {
  telegram: TelegramSimulator;
  /** Requests that change something, as method names. */
  writes(): string[];
}

export async function createHarness(options: { privacy?: boolean } = {}): Promise<Harness> {
  const telegram = await startTelegramSimulator({ token, redeliverAfter: 5, ...options });
  const around = surroundings<PlanOptions>(connect, {
    environment: { TELEGRAM_TOKEN: token, PATH_TOKEN: "path-token", SECRET_TOKEN: "secret-token" },
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
      webhooks: [],
      commands,
    }),
    simulator: telegram,
  });
  return Object.assign(around, {
    telegram,
    writes: () =>
      telegram.calls.all
        .map(({ method }) => method)
        .filter((method) =>
          /^(set|delete|send|edit|pin|unpin|create|close|reopen|ban|unban|restrict|answer)/.test(method),
        ),
  });
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

export { platformError } from "../harness.ts";
