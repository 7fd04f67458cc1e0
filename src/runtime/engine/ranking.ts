import type { CanonicalDatum } from "../../contracts/canonical.ts";
import type { DataOwner } from "../../contracts/store.ts";
import type { RankedValue } from "../../contracts/word.ts";
import type { Value } from "../../language/values.ts";
import type { Services } from "../services.ts";
import { type Reader, toValue } from "./datum.ts";
import { channelValue, personValue } from "./values.ts";

/** What is ranked, and among whom. */
interface Ranked {
  readonly name: string;
  readonly datum: CanonicalDatum;
  readonly among: DataOwner;
  readonly reader: Reader;
}

/** Who has most, or least, with the names that they were last seen with; equal values share a place. */
export async function rankings(
  services: Pick<Services, "store" | "port" | "log">,
  { name, datum, among, reader }: Ranked,
  order: "highest" | "lowest",
  most: number,
): Promise<readonly RankedValue[]> {
  const rows = await services.store.data.ranking(name, among, order, most);
  const ids = rows.map(({ subject }) => subject);
  const named = among.scope === "channel" ? await channels(services, among, ids) : await people(services, among, ids);
  const ranked: RankedValue[] = [];
  for (const [index, { subject, value }] of rows.entries()) {
    const before = rows[index - 1]?.value === value ? ranked[index - 1]?.place : undefined;
    const who = named.get(subject) ?? null;
    ranked.push({
      place: before ?? index + 1,
      ...(among.scope === "channel" ? { channel: who } : { user: who }),
      value: toValue(datum, value, reader),
    });
  }
  return ranked;
}

/** Those whom nobody has seen yet are asked for; who cannot be found is shown by id. */
async function people(
  services: Pick<Services, "store" | "port" | "log">,
  { platform, server }: DataOwner,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Value>> {
  const found = new Map<string, Value>();
  for (const { id, name, username } of await services.store.people.named(platform, ids))
    found.set(id, personValue({ platform, id, name, isBot: false, ...(username === undefined ? {} : { username }) }));
  const port = services.port(platform);
  await Promise.all(
    ids.map(async (id) => {
      if (found.has(id)) return;
      const person = await orNothing(services, port?.person(server === "" ? undefined : server, id));
      found.set(id, personValue(person ?? { platform, id, name: id, isBot: false }));
    }),
  );
  return found;
}

async function channels(
  services: Pick<Services, "port" | "log">,
  { platform }: DataOwner,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Value>> {
  const port = services.port(platform);
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, Value]> => {
      const channel = await orNothing(services, port?.channel(id));
      return [id, channelValue(channel ?? { id, name: id, direct: false })];
    }),
  );
  return new Map(found);
}

/** A name that cannot be looked up now is no reason to show nothing. */
async function orNothing<T>(services: Pick<Services, "log">, call: Promise<T | undefined> | undefined) {
  try {
    return await call;
  } catch (error) {
    services.log.warn({ error: String(error) }, "a name could not be looked up for a ranking");
    return undefined;
  }
}
