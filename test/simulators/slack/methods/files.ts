import { objectsIn, textOf } from "../json.ts";
import { fail, type Method } from "./method.ts";

/** Sending a file in three steps: ask for an address, send the bytes there, say where the file goes. */
export const fileMethods: Record<string, Method> = {
  "files.getUploadURLExternal": {
    scopes: () => ["files:write"],
    run({ workspace, url }) {
      const id = workspace.nextId("F");
      return { ok: true, upload_url: `${url}/upload/${id}`, file_id: id };
    },
  },
  "files.completeUploadExternal": {
    scopes: () => ["files:write"],
    run({ args, workspace, echo }) {
      const files = objectsIn(args.files).map((file) => ({ ...file, title: file.title ?? String(file.id) }));
      if (files.length === 0) return fail("invalid_arguments");
      const channel = textOf(args.channel_id);
      if (channel === undefined) return { ok: true, files };
      if (!workspace.channels.has(channel)) return fail("channel_not_found");
      const thread_ts = textOf(args.thread_ts);
      const message = workspace.post({
        channel,
        user: workspace.bot.id,
        bot_id: workspace.bot.bot_id,
        text: textOf(args.initial_comment) ?? "",
        files,
        ...(thread_ts === undefined ? {} : { thread_ts }),
      });
      echo.posted(message);
      return { ok: true, files };
    },
  },
};
