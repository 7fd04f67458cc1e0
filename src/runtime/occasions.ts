import type { BotEvent, Json, Person, Server } from "../contracts/event.ts";
import { homeServers } from "./engine/names.ts";
import type { Generation, Services } from "./services.ts";

/** Where something that nobody caused happens: on a home server, or on a platform whose file names none. */
export interface Place {
  readonly platform: string;
  readonly server: Server | undefined;
}

/**
 * The home servers of a platform, where its schedules and its start happen; the platform alone where there are none.
 * @throws PlatformError when the platform cannot be asked now.
 */
export async function homePlaces(
  services: Pick<Services, "port">,
  generation: Pick<Generation, "plan">,
  platform: string,
): Promise<readonly Place[]> {
  const port = services.port(platform);
  const servers = port === undefined ? [] : await homeServers(generation, port);
  return servers.length === 0 ? [{ platform, server: undefined }] : servers.map((server) => ({ platform, server }));
}

/** What every event says that the bot itself brings about. */
export function ownEvent(
  services: Pick<Services, "port" | "clock">,
  { plan }: Pick<Generation, "plan">,
  { platform, server }: Place,
  key: string,
): Omit<BotEvent, "kind"> & { readonly user: Person; readonly origin: Json } {
  const self = services.port(platform)?.self();
  return {
    key,
    platform,
    at: services.clock.now(),
    ...(server === undefined ? {} : { server }),
    user: self ?? { platform, id: "", name: plan.config.bot.name, isBot: true },
    origin: null,
  };
}
