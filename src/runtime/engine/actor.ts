import type { BotEvent, Standing } from "../../contracts/event.ts";
import type { Actor, NamedId } from "../../contracts/permission.ts";
import { PlatformError } from "../../contracts/platform.ts";
import type { Generation, Services } from "../services.ts";
import { namedId } from "./names.ts";

/** The person behind an event; what the platform says of them is asked for once. What cannot be told stays unknown. */
export function eventActor(services: Services, generation: Generation, event: BotEvent): Actor {
  const port = services.port(event.platform);
  const serverId = event.server?.id;
  let standing: Promise<Standing | undefined> | undefined;
  const roles = new Map<string, Promise<NamedId>>();
  return {
    person: event.user,
    platform: event.platform,
    serverId,
    standing() {
      if (event.standing !== undefined) return event.standing;
      if (port === undefined || serverId === undefined) return undefined;
      standing ??= orUnknown(services, port.standing(serverId, event.user.id), undefined);
      return standing;
    },
    roleId(name) {
      let answer = roles.get(name);
      if (answer === undefined) {
        answer = orUnknown(services, namedId(services, generation, port, "role", serverId, name), "unclear");
        roles.set(name, answer);
      }
      return answer;
    },
  };
}

/** A platform that does not answer leaves the question open; open questions are denied. */
export async function orUnknown<T>(services: Pick<Services, "log">, call: Promise<T>, unknown: T): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    services.log.warn({ reason: error.message }, "a permission could not be checked and counts as not given");
    return unknown;
  }
}
