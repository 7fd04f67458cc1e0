import type { Json } from "../event.ts";

/** Whose datum it is. Fields that the scope does not use are "". Scope `bot` is shared between platforms. */
export interface DataOwner {
  readonly scope: "user" | "member" | "channel" | "server" | "bot";
  readonly platform: string;
  readonly server: string;
  /** Person or channel id. */
  readonly subject: string;
}

export type DataValue = number | string | boolean | Json;

/** One value: what it is called, and whose it is. */
export interface DataKey {
  readonly name: string;
  readonly owner: DataOwner;
}

export interface StoredDatum extends DataKey {
  readonly value: DataValue;
}

export interface DataStore {
  /** One query for all. Missing ones are left out of the answer, which is in the order asked, with holes as undefined. */
  read(keys: readonly DataKey[]): Promise<(DataValue | undefined)[]>;
  set(name: string, owner: DataOwner, value: DataValue): Promise<void>;
  /**
   * Adds in one statement: `start` counts as the value that is not stored yet. Nothing changes when the result would
   * leave the bounds.
   */
  add(
    name: string,
    owner: DataOwner,
    by: number,
    bounds: { readonly start: number; readonly minimum?: number; readonly maximum?: number },
  ): Promise<{ readonly ok: true; readonly value: number } | { readonly ok: false; readonly value: number }>;
  remove(name: string, owner: DataOwner): Promise<void>;
  /**
   * Reads some values, asks what becomes of each and stores that, in one transaction: nobody else changes them meanwhile.
   * `undefined` among the answers removes that value; no answer at all leaves everything as it was. `decide` may be asked
   * again, so it only works out. No key may be given twice.
   */
  change(
    keys: readonly DataKey[],
    decide: (stored: readonly (DataValue | undefined)[]) => readonly (DataValue | undefined)[] | undefined,
  ): Promise<void>;
  /** The highest or lowest numbers of a name among all who share an owner's scope, platform and server. */
  ranking(
    name: string,
    among: Omit<DataOwner, "subject">,
    order: "highest" | "lowest",
    most: number,
  ): Promise<readonly { readonly subject: string; readonly value: number }[]>;
  /** Everything that is stored, in a fixed order, `most` at a time, behind one that was given before. */
  page(after: DataKey | undefined, most: number): Promise<readonly StoredDatum[]>;
  /** Whether anything is stored under a name. */
  holds(name: string): Promise<boolean>;
  /**
   * Replaces all values of some names, and the facts that say what they are, in one transaction. Where one value cannot be
   * converted nothing changes. @returns the first of those, if there is one.
   */
  convert(conversions: readonly DataConversion[]): Promise<StoredDatum | undefined>;
}

export interface DataConversion {
  readonly name: string;
  readonly fact: { readonly space: string; readonly key: string; readonly value: Json };
  /** Answers undefined for what cannot be converted; without it, values stay as they are. */
  readonly convert?: (stored: DataValue) => DataValue | undefined;
}
