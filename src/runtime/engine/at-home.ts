import type { BotEvent, Server } from "../../contracts/event.ts";
import type { Generation, Services } from "../services.ts";
import { orUnknown } from "./actor.ts";
import { homeServers } from "./names.ts";

/**
 * What somebody asks for in private is asked of the home server: its data, and their roles and rights there. Only where
 * the file has exactly one on the platform, and only for its members; whoever else asks, or cannot be looked up, is on
 * no server.
 */
export function atHome<Event extends BotEvent>(
  services: Services,
  generation: Generation,
  event: Event,
): Promise<Event> | Event {
  if (event.server !== undefined || event.channel?.direct !== true) return event;
  return orUnknown(services, onHomeServer(services, generation, event), event);
}

async function onHomeServer<Event extends BotEvent>(
  services: Services,
  generation: Generation,
  event: Event,
): Promise<Event> {
  const port = services.port(event.platform);
  const written = generation.plan.config.platforms[event.platform]?.servers;
  if (port === undefined || (Array.isArray(written) && written.length !== 1)) return event;
  const [server, ...others]: readonly Server[] = await homeServers(generation, port);
  if (server === undefined || others.length > 0) return event;
  const standing = await port.standing(server.id, event.user.id);
  return standing === undefined ? event : { ...event, server, standing };
}
