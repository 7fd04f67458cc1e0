import type { Clock } from "./clock.ts";

/** The world as the program sees it: everything with an effect that is not a store or a platform. */
export interface Host {
  readonly clock: Clock;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** An unguessable id of at least 128 bits, URL-safe, at most 24 characters. */
  newId(): string;
  readonly env: Readonly<Record<string, string | undefined>>;
}
