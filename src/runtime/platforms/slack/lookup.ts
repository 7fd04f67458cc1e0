import type { Standing } from "../../../contracts/event.ts";
import { type NameAnswer, PlatformError, type PlatformPort } from "../../../contracts/platform.ts";
import type { Right } from "../../../contracts/right.ts";
import { suggest } from "../../../diagnostics/suggest.ts";
import { botRank, ranks, rightsOf, scopeRights } from "../../../platforms/slack/rights.ts";
import { slack } from "../../../platforms/slack.ts";
import type { Groups } from "./groups.ts";
import { kindOf, type People, personOf } from "./people.ts";
import type { Places } from "./places.ts";
import { placeIn } from "./thread-ids.ts";

/** Questions about people and places. */
export type Lookup = Pick<
  PlatformPort,
  "standing" | "botStanding" | "roleRank" | "find" | "person" | "channel" | "role" | "server"
>;

export interface LookupParts {
  readonly people: People;
  readonly places: Places;
  readonly groups: Groups;
  /** Throws as long as the connection is not open. */
  readonly account: () => {
    readonly team: { readonly id: string; readonly name: string };
    readonly domain: string;
    readonly userId: string;
    /** Undefined where Slack did not tell. */
    readonly scopes: readonly string[] | undefined;
  };
}

export function createLookup({ people, places, groups, account }: LookupParts): Lookup {
  const find = async (kind: "channel" | "role" | "user", name: string): Promise<NameAnswer> => {
    if (slack.idPattern.test(name)) {
      const found = await byId(kind, name);
      if (found !== undefined) return { found: "one", ...found };
    }
    return byName(name, await candidates(kind));
  };

  const byId = async (kind: "channel" | "role" | "user", id: string) => {
    if (kind === "role") {
      const group = (await groups.all())?.find((one) => one.id === id);
      return group === undefined ? undefined : { id, name: group.name };
    }
    if (kind === "channel") {
      const channel = /^[CGD]/.test(id) ? await places.channel(id) : undefined;
      return channel === undefined ? undefined : { id, name: channel.name };
    }
    const user = /^[UW]/.test(id) ? await people.user(id) : undefined;
    return user === undefined || user.deleted ? undefined : { id, name: personOf(user).name };
  };

  const candidates = async (kind: "channel" | "role" | "user"): Promise<readonly Candidate[]> => {
    if (kind === "channel") return (await places.named()).map(({ id, name }) => ({ id, name, names: [name] }));
    if (kind === "role") {
      const all = await groups.all();
      if (all === undefined)
        throw new PlatformError("missing_right", "The Slack app lacks the scope usergroups:read for user groups.");
      return all.map(({ id, name, handle }) => ({ id, name, names: [handle, name] }));
    }
    return (await people.everyone()).flatMap((user) => {
      if (user.id === undefined || user.deleted) return [];
      const { name, username } = personOf(user);
      return [{ id: user.id, name, names: [username ?? "", name, user.real_name ?? ""] }];
    });
  };

  return {
    async standing(_serverId, userId): Promise<Standing | undefined> {
      const [user, all] = await Promise.all([people.user(userId, true), groups.all()]);
      if (user === undefined || user.deleted) return undefined;
      if (user.id === account().userId) return botStanding();
      const kind = kindOf(user, account().team.id);
      const roles = all?.filter(({ users }) => users.has(userId)).map(({ id, name }) => ({ id, name }));
      return {
        rights: rightsOf(kind),
        rank: user.is_bot === true ? botRank : ranks[kind],
        owner: kind === "primary_owner",
        ...(roles === undefined ? {} : { roles }),
      };
    },
    botStanding: async () => botStanding(),
    roleRank: async () => undefined,
    async find(kind, _serverId, name) {
      try {
        return await find(kind, name);
      } catch (error) {
        if (error instanceof PlatformError) return { found: "unknown", why: error.message };
        throw error;
      }
    },
    async person(_serverId, userId) {
      const user = await people.user(userId);
      return user === undefined ? undefined : personOf(user);
    },
    async channel(channelId) {
      const { channel, thread } = placeIn(channelId);
      const found = await places.channel(channel);
      return found === undefined || thread === undefined ? found : { ...found, id: channelId };
    },
    async role(_serverId, roleId) {
      const group = (await groups.all())?.find(({ id }) => id === roleId);
      return group === undefined ? undefined : { id: group.id, name: group.name };
    },
    async server(nameOrId) {
      const { team, domain } = account();
      const wanted = nameOrId.toLowerCase();
      const is = nameOrId === team.id || wanted === team.name.toLowerCase() || wanted === domain.toLowerCase();
      return is ? team : undefined;
    },
  };

  /** A bot has no rank of Slack's own: it stands over members and under everybody who runs the workspace. */
  function botStanding(): Standing {
    const { scopes } = account();
    if (scopes === undefined) return { rank: botRank, owner: false, roles: [] };
    const granted = Object.entries(scopeRights) as [Right, readonly string[]][];
    const rights = granted.filter(([, some]) => some.some((scope) => scopes.includes(scope))).map(([right]) => right);
    return { rights: new Set(rights), rank: botRank, owner: false, roles: [] };
  }
}

interface Candidate {
  readonly id: string;
  readonly name: string;
  /** Names by which it may be called. */
  readonly names: readonly string[];
}

function byName(name: string, all: readonly Candidate[]): NameAnswer {
  const wanted = name.toLowerCase();
  const [one, another] = all.filter(({ names }) => names.some((known) => known.toLowerCase() === wanted));
  if (one !== undefined)
    return another === undefined ? { found: "one", id: one.id, name: one.name } : { found: "many" };
  const near = suggest(name, new Set(all.flatMap(({ names }) => names.filter((known) => known !== ""))));
  return near === undefined ? { found: "none" } : { found: "none", near };
}
