import { textOf } from "../json.ts";
import { channelObject, messageObject } from "../objects.ts";
import { conversationScope, fail, type Method, type MethodContext, page, visibleChannel } from "./method.ts";

const families = {
  public_channel: ["channel", "channels:read"],
  private_channel: ["group", "groups:read"],
  im: ["im", "im:read"],
  mpim: ["mpim", "mpim:read"],
} as const;

function askedTypes({ args }: MethodContext): (keyof typeof families)[] {
  const types = (textOf(args.types) ?? "public_channel").split(",").map((type) => type.trim());
  return types.filter((type): type is keyof typeof families => type in families);
}

const list: Method = {
  scopes: (context) => askedTypes(context).map((type) => families[type][1]),
  run(context) {
    const { args, workspace } = context;
    if (typeof args.limit === "number" && args.limit > 1000) return fail("invalid_limit");
    if ((textOf(args.types) ?? "").split(",").some((type) => type !== "" && !(type.trim() in families)))
      return fail("invalid_types");
    const kinds: string[] = askedTypes(context).map((type) => families[type][0]);
    const found = [...workspace.channels.values()].filter(
      (channel) =>
        kinds.includes(channel.kind) &&
        (channel.kind === "channel" || channel.members.has(workspace.bot.id)) &&
        !(args.exclude_archived === true && channel.is_archived),
    );
    const part = page(context, found, 100);
    if (part === undefined) return fail("invalid_cursor");
    return {
      ok: true,
      channels: part.entries.map((channel) => channelObject(channel, workspace)),
      response_metadata: { next_cursor: part.next },
    };
  },
};

/** Conversations: finding them, who is in them, and what was said. */
export const conversationMethods: Record<string, Method> = {
  "conversations.list": list,
  "users.conversations": list,
  "conversations.info": {
    scopes: conversationScope("read"),
    run(context) {
      const channel = visibleChannel(context, context.args.channel);
      if (channel === undefined) return fail("channel_not_found");
      return { ok: true, channel: channelObject(channel, context.workspace) };
    },
  },
  "conversations.members": {
    scopes: conversationScope("read"),
    run(context) {
      const channel = visibleChannel(context, context.args.channel);
      if (channel === undefined) return fail("channel_not_found");
      const part = page(context, [...channel.members], 100);
      if (part === undefined) return fail("invalid_cursor");
      return { ok: true, members: part.entries, response_metadata: { next_cursor: part.next } };
    },
  },
  "conversations.open": {
    scopes: ({ args }) => [(textOf(args.users) ?? "").includes(",") ? "mpim:write" : "im:write"],
    run(context) {
      const { args, workspace } = context;
      const users = (textOf(args.users) ?? "").split(",").filter((id) => id !== "");
      if (users.length === 0) {
        const channel = visibleChannel(context, args.channel);
        return channel === undefined ? fail("channel_not_found") : { ok: true, channel: { id: channel.id } };
      }
      if (users.some((id) => !workspace.users.has(id))) return fail("user_not_found");
      if (users.includes(workspace.bot.id)) return fail("cannot_dm_bot");
      const [first] = users;
      const channel =
        users.length === 1 && first !== undefined
          ? workspace.directMessage(first)
          : workspace.addChannel({ name: `mpdm-${users.join("--").toLowerCase()}-1`, kind: "mpim", members: users });
      const shown = args.return_im === true ? channelObject(channel, workspace) : { id: channel.id };
      return { ok: true, channel: shown };
    },
  },
  "conversations.create": {
    scopes: ({ args }) => [args.is_private === true ? "groups:write" : "channels:manage"],
    run({ args, workspace }) {
      const name = textOf(args.name) ?? "";
      if (name === "") return fail("invalid_name_required");
      if (name.length > 80) return fail("invalid_name_maxlength");
      if (/^[-_]+$/.test(name)) return fail("invalid_name_punctuation");
      if (name !== name.toLowerCase() || /[^\p{L}\p{M}\p{N}_-]/u.test(name)) return fail("invalid_name_specials");
      // An archived channel keeps its name.
      if ([...workspace.channels.values()].some((channel) => channel.name === name)) return fail("name_taken");
      const kind = args.is_private === true ? "group" : "channel";
      const channel = workspace.addChannel({ name, kind, creator: workspace.bot.id });
      return { ok: true, channel: channelObject(channel, workspace) };
    },
  },
  "conversations.invite": {
    scopes: conversationScope("manage"),
    run(context) {
      const { args, workspace } = context;
      const channel = visibleChannel(context, args.channel);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.is_archived) return fail("is_archived");
      if (!channel.members.has(workspace.bot.id)) return fail("not_in_channel");
      const users = (textOf(args.users) ?? "").split(",").filter((id) => id !== "");
      if (users.length === 0) return fail("no_user");
      if (users.some((id) => !workspace.users.has(id))) return fail("user_not_found");
      if (users.includes(workspace.bot.id)) return fail("cant_invite_self");
      if (users.every((id) => channel.members.has(id))) return fail("already_in_channel");
      for (const id of users) channel.members.add(id);
      return { ok: true, channel: channelObject(channel, workspace) };
    },
  },
  "conversations.archive": {
    scopes: conversationScope("manage"),
    run(context) {
      const channel = visibleChannel(context, context.args.channel);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.kind === "im" || channel.kind === "mpim") return fail("method_not_supported_for_channel_type");
      if (channel.is_general) return fail("cant_archive_general");
      if (channel.is_archived) return fail("already_archived");
      channel.is_archived = true;
      return { ok: true };
    },
  },
  "conversations.join": {
    scopes: () => ["channels:join"],
    run(context) {
      const { workspace, echo } = context;
      const channel = visibleChannel(context, context.args.channel);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.kind !== "channel") return fail("method_not_supported_for_channel_type");
      if (channel.is_archived) return fail("is_archived");
      const already = channel.members.has(workspace.bot.id);
      channel.members.add(workspace.bot.id);
      if (!already) echo.joined(channel, workspace.bot.id);
      return {
        ok: true,
        channel: channelObject(channel, workspace),
        ...(already ? { warning: "already_in_channel" } : {}),
      };
    },
  },
  "conversations.kick": {
    scopes: conversationScope("manage"),
    run(context) {
      const { args, workspace, echo } = context;
      const user = String(args.user);
      const channel = visibleChannel(context, args.channel);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.kind === "im" || channel.kind === "mpim") return fail("method_not_supported_for_channel_type");
      if (!workspace.users.has(user)) return fail("user_not_found");
      if (user === workspace.bot.id) return fail("cant_kick_self");
      if (channel.is_general) return fail("cant_kick_from_general");
      if (!channel.members.has(workspace.bot.id) || !channel.members.has(user)) return fail("not_in_channel");
      channel.members.delete(user);
      echo.left(channel, user);
      return { ok: true, errors: {} };
    },
  },
  "conversations.history": {
    scopes: conversationScope("history"),
    run: (context) => history(context, (thread_ts, ts) => thread_ts === undefined || thread_ts === ts),
  },
  "conversations.replies": {
    scopes: conversationScope("history"),
    run(context) {
      const root = String(context.args.ts);
      const answer = history(context, (thread_ts, ts) => ts === root || thread_ts === root, "oldest first");
      return Array.isArray(answer.messages) && answer.messages.length === 0 ? fail("thread_not_found") : answer;
    },
  },
};

