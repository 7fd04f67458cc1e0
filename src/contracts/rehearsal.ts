/** Tests that a file holds about its own bot, in long form: what is given, what happens, what must be so then. */
import type { Json } from "./event.ts";
import type { Right } from "./right.ts";

export interface CanonicalTest {
  readonly name: string;
  /** Where it is run; every declared platform if empty. */
  readonly platforms: readonly string[];
  readonly given: GivenWorld;
  readonly steps: readonly TestStep[];
}

/** A value as its declaration means it: durations are ms, times as written, people, roles and channels by their names. */
export type Remembered = PlainRemembered | readonly PlainRemembered[];
type PlainRemembered = string | number | boolean;

/** What is remembered of one person, by its name under `data`. */
export type PersonalData = Readonly<Record<string, Remembered>>;

/** By the name under `data`, then by whose it is: a person, a channel, `server` or `bot`. */
export type OwnedData = Readonly<Record<string, Readonly<Record<string, Remembered>>>>;

export interface GivenWorld {
  /** `2026-01-05 12:00` in the bot's time zone; that very moment if left out. */
  readonly time?: string;
  /** What every chance comes out as, from 0 up to, not including, 1; several are taken in turn. 0.5 if left out. */
  readonly chance: readonly number[];
  readonly people: Readonly<Record<string, GivenPerson>>;
  /** What other servers on the web answer, by address. */
  readonly web: Readonly<Record<string, { readonly status: number; readonly text: string }>>;
  /** Data that belongs to the server, the bot or a channel. */
  readonly data: OwnedData;
}

export interface GivenPerson {
  /** Their id on the platform; their name in small letters if left out. */
  readonly id?: string;
  readonly roles: readonly string[];
  readonly rights: readonly Right[];
  /** Groups of `permissions`: they hold every right and role that the group lets in. */
  readonly groups: readonly string[];
  readonly owner: boolean;
  readonly rank?: number;
  /** Another bot. */
  readonly bot: boolean;
  readonly language?: string;
  /** How long they have been on the server, and on the platform. Milliseconds. */
  readonly member_for?: number;
  readonly account_for?: number;
  readonly data: PersonalData;
}

/** What somebody does, by the key that says it; exactly one is there. */
export interface PersonDoes {
  readonly as: string;
  readonly say?: string;
  readonly press?: string;
  readonly pick?: readonly string[];
  readonly fill?: Readonly<Record<string, string>>;
  readonly join?: true;
  readonly leave?: true;
  readonly react?: string;
  readonly edit?: string;
  readonly delete?: true;
  readonly get_role?: string;
  readonly lose_role?: string;
  /** Name of the channel; `general` if left out. */
  readonly in?: string;
  /** In a private conversation with the bot. */
  readonly direct: boolean;
  /** Names of files sent along with what they say. */
  readonly attach: readonly string[];
}

/** One thing that the bot must have done since somebody last did something. */
export interface BotDid {
  /** Stands somewhere in what it said or did. */
  readonly text: string;
  readonly in?: string;
  readonly to?: string;
}

export interface Expected {
  readonly data: OwnedData;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly warnings: Readonly<Record<string, number>>;
  readonly muted: readonly string[];
  readonly banned: readonly string[];
  /** People who are not on the server any more. */
  readonly gone: readonly string[];
  /** A row that the audit log must have, by its kind: `command: give`. */
  readonly audit: Readonly<Record<string, string>>;
}

export type TestStep =
  | { readonly does: "person"; readonly person: PersonDoes }
  /** Another program calls the path; a text is sent as it is, everything else as JSON. */
  | { readonly does: "webhook"; readonly webhook: string; readonly body: Json }
  /** Milliseconds that pass. */
  | { readonly does: "after"; readonly ms: number }
  /** The bot is stopped and started again. */
  | { readonly does: "restart" }
  | { readonly does: "bot"; readonly did: readonly BotDid[] }
  | { readonly does: "silent" }
  | { readonly does: "expect"; readonly expected: Partial<Expected> };
