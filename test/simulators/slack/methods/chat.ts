import { type Json, objectsIn, textOf } from "../json.ts";
import { messageObject } from "../objects.ts";
import { type SlackMessage, withIds } from "../workspace.ts";
import { fail, type Method, type MethodContext, visibleChannel } from "./method.ts";

const write = () => ["chat:write"];

/** The methods that speak, and change or take back what was said. */
export const chatMethods: Record<string, Method> = {
  "chat.postMessage": {
    scopes: ({ args }) => [
      args.username !== undefined || args.icon_url !== undefined || args.icon_emoji !== undefined
        ? "chat:write.customize"
        : "chat:write",
    ],
    run(context) {
      const { args, workspace, granted, echo } = context;
      const channel = destination(context);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.is_archived) return fail("is_archived");
      if (!channel.members.has(workspace.bot.id) && !granted.has("chat:write.public")) return fail("not_in_channel");
      if (!hasContent(args)) return fail("no_text");
      const thread_ts = textOf(args.thread_ts);
      if (thread_ts !== undefined && workspace.message(channel.id, thread_ts) === undefined)
        return fail("thread_not_found");
      const message = workspace.post({
        channel: channel.id,
        user: workspace.bot.id,
        bot_id: workspace.bot.bot_id,
        ...content(args),
        ...(thread_ts === undefined ? {} : { thread_ts }),
        ...(args.username === undefined ? {} : { username: String(args.username) }),
      });
      echo.posted(message);
      return { ok: true, channel: channel.id, ts: message.ts, message: messageObject(message, workspace) };
    },
  },
  "chat.postEphemeral": {
    scopes: write,
    run(context) {
      const { args, workspace } = context;
      const channel = visibleChannel(context, args.channel);
      if (channel === undefined) return fail("channel_not_found");
      if (channel.is_archived) return fail("is_archived");
      if (!channel.members.has(workspace.bot.id)) return fail("not_in_channel");
      if (!workspace.users.has(String(args.user))) return fail("user_not_found");
      if (!channel.members.has(String(args.user))) return fail("user_not_in_channel");
      if (!hasContent(args)) return fail("no_text");
      const thread_ts = textOf(args.thread_ts);
      const message = workspace.post({
        channel: channel.id,
        user: workspace.bot.id,
        bot_id: workspace.bot.bot_id,
        ephemeral_to: String(args.user),
        ...content(args),
        ...(thread_ts === undefined ? {} : { thread_ts }),
      });
      return { ok: true, message_ts: message.ts };
    },
  },
  "chat.update": {
    scopes: write,
    run(context) {
      const { args, workspace, echo } = context;
      const found = lasting(context);
      if ("error" in found) return fail(found.error);
      if (found.message.user !== workspace.bot.id) return fail("cant_update_message");
      if (!hasContent(args)) return fail("no_text");
      const previous = { ...found.message };
      const changed = content(args);
      found.message.text = changed.text;
      if (changed.blocks !== undefined) found.message.blocks = withIds(changed.blocks, workspace.nextId);
      else if (args.text !== undefined) delete found.message.blocks;
      if (changed.attachments !== undefined) found.message.attachments = changed.attachments;
      found.message.edited = { user: workspace.bot.id, ts: workspace.nextTs() };
      echo.changed(found.message, previous);
      const { channel, ts, text } = found.message;
      return { ok: true, channel, ts, text, message: messageObject(found.message, workspace) };
    },
  },
  "chat.delete": {
    scopes: write,
    run(context) {
      const { workspace, echo } = context;
      const found = lasting(context);
      if ("error" in found) return fail(found.error);
      if (found.message.user !== workspace.bot.id) return fail("cant_delete_message");
      workspace.remove(found.message);
      echo.deleted(found.message);
      return { ok: true, channel: found.message.channel, ts: found.message.ts };
    },
  },
  "chat.getPermalink": {
    run(context) {
      const { args, workspace } = context;
      const found = lasting({ ...context, args: { channel: args.channel, ts: args.message_ts } });
      if ("error" in found) return fail(found.error);
      const { channel, ts } = found.message;
      const permalink = `https://${workspace.team.domain}.slack.com/archives/${channel}/p${ts.replace(".", "")}`;
      return { ok: true, channel, permalink };
    },
  },
};

/** A channel by id or name, or a person, which means the direct conversation with them. */
function destination(context: MethodContext) {
  const { workspace } = context;
  const given = String(context.args.channel);
  if (workspace.users.has(given)) return workspace.directMessage(given);
  const named = [...workspace.channels.values()].find((channel) => channel.name === given.replace(/^#/, ""));
  return visibleChannel(context, given) ?? (named === undefined ? undefined : visibleChannel(context, named.id));
}

/** The message that `channel` and `ts` name; an ephemeral one cannot be found again. */
export function lasting(context: MethodContext, ts = context.args.ts): { message: SlackMessage } | { error: string } {
  const channel = visibleChannel(context, context.args.channel);
  if (channel === undefined) return { error: "channel_not_found" };
  const message = context.workspace.message(channel.id, String(ts));
  return message === undefined || message.ephemeral_to !== undefined ? { error: "message_not_found" } : { message };
}

function hasContent(args: Json): boolean {
  const text = textOf(args.text) ?? textOf(args.markdown_text) ?? "";
  return text !== "" || objectsIn(args.blocks).length > 0 || objectsIn(args.attachments).length > 0;
}

function content(args: Json): { text: string; blocks?: Json[]; attachments?: Json[] } {
  return {
    text: textOf(args.text) ?? textOf(args.markdown_text) ?? "",
    ...(args.blocks === undefined ? {} : { blocks: objectsIn(args.blocks) }),
    ...(args.attachments === undefined ? {} : { attachments: objectsIn(args.attachments) }),
  };
}
