import type { Records } from "../../records.ts";
import { Trouble } from "../trouble.ts";

/** Whose data is meant. */
export interface Named {
  readonly platform: string;
  readonly id: string;
  readonly name: string;
}

/** Finds somebody by `discord:ada`, a handle, a name or an id. @throws Trouble where nobody or more than one is meant. */
export async function findNamed({ plan, store }: Records, written: string): Promise<Named> {
  const platforms = Object.keys(plan.config.platforms);
  const [, before, behind] = /^([a-z]+):(.+)$/.exec(written) ?? [];
  // Every bot can be tried out on the console.
  const only = before !== undefined && [...platforms, "console"].includes(before) ? before : undefined;
  const text = (only === undefined ? written : behind!).trim().replace(/^@/, "");
  const known = (await store.people.called(text)).filter(({ platform }) => only === undefined || platform === only);
  const [first, second] = known;
  if (second !== undefined) {
    const all = known.map(({ platform, id, name }) => `${platform}:${id} (${name})`).join(", ");
    throw new Trouble(
      `Several people fit "${written}": ${all}. Say which one with --user ${first!.platform}:${first!.id}`,
    );
  }
  if (first !== undefined) return first;
  const platform = only ?? (platforms.length === 1 ? platforms[0] : undefined);
  if (platform === undefined)
    throw new Trouble(
      `Nobody called "${written}" was seen. Write the platform too, such as ${platforms[0]}:${behind ?? text}.`,
    );
  const counts = Object.values(await store.personal.count(platform, text));
  const isThere = counts.some((count) => count > 0) || (await store.audit.about(platform, text)).length > 0;
  if (!isThere) throw new Trouble(`Nothing is stored of "${written}", and nobody of that name or id was seen.`);
  return { platform, id: text, name: text };
}
