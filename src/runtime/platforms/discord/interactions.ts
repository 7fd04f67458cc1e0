import { setTimeout as sleep } from "node:timers/promises";
import { type APIMessage, type APIModalInteractionResponseCallbackData, Routes } from "discord.js";
import type { OutFile } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import type { Outgoing } from "./compose.ts";
import { codeOf, isInteractionGone, statusOf } from "./errors.ts";
import type { InteractionOrigin } from "./origin.ts";
import type { Rest } from "./rest.ts";

/**
 * Answers to interactions. Discord wants the first within three seconds, so one that nobody has given after 1.5 s is put
 * off: a press silently, a slash command by a "thinking" that everybody sees. Whether a deferred answer is private is
 * settled when it is deferred; a private one takes the public "thinking" away and follows it, so that nothing private is
 * ever shown.
 */
export interface Interactions {
  /** Notes an interaction that arrives. */
  open(origin: InteractionOrigin): void;
  /** The handling is over: an interaction that nobody has answered is acknowledged. */
  finish(origin: InteractionOrigin): Promise<void>;
  /**
   * Answers with the messages, in order.
   * @returns the last message; undefined when Discord takes no more answers to this interaction.
   * @throws PlatformError
   */
  answer(origin: InteractionOrigin, messages: readonly Outgoing[]): Promise<APIMessage | undefined>;
  /**
   * Opens a form as the first answer.
   * @returns false when it is too late for that, or there was an answer already.
   * @throws PlatformError
   */
  openForm(origin: InteractionOrigin, form: APIModalInteractionResponseCallbackData): Promise<boolean>;
  /**
   * Changes or takes away (undefined) a message that only one person sees.
   * @returns false when it is none, or one that is out of reach by now.
   * @throws PlatformError
   */
  changePrivate(messageId: string, message: Outgoing | undefined): Promise<boolean>;
  close(): void;
}

type Stage = "fresh" | "thinking" | "acknowledged" | "gone";

interface Entry {
  stage: Stage;
  answered: boolean;
  timer: NodeJS.Timeout | undefined;
  /** The last step under way: steps of one interaction come one after another. */
  last: Promise<unknown>;
}

/** The interaction that reaches a message which only one person sees. */
interface Way {
  readonly origin: InteractionOrigin;
  /** Whether the message answers it; else it is the message whose component was used. */
  readonly made: boolean;
}

