import { type CanonicalConfig, isOfPeople } from "../../contracts/canonical.ts";
import type { Registry } from "../context.ts";

/** What is known while a file is read back. */
export interface Telling {
  readonly config: CanonicalConfig;
  readonly registry: Registry;
  /** The server, by its name where there is one. */
  readonly server: string;
  /** The types of what the file declares, as expressions name it: `options.loud`, `data.premium`. */
  readonly types: ReadonlyMap<string, string>;
  /** Puts several things into one phrase: with "and", or with "or" where one of them is enough. */
  readonly list: (items: readonly string[]) => string;
}

export const together = (items: readonly string[]): string => phrase(items, "and");
export const either = (items: readonly string[]): string => phrase(items, "or");

function phrase(items: readonly string[], word: string): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** A server is called by its name where the file has one of them alone, and not by its number. */
export function serverName({ platforms }: CanonicalConfig): string {
  const servers = new Set(
    Object.values(platforms).flatMap(({ servers }) => (Array.isArray(servers) ? servers.map(String) : [])),
  );
  const [only = ""] = servers;
  return servers.size === 1 && !/^-?\d+$/.test(only) ? only : "the server";
}

/** Whom or what something declared under `data` belongs to. */
export function ownerOf(name: string, { config }: Telling): string {
  const scope = Object.hasOwn(config.data, name) ? config.data[name]!.scope : "member";
  return isOfPeople(scope) ? "the person" : `the ${scope}`;
}

export const spaced = (name: string): string => name.replaceAll("_", " ");
