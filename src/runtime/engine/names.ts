import type { BotEvent, Person, Role, Server } from "../../contracts/event.ts";
import type { ResolvedPlace } from "../../contracts/fields.ts";
import type { NamedId } from "../../contracts/permission.ts";
import type { NameAnswer, NameKind, PlatformPort, WrittenBy } from "../../contracts/platform.ts";
import { type NameResolver, Refusal } from "../../plan/program.ts";
import { say } from "../../sentences/sentence.ts";
import type { Generation, Services } from "../services.ts";

/**
 * Finds the id of a name on one server. What the file names is stored once it was found, so that a channel or role that is
 * renamed on the platform is still the one the file means.
 */
export async function findName(
  services: Pick<Services, "store">,
  generation: Pick<Generation, "plan">,
  port: PlatformPort,
  kind: NameKind,
  serverId: string,
  written: string,
  by: WrittenBy = "file",
): Promise<NameAnswer> {
  const name = nameOn(generation, port.platform, written);
  if (name === undefined) return { found: "none" };
  if (by === "person") return port.find(kind, serverId, name, by);
  const space = `names:${port.platform}:${serverId}`;
  const key = `${kind}:${name}`;
  const stored = await services.store.facts.get(space, key);
  if (typeof stored === "string") {
    const still = await port.find(kind, serverId, stored);
    if (still.found === "one" || still.found === "unknown") return still;
    await services.store.facts.remove(space, key);
  }
  const answer = await port.find(kind, serverId, name);
  if (answer.found === "one" && answer.id !== name) await services.store.facts.set(space, key, answer.id);
  return answer;
}

/** What something that `names:` has a name for is called on a platform; undefined where it is not there. */
function nameOn({ plan }: Pick<Generation, "plan">, platform: string, written: string): string | undefined {
  const { names } = plan.config;
  const alias = Object.hasOwn(names, written) ? names[written] : undefined;
  return alias === undefined ? written : alias[platform];
}

/** Turns an answer into an id. @throws Refusal with a sentence for the person. */
function required(answer: NameAnswer, name: string, none: "no_channel" | "no_role"): { id: string; name: string } {
  switch (answer.found) {
    case "one":
      return answer;
    case "many":
      throw new Refusal(say("several_fit", { name }));
    case "unknown":
      throw new Refusal(say("cannot_look", { name }));
    default:
      throw new Refusal(say(none, { name, near: answer.near }));
  }
}

/** Names as the event's own platform and server know them. */
export function nameResolver(services: Services, generation: Generation, event: BotEvent): NameResolver {
  const portOf = (platform: string): PlatformPort => {
    const port = services.port(platform);
    if (port === undefined) throw new Refusal(say("platform_away", { platform }));
    return port;
  };
  return {
    async place(platform = event.platform, name, by): Promise<ResolvedPlace> {
      const port = portOf(platform);
      const serverIds =
        platform === event.platform && event.server !== undefined
          ? [event.server.id]
          : (await homeServers(generation, port)).map((server) => server.id);
      let last: NameAnswer = { found: "none" };
      for (const serverId of serverIds) {
        last = await findName(services, generation, port, "channel", serverId, name, by);
        if (last.found !== "one") continue;
        return { platform, channel: { id: last.id, name: last.name, direct: false } };
      }
      return { platform, channel: { ...required(last, name, "no_channel"), direct: false } };
    },
    async role(platform = event.platform, name, by): Promise<Role> {
      if (event.server === undefined) throw new Refusal(say("only_on_server"));
      if (platform !== event.platform) throw new Refusal(say("no_role", { name, near: undefined }));
      const port = portOf(event.platform);
      return required(await findName(services, generation, port, "role", event.server.id, name, by), name, "no_role");
    },
    async person(platform = event.platform, name, by): Promise<Person> {
      const port = portOf(platform);
      const here = by === "file" ? nameOn(generation, platform, name) : name;
      const found = here === undefined ? undefined : await findPerson(services, port, event.server?.id, here);
      if (found === undefined) throw new Refusal(say("no_person", { name }));
      return found;
    },
  };
}

/** The home servers of a platform, as far as the bot is in them. */
export async function homeServers(
  generation: Pick<Generation, "plan">,
  port: PlatformPort,
): Promise<readonly Server[]> {
  const written = generation.plan.config.platforms[port.platform]?.servers;
  if (!Array.isArray(written)) return [port.onlyServer?.()].filter((server) => server !== undefined);
  const servers = await Promise.all(written.map((name) => port.server(String(name))));
  return servers.filter((server) => server !== undefined);
}

/** Somebody by id, by handle, or by a handle that the bot has seen before. */
export async function findPerson(
  services: Pick<Services, "store">,
  port: PlatformPort,
  serverId: string | undefined,
  written: string,
): Promise<Person | undefined> {
  const name = written.replace(/^@/, "");
  const direct = await port.person(serverId, name);
  if (direct !== undefined) return direct;
  if (serverId !== undefined) {
    const answer = await port.find("user", serverId, name);
    if (answer.found === "one") return port.person(serverId, answer.id);
    if (answer.found === "many") throw new Refusal(say("several_fit", { name }));
  }
  const seen = await services.store.people.byUsername(port.platform, name);
  return seen === undefined ? undefined : port.person(serverId, seen.id);
}

/** The id of a role or channel for a permission or a condition: what is missing or unclear grants nothing. */
export async function namedId(
  services: Pick<Services, "store">,
  generation: Pick<Generation, "plan">,
  port: PlatformPort | undefined,
  kind: "role" | "channel",
  serverId: string | undefined,
  name: string,
): Promise<NamedId> {
  if (port === undefined || serverId === undefined) return "unclear";
  const answer = await findName(services, generation, port, kind, serverId, name);
  if (answer.found === "one") return { id: answer.id };
  return answer.found === "none" ? "missing" : "unclear";
}
