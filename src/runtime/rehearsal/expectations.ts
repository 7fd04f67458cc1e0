import { entryOf } from "../../audit/rows.ts";
import type { AuditEntry } from "../../contracts/audit.ts";
import type { CanonicalConfig } from "../../contracts/canonical.ts";
import type { BotDid, Expected, Remembered } from "../../contracts/rehearsal.ts";
import type { Store } from "../../contracts/store.ts";
import { startOf } from "../engine/datum.ts";
import type { Happening } from "../simulated/happenings.ts";
import type { SimulatedWorld } from "../simulated/world.ts";
import { isSameDatum, ownerOf, shownDatum, storedForm } from "./remembered.ts";
import { squeezed } from "./transcript.ts";

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
  return `the bot did not say or do "${squeezed(wanted.text)}"${place}${to}`;
}

const contains = (line: string, part: string): boolean => squeezed(line).includes(squeezed(part));
const sameName = (name: string | undefined, wanted: string): boolean =>
  name?.toLowerCase() === wanted.replace(/^[@#]/, "").toLowerCase();

/** Looks into storage, roles and audit log. @returns what is not as expected, as sentences. */
export async function unmet(expected: Partial<Expected>, checked: Checked): Promise<readonly string[]> {
  const { world, now } = checked;
  const wrong: string[] = [];
  for (const [name, values] of Object.entries(expected.data ?? {}))
    for (const [owner, value] of Object.entries(values)) {
      const problem = await unlike(checked, name, owner, value);
      if (problem !== undefined) wrong.push(problem);
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

/** What is remembered, where it is not what a test says. */
async function unlike(
  { world, store, config }: Checked,
  name: string,
  owner: string,
  value: Remembered,
): Promise<string | undefined> {
  const datum = config.data[name];
  if (datum === undefined) return undefined;
  const { timezone } = config.bot;
  const [stored] = await store.data.read([{ name, owner: ownerOf(world, datum.scope, owner) }]);
  const found = stored ?? startOf(datum, timezone);
  const wanted = storedForm(world, datum, value, timezone);
  if (isSameDatum(datum, found, wanted)) return undefined;
  const whose = datum.scope === "server" || datum.scope === "bot" ? "" : ` of ${owner}`;
  return `${name}${whose} is ${shownDatum(datum, found, timezone)}, not ${shownDatum(datum, wanted, timezone)}`;
}

const lower = (text: string): string => text.toLowerCase();
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
