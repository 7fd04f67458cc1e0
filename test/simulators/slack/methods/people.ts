import { textOf } from "../json.ts";
import { usergroupObject, userObject } from "../objects.ts";
import { fail, type Method, page } from "./method.ts";

/** People and the groups they are in. */
export const peopleMethods: Record<string, Method> = {
  "users.info": {
    scopes: () => ["users:read"],
    run({ args, workspace }) {
      const user = workspace.users.get(String(args.user));
      return user === undefined ? fail("user_not_found") : { ok: true, user: userObject(user, workspace) };
    },
  },
  "users.list": {
    scopes: () => ["users:read"],
    run(context) {
      const { workspace } = context;
      const part = page(context, [...workspace.users.values()], workspace.users.size);
      if (part === undefined) return fail("invalid_cursor");
      return {
        ok: true,
        members: part.entries.map((user) => userObject(user, workspace)),
        cache_ts: 1_700_000_000,
        response_metadata: { next_cursor: part.next },
      };
    },
  },
  "usergroups.list": {
    scopes: () => ["usergroups:read"],
    run: ({ args, workspace }) => ({
      ok: true,
      usergroups: [...workspace.usergroups.values()].map((group) =>
        usergroupObject(group, workspace, args.include_users === true),
      ),
    }),
  },
  "usergroups.users.list": {
    scopes: () => ["usergroups:read"],
    run({ args, workspace }) {
      const group = workspace.usergroups.get(String(args.usergroup));
      return group === undefined ? fail("no_such_subteam") : { ok: true, users: group.users };
    },
  },
  "usergroups.users.update": {
    scopes: () => ["usergroups:write"],
    run({ args, workspace }) {
      const group = workspace.usergroups.get(String(args.usergroup));
      if (group === undefined) return fail("no_such_subteam");
      const users = (textOf(args.users) ?? "").split(",").filter((id) => id !== "");
      if (users.length === 0) return fail("no_users_provided");
      if (users.some((id) => !workspace.users.has(id))) return fail("invalid_users");
      group.users = users;
      return { ok: true, usergroup: usergroupObject(group, workspace, true) };
    },
  },
};
