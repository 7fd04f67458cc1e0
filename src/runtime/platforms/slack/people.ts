import type { UsersInfoResponse } from "@slack/web-api";
import type { Person } from "../../../contracts/event.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import type { MemberKind } from "../../../platforms/slack/rights.ts";
import { createCache } from "./cache.ts";
import type { Client } from "./client.ts";
import { SlackRefusal } from "./errors.ts";
import { isPayload } from "./intake.ts";

export type SlackUser = NonNullable<UsersInfoResponse["user"]>;

/** The people of the workspace. */
export interface People {
  /** Undefined when there is no such person. `fresh`: at most a minute old, for decisions about rights. */
  user(id: string, fresh?: boolean): Promise<SlackUser | undefined>;
  /** The person of an event; with the id (or the name that the event tells) in place of a name that cannot be asked for. */
  person(id: string, told?: string): Promise<Person>;
  everyone(): Promise<readonly SlackUser[]>;
  /** Slack announced a change (events `user_change`, `team_join`). */
  changed(user: unknown): void;
}

const freshMs = 60_000;
const nameMs = 10 * 60_000;
const listMs = 5 * 60_000;
const pageSize = 1000;
/** A workspace with more people than this is not searched by name. */
const mostPages = 20;

export function createPeople(client: Client, now: () => number): People {
  const users = createCache<SlackUser | undefined>(now);
  const lists = createCache<readonly SlackUser[]>(now);

  const ask = async (id: string): Promise<SlackUser | undefined> => {
    try {
      return (await client.call("users.info", { user: id, include_locale: true })).user;
    } catch (error) {
      if (error instanceof SlackRefusal && error.kind === "not_found") return undefined;
      throw error;
    }
  };
  const list = async (): Promise<readonly SlackUser[]> => {
    const found: SlackUser[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const answer = await client.call("users.list", {
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...((answer.members ?? []) as SlackUser[]));
      cursor = answer.response_metadata?.next_cursor;
      if (cursor === undefined || cursor === "") return found;
    }
    throw new PlatformError("unsupported", "The workspace has too many people to search by name: write the id.");
  };
  const user = (id: string, fresh = false) => users.get(id, fresh ? freshMs : nameMs, () => ask(id));

  return {
    user,
    async person(id, told) {
      const known = await user(id).catch(() => undefined);
      if (known !== undefined) return personOf(known);
      return {
        platform: "slack",
        id,
        name: told ?? id,
        isBot: id === slackbot,
        ...(told === undefined ? {} : { username: told }),
      };
    },
    everyone: () => lists.get("all", listMs, list),
    changed(changed) {
      lists.forget("all");
      if (isPayload(changed) && typeof changed.id === "string") users.forget(changed.id);
    },
  };
}

const slackbot = "USLACKBOT";

export function personOf(user: SlackUser): Person {
  const names = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name];
  return {
    platform: "slack",
    id: user.id ?? "",
    name: names.find((name) => name !== undefined && name !== "") ?? user.id ?? "",
    isBot: user.is_bot === true || user.id === slackbot,
    ...(user.name === undefined || user.name === "" ? {} : { username: user.name }),
    ...(user.locale === undefined ? {} : { language: user.locale }),
  };
}

/** Whoever is from another workspace, in a shared channel, is a guest here. */
export function kindOf(user: SlackUser, teamId: string): MemberKind {
  const here = user.team_id === teamId || user.enterprise_user?.teams?.includes(teamId) === true;
  if (!here || user.is_restricted || user.is_ultra_restricted || user.is_stranger) return "guest";
  if (user.is_primary_owner) return "primary_owner";
  if (user.is_owner) return "owner";
  return user.is_admin ? "admin" : "member";
}
