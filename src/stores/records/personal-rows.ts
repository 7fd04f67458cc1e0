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

type Kept = Pick<RunTable | ButtonTable, "state">;
type Entry = { readonly [key: string]: Json };

/** Whether a run or a button was begun by somebody: its state keeps the event. */
export const isOf = ({ state }: Kept, id: string): boolean => userOf(parsed(state)).id === id;

/** Whether a button stands in a private chat, where nobody else presses it. */
export const isPrivate = ({ state }: Kept): boolean =>
  recordIn(recordIn(parsed(state), "event"), "channel").direct === true;

/** Whether somebody has ticked something in a menu. */
export const hasTicked = ({ state }: Kept, id: string): boolean =>
  Object.hasOwn(recordIn(recordIn(parsed(state), "menu"), "picking"), id);

/** A button's state for the others who may press it: without who caused it, what they wrote and what they ticked. */
export function withoutPerson(state: Json, id: string): Json {
  if (!isRecord(state)) return state;
  const menu = recordIn(state, "menu");
  const { [id]: _ticked, ...picking } = recordIn(menu, "picking");
  const unticked = isRecord(state.menu) ? { ...state, menu: { ...menu, picking } } : state;
  const user = userOf(state);
  if (user.id !== id) return unticked;
  const { user: _them, message = null, ...variables } = recordIn(state, "variables");
  // An action that is about their message still finds it.
  const wrote = isRecord(message) ? { ...message, text: "", attachments: [] } : message;
  const kept = { ...unticked, variables: { ...variables, message: wrote } };
  const nobody = { platform: recordIn(state, "event").platform ?? "", user: { id: "" } };
  return { ...nameless(kept, user), event: nobody };
}

/** A record in which a person is nobody: no value, no mention, and no text that is one of their names. */
function nameless(record: Entry, { id, name, username, nickname }: Entry): Entry {
  const names = new Set<Json | undefined>([id, name, username, nickname]);
  const inner = (value: Json): Json => {
    if (typeof value === "string") return value !== "" && names.has(value) ? "" : value;
    if (Array.isArray(value)) return (value as readonly Json[]).map(inner);
    if (!isRecord(value)) return value;
    if ("is_bot" in value) return value.id === id ? null : value;
    if (recordIn(value, "target").id === id) return value.type === "mention" ? { type: "text", text: "…" } : null;
    return within(value);
  };
  const within = (value: Entry): Entry =>
    Object.fromEntries(Object.entries(value).map(([key, one]: [string, Json]) => [key, inner(one)]));
  return within(record);
}

const userOf = (state: Json): Entry => recordIn(recordIn(state, "event"), "user");

function recordIn(value: Json, key: string): Entry {
  const inner = isRecord(value) ? value[key] : undefined;
  return isRecord(inner) ? inner : {};
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

function isRecord(value: Json | undefined): value is Entry {
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
    shared: all.shared.length,
    cooldowns: all.cooldowns.length,
    jobs: all.jobs.length,
    people: all.people.length,
  };
}
