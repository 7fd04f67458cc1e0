import type { BotEvent, Json } from "../../../../src/contracts/event.ts";
import type { ConnectionPlan, Settings } from "../../../../src/contracts/platform.ts";
import type { Feed } from "../../../../src/contracts/right.ts";
import type { SecretText } from "../../../../src/language/secret-reference.ts";
import { connect } from "../../../../src/runtime/platforms/slack/index.ts";
import {
  type SlackSimulator,
  type SlackSimulatorOptions,
  startSlackSimulator,
} from "../../../simulators/slack/index.ts";
import { type Surroundings, surroundings } from "../harness.ts";

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

export interface Harness extends Surroundings<PlanOptions> {
  slack: SlackSimulator;
  /** Calls of one method so far. */
  calls(method: string): number;
}

export async function createHarness(options: SlackSimulatorOptions = {}): Promise<Harness> {
  const slack = await startSlackSimulator(options);
  const around = surroundings<PlanOptions>(connect, {
    environment: { BOT: slack.botToken, APP: slack.appToken, SIGNING: slack.signingSecret },
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
      webhooks: [],
      commands: [],
      ...rest,
    }),
    simulator: slack,
    ...(options.now === undefined ? {} : { now: options.now }),
    logsAll: true,
  });
  return Object.assign(around, {
    slack,
    calls: (method: string) => slack.calls.all.filter((call) => call.method === method).length,
  });
}

/** The event's origin as it comes back from the store. */
export const stored = (event: BotEvent): Json => JSON.parse(JSON.stringify(event.origin)) as Json;

export { platformError } from "../harness.ts";
