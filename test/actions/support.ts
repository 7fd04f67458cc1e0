import type { BotEvent, Json, Person } from "../../src/contracts/event.ts";
import type { Logger } from "../../src/contracts/logger.ts";
import type { WebAnswer } from "../../src/contracts/web.ts";
import {
  type ActionContext,
  type DataAccess,
  done,
  type LaterContext,
  type LaterJob,
} from "../../src/contracts/word.ts";
import { richText } from "../../src/language/rich-text.ts";
import { valueMakers } from "../../src/runtime/engine/values.ts";
import { inEnglish } from "../../src/sentences/speaker.ts";
import { platforms } from "../../src/words/registry.ts";
import { type Recorded, recordingPort } from "../support/recording-port.ts";

export const start = Date.UTC(2026, 0, 1);
export const text = richText;

export const person = (name: string, platform = "discord"): Person => ({
  platform,
  id: `id-${name}`,
  name,
  isBot: false,
});
export const [ada, bob] = [person("ada"), person("bob")];
export const harbour = { id: "harbour", name: "Harbour" };
export const general = { id: "general", name: "general", direct: false };

const base = { key: "e1", platform: "discord", at: start, channel: general, user: ada, origin: { chat: 1 } } as const;

export const messageEvent: BotEvent = {
  ...base,
  kind: "message",
  server: harbour,
  message: { id: "m1", text: "hello", entities: [] },
};
export const joinEvent: BotEvent = { ...base, kind: "member_joined", server: harbour };
export const privateEvent: BotEvent = { ...base, kind: "message", message: { id: "m1", text: "hello", entities: [] } };

/** An action's surroundings, all of which write what they were asked for into one list. */
export interface Surroundings extends ActionContext {
  readonly calls: Recorded[];
  readonly jobs: Map<string, LaterJob>;
}

export interface SurroundingsOptions {
  readonly event?: BotEvent;
  readonly now?: number;
  readonly muteLimitMs?: number;
  readonly failure?: (what: string, args: readonly unknown[]) => Error | undefined;
  readonly data?: DataAccess;
  readonly warnings?: ActionContext["warnings"];
  readonly page?: WebAnswer;
  /** Files beside bot.yaml, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Platforms that run beside Discord. */
  readonly beside?: readonly string[];
  readonly jobs?: Map<string, LaterJob>;
}

export function surroundings(options: SurroundingsOptions = {}): Surroundings {
  const { event = messageEvent, now = start, failure, jobs = new Map<string, LaterJob>() } = options;
  const calls: Recorded[] = [];
  const portOf = (platform: string) =>
    recordingPort({
      platform,
      calls,
      ...(failure === undefined ? {} : { failure }),
      ...(options.muteLimitMs === undefined ? {} : { muteLimitMs: options.muteLimitMs }),
    });
  const platform = portOf("discord");
  const beside = new Map((options.beside ?? []).map((name) => [name, portOf(name)]));
  return {
    event,
    platform,
    now,
    calls,
    jobs,
    rule: "No invites",
    log: recordingLog(calls),
    data: options.data ?? noData,
    warnings: options.warnings ?? noWarnings,
    web: {
      request: async (request) => {
        calls.push(["web", request]);
        return options.page ?? { status: 200, text: "" };
      },
    },
    moderationOf: async (person, most) => {
      calls.push(["moderationOf", person.id, most]);
      return [{ number: 7, what: "mute", by: "ada", reason: "Spam", at: now }];
    },
    port: (name) => (name === "discord" ? platform : beside.get(name)),
    reply: (message) => platform.reply(event.origin, message),
    async buttons(written) {
      calls.push(["buttons", written.map((button) => button.label)]);
      return written.map(({ label }, index) => ({ key: `key-${index}`, label, style: "secondary" as const }));
    },
    say: (sentence) => richText(inEnglish(sentence)),
    async readFile(path, limit) {
      calls.push(["readFile", path]);
      const found = options.files?.[path];
      if (found === undefined) throw new Error(`there is no file "${path}" here.`);
      return new TextEncoder().encode(found).subarray(0, limit + 1);
    },
    async later(job) {
      calls.push(["later", job.key, job.at - now]);
      jobs.set(job.key, job);
    },
    async cancelLater(key) {
      calls.push(["cancelLater", key]);
      jobs.delete(key);
    },
    async menu({ shown }) {
      calls.push(["menu", shown.choices.map(({ label }) => label)]);
      const choices = shown.choices.map(({ label, value = label }) => ({ label, value }));
      return { key: "menu", choices, multiple: shown.multiple };
    },
    newWait: () => "wait",
    async read(_type, { text }) {
      return { ok: true, value: text };
    },
    openForm: (form) => platform.openForm(event.origin, form),
    can: (capability, name = "discord") => platforms.get(name)!.capabilities.has(capability),
    limits: (name = "discord") => platforms.get(name)!.limits,
    language: "en",
    make: valueMakers,
    async giveBack() {
      calls.push(["giveBack"]);
    },
    async act(action, args) {
      calls.push(["act", action, args]);
      return done;
    },
    control: {
      isHome: unexpected,
      reload: unexpected,
      status: unexpected,
      switch: unexpected,
      search: unexpected,
    },
    async audit(text) {
      calls.push(["audit", text]);
    },
    cancelCommand() {
      calls.push(["cancelCommand"]);
    },
    raise(event) {
      calls.push(["raise", event]);
    },
    random: () => 0.5,
  };
}

/** What a due job is handed; it shares the list and the jobs of the surroundings that stored it. */
export function laterSurroundings(options: SurroundingsOptions & { readonly now: number }): LaterContext & {
  readonly calls: Recorded[];
} {
  const { calls, platform, now, log, warnings, later } = surroundings(options);
  return {
    calls,
    platform,
    now,
    log,
    warnings,
    later,
    async audited(what, call) {
      calls.push(["intent", what.action, what.target.name, what.reason]);
      await call();
    },
  };
}

/** A job's payload after the storage had it. */
export const stored = (job: LaterJob | undefined): Json => JSON.parse(JSON.stringify(job!.payload)) as Json;

function recordingLog(calls: Recorded[]): Logger {
  const write = (level: string) => (fields: object, message: string) => {
    calls.push([`log.${level}`, fields, message]);
  };
  const log: Logger = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    child: () => log,
  };
  return log;
}

const unexpected = async (): Promise<never> => {
  throw new Error("this action has no business with the storage");
};
export const noData: DataAccess = {
  set: unexpected,
  add: unexpected,
  append: unexpected,
  remove: unexpected,
  clear: unexpected,
  transfer: unexpected,
  top: unexpected,
};
const noWarnings: ActionContext["warnings"] = { add: unexpected, list: unexpected, remove: unexpected };
