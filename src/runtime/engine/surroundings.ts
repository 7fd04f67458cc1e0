import type { BotEvent, Standing } from "../../contracts/event.ts";
import type { NamedId } from "../../contracts/permission.ts";
import type { Surroundings } from "../../contracts/word.ts";
import type { Generation, Services } from "../services.ts";
import { orUnknown } from "./actor.ts";
import { channelOn } from "./guard.ts";
import { namedId } from "./names.ts";

/** The place of an event; what the platform says of it is asked for once. What cannot be told stays unknown. */
export function surroundings(services: Services, generation: Generation, event: BotEvent): Surroundings {
  const port = services.port(event.platform);
  const serverId = event.server?.id;
  let standing: Promise<Standing | undefined> | undefined;
  let channels: Map<string, Promise<NamedId>> | undefined;
  return {
    callsCommand() {
      if (event.kind === "command") return true;
      if (event.kind !== "message" || event.call === undefined || event.user.isBot) return false;
      const commands = generation.plan.commands.get(event.platform);
      const { name } = event.call;
      return commands?.has(name) === true || commands?.has(name.toLowerCase()) === true;
    },
    channelId(name) {
      channels ??= new Map();
      let answer = channels.get(name);
      if (answer === undefined) {
        answer = orUnknown(services, namedId(services, generation, port, "channel", serverId, name), "unclear");
        channels.set(name, answer);
      }
      return answer;
    },
    botStanding() {
      if (port === undefined || serverId === undefined) return undefined;
      standing ??= orUnknown(services, port.botStanding(serverId, channelOn(event)), undefined);
      return standing;
    },
  };
}
