import type { Update, UserFromGetMe } from "grammy/types";
import { startLoopback } from "../shared/loopback.ts";
import { createRecording, type Recording } from "../shared/recording.ts";
import { type Call, createAnswering } from "./answering.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { chatMethods } from "./methods/chats.ts";
import { messageMethods } from "./methods/messages.ts";
import { moderationMethods } from "./methods/moderation.ts";
import { ownMethods } from "./methods/own.ts";
import { topicMethods } from "./methods/topics.ts";
import { createFaults, type Misbehaving, type Misbehaviour } from "./misbehave.ts";
import { createPeople, type People } from "./people.ts";
import { createTalk, type Talk } from "./talk.ts";
import { wireValidator } from "./validate.ts";
import { createWorld } from "./world.ts";

export interface TelegramSimulatorOptions {
  token: string;
  bot?: { first_name?: string; username?: string };
  /** Whether the bot sees only commands and answers in groups; off unless told. */
  privacy?: boolean;
  /** Milliseconds since the epoch; the machine's clock unless told. */
  now?: () => number;
  /** Milliseconds between deliveries of a refused webhook update; 20 unless told. */
  redeliverAfter?: number;
  /** Milliseconds that a webhook may take; 60,000 unless told. */
  webhookTimeout?: number;
}

export interface TelegramSimulator extends People, Talk {
  /** What to give a client as the root of the API. */
  url: string;
  bot: UserFromGetMe;
  calls: Recording<Call>;
  deliveries: Recording<Delivery>;
  /** What the bot did that the published API forbids; tests expect it empty. */
  problems: string[];
  /** Sends an update again under its old number, as after a lost confirmation. */
  redeliver(update: Update): void;
  /** Every update handed to the bot's queue, oldest first. */
  updates: readonly Update[];
  misbehave(fault: Misbehaviour): Misbehaving;
  /** The only token answered from now on; `undefined` revokes all. */
  setToken(token: string | undefined): void;
  /** The number of the next update. */
  jumpTo(updateId: number): void;
  close(): Promise<void>;
}

/** A Telegram Bot API server on 127.0.0.1 with one bot, as strict as the published API. */
export async function startTelegramSimulator(options: TelegramSimulatorOptions): Promise<TelegramSimulator> {
  const seconds = () => Math.floor((options.now ?? Date.now)() / 1000);
  const problems: string[] = [];
  const updates: Update[] = [];
  const calls = createRecording<Call>(({ method, params, outcome }) => JSON.stringify({ method, params, outcome }));
  const faults = createFaults();
  const validator = wireValidator();
  const delivery = createDelivery({
    now: seconds,
    redeliverAfter: options.redeliverAfter ?? 20,
    webhookTimeout: options.webhookTimeout ?? 60_000,
  });
  let token: string | undefined = options.token;

  const world = createWorld(botAccount(options), seconds, (content, chatId) => {
    const update = delivery.push(content, String(chatId));
    if (update === undefined) return;
    updates.push(update);
    for (const problem of validator?.update(update) ?? []) problems.push(`the simulator's own update: ${problem}`);
  });
  const answer = createAnswering({
    token: () => token,
    handlers: {
      ...ownMethods(world, delivery),
      ...messageMethods(world),
      ...chatMethods(world),
      ...moderationMethods(world),
      ...topicMethods(world),
    },
    poll: delivery.getUpdates,
    faults,
    calls,
    problems,
    validator,
  });
  const server = await startLoopback(answer, { onError: (error) => problems.push(`the simulator failed: ${error}`) });
  return {
    ...createPeople(world),
    ...createTalk(world),
    url: server.url,
    bot: world.bot,
    calls,
    deliveries: delivery.deliveries,
    problems,
    updates,
    redeliver: (update) => delivery.redeliver(update, "again"),
    misbehave: faults.add,
    setToken(next) {
      token = next;
    },
    jumpTo: delivery.jumpTo,
    async close() {
      delivery.close();
      await server.close();
    },
  };
}

function botAccount({ token, bot, privacy = false }: TelegramSimulatorOptions): UserFromGetMe {
  return {
    id: Number(token.split(":")[0]),
    is_bot: true,
    first_name: bot?.first_name ?? "Harbour",
    username: bot?.username ?? "harbour_bot",
    can_join_groups: true,
    can_read_all_group_messages: !privacy,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}

export type { Call } from "./answering.ts";
