import type { PlatformPort } from "../contracts/platform.ts";
import { parseName } from "../language/name.ts";
import { richText } from "../language/rich-text.ts";
import { findName, homeServers } from "./engine/names.ts";
import type { Generation, Services } from "./services.ts";

/** What a sentence is about: a platform, a server on it, or neither. */
export interface Where {
  readonly platform?: string;
  readonly serverId?: string;
}

/**
 * Posts a sentence to a place that the file names. The name is resolved on the server that the sentence is about, so that no
 * server reads what happened on another; what is about no server goes to the home servers. Names inside the sentence are
 * plain text: nothing in it pings.
 * @throws PlatformError when a platform refuses, Error when there is no such place.
 */
export async function postTo(
  services: Pick<Services, "store" | "port">,
  generation: Generation,
  written: string,
  sentence: string,
  where: Where,
): Promise<void> {
  const platforms = Object.keys(generation.plan.config.platforms);
  const read = parseName(written, platforms);
  if (!read.ok) return;
  const { platform: only = where.platform, name } = read.value;
  let looked = 0;
  let sent = 0;
  for (const platform of only === undefined ? platforms : [only]) {
    const port = services.port(platform);
    if (port === undefined) continue;
    for (const serverId of await serversFor(generation, port, where)) {
      looked++;
      const found = await findName(services, generation, port, "channel", serverId, name);
      if (found.found !== "one") continue;
      await port.send(found.id, { text: richText(sentence) });
      sent++;
    }
  }
  if (looked > 0 && sent === 0) throw new Error(`there is no channel "${name}"`);
}

async function serversFor(generation: Generation, port: PlatformPort, where: Where): Promise<readonly string[]> {
  if (port.platform === where.platform && where.serverId !== undefined) return [where.serverId];
  return (await homeServers(generation, port)).map((server) => server.id);
}