export interface InteractionsParts {
  readonly rest: Rest;
  readonly applicationId: () => string;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

const patienceMs = 1500;
/** The first answer is taken this long (documentation: "Receiving and Responding", Interaction Callback). */
const callbackMs = 3000;
/** A token is good for fifteen minutes; what takes longer is not even tried. */
const tokenMs = 14.5 * 60_000;
const attempts = 4;
const pauseMs = 150;
const mostKept = 5000;
const ephemeralFlag = 1 << 6;
/** Stands for no answer. It must be true of a command that was done in silence and of one that was refused in silence. */
const received: Outgoing = {
  body: { content: "Received. I have nothing to add.", flags: ephemeralFlag, allowed_mentions: { parse: [] } },
  files: [],
};

const kinds = { message: 4, thinking: 5, silence: 6, form: 9 } as const;

export function createInteractions(parts: InteractionsParts): Interactions {
  const { rest, now, failed } = parts;
  const entries = new Map<string, Entry>();
  /** By the message's id. */
  const ways = new Map<string, Way>();

  const isUsable = ({ at }: InteractionOrigin) => now() - at <= tokenMs;
  const note = (messageId: string, way: Way) => {
    const known = ways.get(messageId);
    if (known?.made === true && !way.made && isUsable(known.origin)) return;
    ways.delete(messageId);
    if (ways.size >= mostKept) ways.delete(ways.keys().next().value!);
    ways.set(messageId, way);
  };
  const noteIfPrivate = (origin: InteractionOrigin, message: APIMessage): APIMessage => {
    if (((message.flags ?? 0) & ephemeralFlag) !== 0) note(message.id, { origin, made: true });
    return message;
  };

  const entryOf = (origin: InteractionOrigin): Entry => {
    const known = entries.get(origin.id);
    if (known !== undefined) return known;
    // After a restart: whoever began with it has acknowledged it, or it is too late.
    const made: Entry = { stage: "acknowledged", answered: true, timer: undefined, last: Promise.resolve() };
    return made;
  };

  const inOrder = <T>(entry: Entry, step: () => Promise<T>): Promise<T> => {
    const mine = entry.last.then(step, step);
    entry.last = mine;
    return mine;
  };

  const token = ({ token: value }: InteractionOrigin) => value;
  const original = (origin: InteractionOrigin) =>
    Routes.webhookMessage(parts.applicationId(), token(origin), "@original");

  /** The first answer. Sent again when it got lost; that it was there already then means that it was not. */
  const callback = async (
    origin: InteractionOrigin,
    type: number,
    body?: object,
    files: readonly OutFile[] = [],
  ): Promise<APIMessage | undefined> => {
    const route = Routes.interactionCallback(origin.id, token(origin));
    const query = { with_response: "true" };
    let lost = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await rest.call<{ resource?: { message?: APIMessage } }>("POST", route, {
          auth: false,
          query,
          body: { type, ...(body === undefined ? {} : { data: body }) },
          files,
        });
        return answer.resource?.message;
      } catch (error) {
        const taken = codeOf(error) === 40060;
        if (taken && !lost) throw error;
        if (taken)
          return type === kinds.message ? await rest.call("GET", original(origin), { auth: false }) : undefined;
        const again = error instanceof PlatformError && error.kind === "unavailable" && attempt < attempts;
        if (!again || now() - origin.at > callbackMs) throw error;
        lost = true;
        await sleep(pauseMs * attempt);
      }
    }
  };

  const followUp = (origin: InteractionOrigin, { body, files }: Outgoing) =>
    rest.call<APIMessage>("POST", Routes.webhook(parts.applicationId(), token(origin)), {
      auth: false,
      query: { wait: "true" },
      body,
      files,
    });

  const takeBackThinking = (origin: InteractionOrigin) => rest.call("DELETE", original(origin), { auth: false });

  const firstAnswer = async (
    origin: InteractionOrigin,
    entry: Entry,
    message: Outgoing,
  ): Promise<APIMessage | undefined> => {
    const { body, files } = message;
    if (entry.stage === "fresh") {
      try {
        const sent = await callback(origin, kinds.message, body, files);
        entry.stage = "acknowledged";
        return sent;
      } catch (error) {
        if (codeOf(error) !== 40060) throw error;
        entry.stage = "acknowledged";
      }
    }
    if (entry.stage === "thinking") {
      entry.stage = "acknowledged";
      if (((body.flags ?? 0) & ephemeralFlag) === 0) {
        const { flags: _, ...edit } = body;
        return rest.call<APIMessage>("PATCH", original(origin), { auth: false, body: edit, files });
      }
      await takeBackThinking(origin);
    }
    return followUp(origin, message);
  };

  const acknowledge = async (origin: InteractionOrigin, entry: Entry) => {
    if (entry.stage !== "fresh") return;
    try {
      await callback(origin, origin.button ? kinds.silence : kinds.thinking);
      entry.stage = origin.button ? "acknowledged" : "thinking";
    } catch (error) {
      if (codeOf(error) === 40060) entry.stage = "acknowledged";
      else if (isInteractionGone(error)) entry.stage = "gone";
      else throw error;
    }
  };

  return {
    open(origin) {
      if (entries.has(origin.id)) return;
      if (origin.privateMessage !== undefined) note(origin.privateMessage, { origin, made: false });
      if (entries.size >= mostKept) entries.delete(entries.keys().next().value!);
      const entry: Entry = { stage: "fresh", answered: false, timer: undefined, last: Promise.resolve() };
      entry.timer = setTimeout(
        () => void inOrder(entry, () => acknowledge(origin, entry)).catch(failed),
        Math.max(0, origin.at + patienceMs - now()),
      );
      entries.set(origin.id, entry);
    },

    async finish(origin) {
      const entry = entryOf(origin);
      clearTimeout(entry.timer);
      await inOrder(entry, async () => {
        if (entry.answered || entry.stage === "gone") return;
        entry.answered = true;
        if (origin.button) return acknowledge(origin, entry);
        // Discord shows a slash command without an answer as failed.
        await firstAnswer(origin, entry, received);
      }).catch((error: unknown) => {
        if (!isInteractionGone(error)) failed(error);
      });
    },

    answer(origin, messages) {
      const entry = entryOf(origin);
      clearTimeout(entry.timer);
      return inOrder(entry, async () => {
        entry.answered = true;
        if (entry.stage === "gone" || !isUsable(origin)) return undefined;
        let message: APIMessage | undefined;
        try {
          for (const each of messages) message = await firstAnswer(origin, entry, each);
        } catch (error) {
          const unknown = isInteractionGone(error) || statusOf(error) === 404;
          if (!unknown || message !== undefined) throw error;
          entry.stage = "gone";
          return undefined;
        }
        return message === undefined ? undefined : noteIfPrivate(origin, message);
      });
    },

    openForm(origin, form) {
      const entry = entryOf(origin);
      return inOrder(entry, async () => {
        const late = now() - origin.at > callbackMs;
        if (entry.stage !== "fresh" || origin.form === true || late) return false;
        try {
          await callback(origin, kinds.form, form);
        } catch (error) {
          if (codeOf(error) === 40060) entry.stage = "acknowledged";
          else if (isInteractionGone(error)) entry.stage = "gone";
          else throw error;
          return false;
        }
        clearTimeout(entry.timer);
        entry.stage = "acknowledged";
        entry.answered = true;
        return true;
      });
    },

    async changePrivate(messageId, message) {
      const way = ways.get(messageId);
      if (way === undefined || !isUsable(way.origin)) return false;
      const { origin, made } = way;
      const entry = entryOf(origin);
      await inOrder(entry, async () => {
        if (!made) await acknowledge(origin, entry);
        const route = Routes.webhookMessage(parts.applicationId(), token(origin), messageId);
        if (message === undefined) await rest.call("DELETE", route, { auth: false });
        else await rest.call("PATCH", route, { auth: false, body: message.body, files: message.files });
      });
      if (message === undefined) ways.delete(messageId);
      return true;
    },

    close() {
      for (const entry of entries.values()) clearTimeout(entry.timer);
      entries.clear();
    },
  };
}
