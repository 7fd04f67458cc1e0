import type { Value } from "../../language/values.ts";
import type { Sentence } from "../../sentences/sentence.ts";
import type { Person } from "../event.ts";

/** A change of declared data: its value afterwards, or a sentence saying why it was not made. */
export type Change = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: Sentence };

/** One place in a ranking; who share a value share a place. */
export interface RankedValue {
  readonly place: number;
  readonly value: Value;
  /** The person, or, where each channel has its own value, the channel. */
  readonly user?: Value;
  readonly channel?: Value;
}

/**
 * Reading and changing declared data. Every change is one atomic statement or transaction in the storage. `of` is whose it
 * is, where everybody has their own; the person who caused the event, if undefined.
 */
export interface DataAccess {
  /** Stores `value` after bounds were checked. @returns a sentence when the value does not fit the declaration. */
  set(name: string, of: Person | undefined, value: Value): Promise<Sentence | undefined>;
  /** Adds `by` (may be negative) within the declared bounds. */
  add(name: string, of: Person | undefined, by: number): Promise<Change>;
  /** Puts an entry at the end of a list. The change's value is how many there are now. */
  append(name: string, of: Person | undefined, entry: Value): Promise<Change>;
  /** Takes the first entry out of a list that equals a value, or the one at a position (from 1, from the end below 0). */
  remove(
    name: string,
    of: Person | undefined,
    which: { readonly value: Value } | { readonly position: number },
  ): Promise<Change>;
  /** Forgets the value, so that it is the default again. */
  clear(name: string, of: Person | undefined): Promise<void>;
  /** Moves a part of a number from one person to another, wholly or not at all. The value holds what both have now. */
  transfer(name: string, from: Person, to: Person, amount: number): Promise<Change>;
  /** The highest or lowest values of all who have one here, in order. */
  top(name: string, order: "highest" | "lowest", most: number): Promise<readonly RankedValue[]>;
}
