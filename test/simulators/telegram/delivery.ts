import type { Update, WebhookInfo } from "grammy/types";
import { createRecording, type Recording } from "../shared/recording.ts";
import { refusal } from "./errors.ts";

type UpdateKind = Exclude<keyof Update, "update_id">;

/** One attempt to hand an update to the webhook. */
export interface Delivery {
  update_id: number;
  attempt: number;
  /** The answer's status; nothing when there was no answer. */
  status?: number;
  /** Why there was no answer. */
  error?: string;
  /** Milliseconds until the answer. */
  took: number;
}

export interface DeliveryOptions {
  /** Unix seconds. */
  now(): number;
  /** Milliseconds between a failed delivery and the next. */
  redeliverAfter: number;
  /** Milliseconds that a webhook may take; 60,000 on the real server. */
  webhookTimeout: number;
}

interface WebhookSettings {
  url: string;
  secret_token?: string;
  max_connections?: number;
  allowed_updates?: readonly string[];
  drop_pending_updates?: boolean;
}

interface Pending {
  update: Update;
  /** Updates of one chat are delivered one after the other, those of different chats at once. */
  queue: string;
  attempt: number;
  busy: boolean;
}

export interface DeliveryService {
  deliveries: Recording<Delivery>;
  push(update: Omit<Update, "update_id">, queue: string): Update | undefined;
  redeliver(update: Update, queue: string): void;
  getUpdates(args: GetUpdatesArgs, abandoned: AbortSignal): Promise<Update[]>;
  setWebhook(settings: WebhookSettings): void;
  deleteWebhook(drop: boolean): void;
  info(): WebhookInfo;
  /** The number of the next update. */
  jumpTo(updateId: number): void;
  close(): void;
}

export interface GetUpdatesArgs {
  offset?: number;
  limit?: number;
  timeout?: number;
  allowed_updates?: readonly string[];
}

/** Kinds that are delivered only when they are asked for (getUpdates, allowed_updates). */
const onlyWhenAsked: readonly UpdateKind[] = ["chat_member", "message_reaction", "message_reaction_count"];

/** Queues updates and hands them out by long polling or to a webhook, like the server: kept until confirmed. */
export function createDelivery(options: DeliveryOptions): DeliveryService {
  const deliveries = createRecording<Delivery>();
  let nextId = 700_000_001;
  let pending: Pending[] = [];
  let webhook: WebhookSettings = { url: "" };
  let allowed: readonly string[] = [];
  let lastError: { date: number; message: string } | undefined;
  let poll: { wake(): void; end(error: Error): void } | undefined;
  let connection = new AbortController();

  const wanted = (update: object): boolean => {
    const kind = Object.keys(update).find((key) => key !== "update_id") as UpdateKind;
    return allowed.length > 0 ? allowed.includes(kind) : !onlyWhenAsked.includes(kind);
  };

  const enqueue = (update: Update, queue: string) => {
    pending.push({ update, queue, attempt: 0, busy: false });
    poll?.wake();
    pump();
  };

  const pump = () => {
    if (webhook.url === "") return;
    for (const entry of pending) {
      const busy = pending.filter((other) => other.busy);
      if (busy.length >= (webhook.max_connections ?? 40)) return;
      const first = pending.find((other) => other.queue === entry.queue);
      if (first === entry && !entry.busy) void deliver(entry, connection.signal);
    }
  };

  const deliver = async (entry: Pending, ended: AbortSignal) => {
    entry.busy = true;
    entry.attempt += 1;
    const outcome = await post(entry.update, ended);
    if (ended.aborted) return;
    deliveries.record({ update_id: entry.update.update_id, attempt: entry.attempt, ...outcome });
    if (outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300) {
      pending = pending.filter((other) => other !== entry);
    } else {
      lastError = {
        date: options.now(),
        message: outcome.error ?? `Wrong response from the webhook: ${outcome.status}`,
      };
      await new Promise((resolve) => setTimeout(resolve, options.redeliverAfter));
      if (ended.aborted) return;
      entry.busy = false;
    }
    pump();
  };

  const post = async (update: Update, ended: AbortSignal): Promise<Pick<Delivery, "status" | "error" | "took">> => {
    const began = performance.now();
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (webhook.secret_token !== undefined) headers["x-telegram-bot-api-secret-token"] = webhook.secret_token;
    try {
      const response = await fetch(webhook.url, {
        method: "POST",
        headers,
        body: JSON.stringify(update),
        signal: AbortSignal.any([ended, AbortSignal.timeout(options.webhookTimeout)]),
      });
      await response.arrayBuffer();
      return { status: response.status, took: performance.now() - began };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error), took: performance.now() - began };
    }
  };

  const reconnect = () => {
    connection.abort();
    connection = new AbortController();
    for (const entry of pending) entry.busy = false;
    lastError = undefined;
  };

  return {
    deliveries,
    push(content, queue) {
      if (!wanted(content)) return undefined;
      const update = { update_id: nextId++, ...content } as Update;
      enqueue(update, queue);
      return update;
    },
    redeliver: enqueue,
    async getUpdates(args, abandoned) {
      if (webhook.url !== "") throw refusal("webhookActive");
      poll?.end(refusal("otherPoller"));
      if (args.allowed_updates !== undefined) allowed = args.allowed_updates;
      // An offset far beyond the end of the queue is one from before the numbers began anew, and confirms nothing.
      const offset = (args.offset ?? 0) > nextId + 10 ? 0 : (args.offset ?? 0);
      if (offset > 0) pending = pending.filter(({ update }) => update.update_id >= offset);
      if (offset < 0) pending = pending.slice(offset);
      const take = () => pending.slice(0, args.limit ?? 100).map(({ update }) => update);
      if (pending.length > 0 || (args.timeout ?? 0) === 0) return take();
      return new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer);
          if (poll === mine) poll = undefined;
        };
        const timer = setTimeout(() => mine.wake(), (args.timeout ?? 0) * 1000);
        const mine = {
          wake: () => {
            finish();
            resolve(take());
          },
          end: (error: Error) => {
            finish();
            reject(error);
          },
        };
        poll = mine;
        abandoned.addEventListener("abort", () => {
          finish();
          resolve([]);
        });
      });
    },
    setWebhook(settings) {
      poll?.end(refusal("endedBySetWebhook"));
      if (settings.allowed_updates !== undefined) allowed = settings.allowed_updates;
      if (settings.drop_pending_updates) pending = [];
      webhook = settings;
      reconnect();
      pump();
    },
    deleteWebhook(drop) {
      webhook = { url: "" };
      if (drop) pending = [];
      reconnect();
    },
    info: () => ({
      url: webhook.url,
      has_custom_certificate: false,
      pending_update_count: pending.length,
      ...(webhook.max_connections === undefined ? {} : { max_connections: webhook.max_connections }),
      ...(allowed.length === 0 ? {} : { allowed_updates: allowed as UpdateKind[] }),
      ...(lastError === undefined ? {} : { last_error_date: lastError.date, last_error_message: lastError.message }),
    }),
    jumpTo(updateId) {
      nextId = updateId;
    },
    close() {
      connection.abort();
      poll?.wake();
    },
  };
}
