import type { Json } from "../../contracts/event.ts";
import type { DataValue, PersonalCounts } from "../../contracts/store.ts";
import type { ButtonTable, DataTable, RunTable } from "./tables.ts";

export interface Person {
  readonly platform: string;
  readonly id: string;
}

export const parsed = (json: string): Json => JSON.parse(json) as Json;

export function contentOf(row: DataTable): DataValue {
  return row.json === null ? row.number! : parsed(row.json);
}

export function isOwn(row: DataTable, { platform, id }: Person): boolean {
  return row.platform === platform && row.subject === id;
}

/** A value that is the person, or a list with them in it. */
export function names(value: DataValue, person: Person): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((entry) => names(entry, person));
  if (typeof value !== "object" || value === null || !("is_bot" in value)) return false;
  return value.platform === person.platform && value.id === person.id;
}

/** Whether a run or a button was begun by somebody: its state keeps the event. */
export function isOf({ state }: Pick<RunTable | ButtonTable, "state">, id: string): boolean {
  const kept = parsed(state);
  const event = isRecord(kept) ? kept.event : undefined;
  const user = isRecord(event) ? event.user : undefined;
  return isRecord(user) && user.id === id;
}

/** Whether a payload holds the id, at whatever place. */
export function mentions(value: Json, id: string): boolean {
  if (typeof value !== "object" || value === null) return value === id;
  return Object.values(value).some((inner: Json) => mentions(inner, id));
}

/** What undoes something needs neither the name of whom it is done to nor why. */
export function withIdOnly(value: Json, id: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withIdOnly(item, id));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "reason");
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === "name" && value.id === id ? id : withIdOnly(inner, id)]),
  );
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** How many rows of each kind there are. */
export function counted(
  all: { readonly [Kind in Exclude<keyof PersonalCounts, "data"> | "mine" | "others"]: readonly unknown[] },
): PersonalCounts {
  return {
    data: all.mine.length + all.others.length,
    warnings: all.warnings.length,
    runs: all.runs.length,
    asked: all.asked.length,
    buttons: all.buttons.length,
    cooldowns: all.cooldowns.length,
    jobs: all.jobs.length,
    people: all.people.length,
  };
}