/** Newest first for a conversation and oldest first for a thread, as Slack answers; ephemeral messages are never in it. */
function history(
  context: MethodContext,
  shown: (thread_ts: string | undefined, ts: string) => boolean,
  order: "newest first" | "oldest first" = "newest first",
) {
  const { args, workspace } = context;
  const channel = visibleChannel(context, args.channel);
  if (channel === undefined) return fail("channel_not_found");
  if (!channel.members.has(workspace.bot.id)) return fail("not_in_channel");
  const inclusive = args.inclusive === true;
  const after = (ts: string, bound: unknown) =>
    bound === undefined || Number(ts) > Number(bound) || (inclusive && Number(ts) === Number(bound));
  const before = (ts: string, bound: unknown) =>
    bound === undefined || Number(ts) < Number(bound) || (inclusive && Number(ts) === Number(bound));
  if (typeof args.limit === "number" && (args.limit < 1 || args.limit > 999)) return fail("invalid_limit");
  const found = workspace.messages.filter(
    (message) =>
      message.channel === channel.id &&
      message.ephemeral_to === undefined &&
      shown(message.thread_ts, message.ts) &&
      after(message.ts, args.oldest) &&
      before(message.ts, args.latest),
  );
  if (order === "newest first") found.reverse();
  const part = page(context, found, 100);
  if (part === undefined) return fail("invalid_cursor");
  return {
    ok: true,
    messages: part.entries.map((message) => messageObject(message, workspace)),
    has_more: part.next !== "",
    pin_count: 0,
    ...(part.next === "" ? {} : { response_metadata: { next_cursor: part.next } }),
  };
}
