import { parseName } from "../language/name.ts";
import { richText } from "../language/rich-text.ts";
import { findName, homeServers } from "./engine/names.ts";
import type { Generation, Services } from "./services.ts";

/**
 * Posts a sentence to a place that the file names, on every platform that has it in a home server. Names inside the
 * sentence are plain text: nothing in it pings.
 * @throws PlatformError when a platform refuses.
 */
export async function postTo(
  services: Pick<Services, "store" | "port">,
  generation: Generation,
  written: string,
  sentence: string,
): Promise<void> {
  const platforms = Object.keys(generation.plan.config.platforms);
  const read = parseName(written, platforms);
  if (!read.ok) return;
  const { platform: only, name } = read.value;
  for (const platform of platforms) {
    const port = services.port(platform);
    if (port === undefined || (only !== undefined && only !== platform)) continue;
    for (const serverId of await homeServers(generation, port)) {
      const found = await findName(services, generation, port, "channel", serverId, name);
      if (found.found === "one") await port.send(found.id, { text: richText(sentence) });
    }
  }
}
