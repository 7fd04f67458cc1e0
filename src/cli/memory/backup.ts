import type { CanonicalDatum } from "../../contracts/canonical.ts";
import type { Json } from "../../contracts/event.ts";
import type { DataKey, KnownPerson, StoredDatum, Warning } from "../../contracts/store.ts";
import { isStored } from "../../runtime/engine/datum.ts";
import { Trouble } from "../trouble.ts";
import type { UnderWay } from "./under-way.ts";

/** What `botctl data export` writes and `botctl data import` reads. */
export interface Backup {
  readonly botctl: "data";
  readonly version: 1;
  readonly bot: string;
  readonly exported_at: string;
  readonly person?: { readonly platform: string; readonly id: string; readonly name: string };
  readonly people: readonly KnownPerson[];
  readonly data: readonly WrittenDatum[];
  readonly warnings: readonly Warning[];
  readonly under_way?: UnderWay;
  /** What the audit log holds about the person. It is never imported: a log is not rewritten. */
  readonly audit?: readonly Json[];
}

export interface WrittenDatum {
  readonly name: string;
  readonly scope: DataKey["owner"]["scope"];
  readonly platform: string;
  readonly server: string;
  readonly subject: string;
  readonly value: Json;
}

export function writtenDatum({ name, owner, value }: StoredDatum): WrittenDatum {
  return { name, ...owner, value };
}

/** Reads a backup for a bot. @throws Trouble saying what in it cannot be used. */
export function readBackup(text: string, file: string, declared: Readonly<Record<string, CanonicalDatum>>): Backup {
  const whole = parsed(text, file);
  if (!isRecord(whole) || whole.botctl !== "data" || whole.version !== 1)
    throw new Trouble(`${file} was not written by botctl data export.`);
  const { data, warnings, people } = whole;
  const isWhole =
    listOf(data, datumFields) &&
    listOf(warnings, warningFields) &&
    listOf(people, { platform: "string", id: "string", name: "string", seenAt: "number" });
  if (!isWhole) throw new Trouble(`${file} is damaged: a part of it is missing.`);
  const backup = whole as unknown as Backup;
  for (const { name, scope, value } of backup.data) {
    const datum = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (datum === undefined)
      throw new Trouble(`${file} holds "${name}", which the bot's file does not declare under data.`);
    if (datum.scope !== scope)
      throw new Trouble(`${file} holds "${name}" with the scope ${scope}, and the bot's file says ${datum.scope}.`);
    if (!isStored(datum, value))
      throw new Trouble(`${file} holds ${JSON.stringify(value)} as "${name}", which is not ${datum.type}.`);
  }
  return backup;
}

type Fields = Readonly<Record<string, "string" | "number" | "any">>;
const datumFields: Fields = {
  ...{ name: "string", scope: "string", platform: "string", server: "string", subject: "string", value: "any" },
};
const warningFields: Fields = {
  ...{ platform: "string", serverId: "string", userId: "string", userName: "string", byId: "string", byName: "string" },
  ...{ reason: "string", at: "number" },
};

function parsed(text: string, file: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Trouble(`${file} is not JSON.`);
  }
}

function listOf(value: Json | undefined, fields: Fields): boolean {
  if (!Array.isArray(value)) return false;
  return value.every(
    (item: Json) =>
      isRecord(item) &&
      Object.entries(fields).every(([name, type]) =>
        type === "any" ? item[name] !== undefined : typeof item[name] === type,
      ),
  );
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
