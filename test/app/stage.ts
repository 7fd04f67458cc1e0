import { expect } from "vitest";
import { endApps } from "../support/app.ts";

/** The people on every stage: Olga owns the server, Maud moderates it, Ada and Bob are ordinary members. */
export const whos = ["olga", "maud", "ada", "bob"] as const;
export type Who = (typeof whos)[number];

/** The name that people see. */
export const titled = (who: Who): string => `${who.charAt(0).toUpperCase()}${who.slice(1)}`;

/** Somebody called a command. */
export interface Call {
  /** The text that the person gets for it. */
  answer(): Promise<string>;
}

/** One platform's simulator with the same people and the same server on it, driven the same way. */
export interface Stage {
  readonly platform: "telegram" | "discord" | "slack";
  /** The platform's entry under `platforms:`, on one line. */
  readonly entry: string;
  readonly env: Record<string, string>;
  /** An entry of `allow:` that lets the moderators in, on one line. */
  readonly moderators: string;
  /** The moderation action that this platform has for bots, and whether it shows on somebody. */
  readonly moderation: { readonly word: "mute" | "warn"; readonly done?: (who: Who) => boolean };
  /** Commands that the platform offers people; undefined where nothing is registered. */
  menu(): readonly string[] | undefined;
  /** How a person is written as an option. */
  named(who: Who): string;
  /** Says something in the channel. */
  say(who: Who, text: string): void;
  call(who: Who, command: string, options?: Readonly<Record<string, string | Who>>): Call;
  /** All texts of the bot that somebody in the channel can read, oldest first; answers to `call` too. */
  heard(): readonly string[];
  /** The first text of the bot that contains this. */
  hears(part: string): Promise<string>;
  /** Presses a button of the latest message that carries it. */
  press(who: Who, label: string): void;
  /** Requests of the bot that are not the mere asking for news. */
  requests(): readonly string[];
  /** What the bot did against the published formats. */
  problems(): readonly unknown[];
  close(): Promise<void>;
}

/** Ends a test's bots and then its stages, on which nothing may have happened against the published formats. */
export async function endStage(...stages: readonly Stage[]): Promise<void> {
  await endApps();
  await Promise.all(stages.map((stage) => stage.close()));
  expect(stages.flatMap((stage) => stage.problems())).toEqual([]);
}
