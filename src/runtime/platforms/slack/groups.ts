import type { Role } from "../../../contracts/event.ts";
import { createCache } from "./cache.ts";
import type { Client } from "./client.ts";
import { SlackRefusal } from "./errors.ts";

interface Group extends Role {
  /** The handle without `@`, by which people mention it. */
  readonly handle: string;
  readonly users: ReadonlySet<string>;
}

/** The workspace's user groups, which are its roles. */
export interface Groups {
  /** Undefined when the app may not see them (scope usergroups:read). */
  all(): Promise<readonly Group[] | undefined>;
  /** Slack announced a change (events `subteam_*`). */
  changed(): void;
}

const keptMs = 60_000;

export function createGroups(client: Client, now: () => number): Groups {
  const lists = createCache<readonly Group[] | undefined>(now);
  const ask = async (): Promise<readonly Group[] | undefined> => {
    try {
      const { usergroups } = await client.call("usergroups.list", { include_users: true });
      return (usergroups ?? []).flatMap(({ id, name, handle, users, date_delete }) =>
        id === undefined || (date_delete ?? 0) > 0
          ? []
          : [{ id, name: name ?? handle ?? id, handle: handle ?? "", users: new Set(users) }],
      );
    } catch (error) {
      if (error instanceof SlackRefusal && error.code === "missing_scope") return undefined;
      throw error;
    }
  };
  return {
    all: () => lists.get("all", keptMs, ask),
    changed: () => lists.forget("all"),
  };
}
