import { entryOf } from "../../audit/rows.ts";
import type { AuditEntry } from "../../contracts/audit.ts";
import type { CanonicalConfig } from "../../contracts/canonical.ts";
import type { Json } from "../../contracts/event.ts";
import type { BotDid, Expected } from "../../contracts/rehearsal.ts";
import type { DataOwner, Store } from "../../contracts/store.ts";
import type { Happening } from "../simulated/happenings.ts";
import type { SimulatedWorld } from "../simulated/world.ts";

/** What a check of a test looks at. */
export interface Checked {
  readonly world: SimulatedWorld;
  readonly store: Store;
  readonly config: CanonicalConfig;
  readonly now: number;
}

/** Takes what a step says the bot did out of what it did. @returns what is wrong, if anything. */
export function takeDone(happened: Happening[], wanted: BotDid): string | undefined {
  const at = happened.findIndex(
    (one) =>
      contains(one.line, wanted.text) &&
      (wanted.in === undefined || sameName(one.channel, wanted.in)) &&
      (wanted.to === undefined || sameName(one.to, wanted.to)),
  );
  if (at !== -1) {
    happened.splice(at, 1);
    return undefined;
  }
  const place = wanted.in === undefined ? "" : ` in ${wanted.in}`;
  const to = wanted.to === undefined ? "" : ` to ${wanted.to}`;
  return `the bot did not say or do "${wanted.text}"${place}${to}`;
}

const contains = (line: string, part: string): boolean => squeezed(line).includes(squeezed(part));
const squeezed = (text: string): string => text.replace(/\s+/g, " ").trim();
const sameName = (name: string | undefined, wanted: string): boolean =>
  name?.toLowerCase() === wanted.replace(/^[@#]/, "").toLowerCase();

/** Looks into storage, roles and audit log. @returns what is not as expected, as sentences. */
export async function unmet(expected: Partial<Expected>, checked: Checked): Promise<readonly string[]> {
  const { world, now } = checked;
  const wrong: string[] = [];
  for (const [name, values] of Object.entries(expected.data ?? {}))
    for (const [owner, value] of Object.entries(values)) {
      const found = await datum(checked, owner, name);
      if (!same(found, value)) wrong.push(`${name} of ${owner} is ${show(found)}, not ${show(value)}`);
    }
  for (const [person, names] of Object.entries(expected.roles ?? {})) {
    const held = [...world.somebody(person).roles].map((id) => world.role(id).name).sort();
    if (!same(held.map(lower), [...names].map(lower).sort()))
      wrong.push(
        `${person} has ${held.length === 0 ? "no roles" : `the roles ${held.join(", ")}`}, not ${names.join(", ") || "none"}`,
      );
  }
  for (const [person, count] of Object.entries(expected.warnings ?? {})) {
    const { id } = world.somebody(person).person;
    const list = await checked.store.warnings.list(world.definition.name, world.server.id, id);
    if (list.length !== count) wrong.push(`${person} has ${list.length} warnings, not ${count}`);
  }
  for (const person of expected.muted ?? [])
    if (world.somebody(person).mutedUntil <= now) wrong.push(`${person} is not muted`);
  for (const person of expected.banned ?? [])
    if (world.somebody(person).bannedUntil <= now) wrong.push(`${person} is not banned`);
  for (const person of expected.gone ?? [])
    if (world.somebody(person).here) wrong.push(`${person} is still on the server`);
  for (const [kind, action] of Object.entries(expected.audit ?? {})) {
    const rows = (await checked.store.audit.page(0, 1000)).map(entryOf);
    if (rows.some((row) => isRow(row, kind, action))) continue;
    const there = rows.map((row) => `${row.kind}: ${row.action}${row.outcome === "" ? "" : ` (${row.outcome})`}`);
    wrong.push(
      `the audit log has no "${kind}: ${action}"; it has ${there.length === 0 ? "nothing" : there.join(", ")}`,
    );
  }
  return wrong;
}

/** `command` and `commands` are the same kind; what was announced and not done does not count. */
function isRow(row: AuditEntry, kind: string, action: string): boolean {
  const plain = (text: string) => text.replace(/s$/, "");
  return plain(row.kind) === plain(kind) && row.action === action && row.outcome !== "intent";
}

async function datum({ world, store, config }: Checked, owner: string, name: string): Promise<Json | undefined> {
  const declared = config.data[name];
  if (declared === undefined) return undefined;
  const [found] = await store.data.read([{ name, owner: ownerOf(world, declared.scope, owner) }]);
  return (found as Json | undefined) ?? (declared.default as Json);
}

/** Whose datum a test means: a person, a channel by its name, or the server and the bot by these words. */
export function ownerOf(world: SimulatedWorld, scope: DataOwner["scope"], owner: string): DataOwner {
  const platform = world.definition.name;
  const server = world.server.id;
  const personId = () => world.somebody(owner).person.id;
  switch (scope) {
    case "bot":
      return { scope, platform: "", server: "", subject: "" };
    case "server":
      return { scope, platform, server, subject: "" };
    case "channel":
      return { scope, platform, server, subject: world.channel(owner).channel.id };
    case "user":
      return { scope, platform, server: "", subject: personId() };
    case "member":
      return { scope, platform, server, subject: personId() };
  }
}

const lower = (text: string): string => text.toLowerCase();
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const show = (value: unknown): string => JSON.stringify(value ?? null);
