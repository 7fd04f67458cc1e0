import { objectsIn, textOf } from "../json.ts";
import { fileObject } from "../objects.ts";
import { fail, type Method, visibleChannel } from "./method.ts";

/** Sending a file in three steps: ask for an address, send the bytes there, say where the file goes. */
export const fileMethods: Record<string, Method> = {
  "files.getUploadURLExternal": {
    scopes: () => ["files:write"],
    run({ args, workspace, url }) {
      const { filename, length } = args;
      if (typeof length !== "number" || length < 1) return fail("invalid_arguments");
      const id = workspace.nextId("F");
      workspace.uploads.set(id, { name: String(filename), length });
      return { ok: true, upload_url: `${url}/upload/${id}`, file_id: id };
    },
  },
  "files.completeUploadExternal": {
    scopes: () => ["files:write"],
    run(context) {
      const { args, workspace, echo } = context;
      const wanted = objectsIn(args.files);
      if (wanted.length === 0) return fail("invalid_arguments");
      const uploads = wanted.map(({ id }) => workspace.uploads.get(String(id)));
      if (uploads.some((upload) => upload === undefined || (upload.received ?? 0) < upload.length))
        return fail("file_not_found");
      const files = wanted.map((file, index) => ({
        ...fileObject({ name: uploads[index]?.name ?? "" }, workspace.bot.id, workspace),
        id: file.id,
        title: file.title ?? uploads[index]?.name,
        size: uploads[index]?.length,
      }));
      for (const { id } of wanted) workspace.uploads.delete(String(id));
      if (textOf(args.channel_id) === undefined) return { ok: true, files };
      const channel = visibleChannel(context, args.channel_id);
      if (channel === undefined) return fail("channel_not_found");
      if (!channel.members.has(workspace.bot.id)) return fail("not_in_channel");
      const thread_ts = textOf(args.thread_ts);
      const message = workspace.post({
        channel: channel.id,
        user: workspace.bot.id,
        bot_id: workspace.bot.bot_id,
        subtype: "file_share",
        text: textOf(args.initial_comment) ?? "",
        files,
        ...(thread_ts === undefined ? {} : { thread_ts }),
      });
      echo.posted(message);
      return { ok: true, files };
    },
  },
};
