import type { FilesCompleteUploadExternalArguments } from "@slack/web-api";
import type { OutFile } from "../../../contracts/message.ts";
import { PlatformError } from "../../../contracts/platform.ts";
import type { Client } from "./client.ts";
import type { Place } from "./thread-ids.ts";

/** Sends files into a conversation or thread, where they stand as one message (docs.slack.dev: "Working with files"). */
export async function sendFiles(client: Client, { channel, thread }: Place, files: readonly OutFile[]): Promise<void> {
  const uploaded: { id: string; title: string }[] = [];
  for (const file of files) uploaded.push({ id: await upload(client, file), title: file.name });
  const [first, ...others] = uploaded;
  if (first === undefined) return;
  await client.call("files.completeUploadExternal", {
    files: [first, ...others],
    channel_id: channel,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  } as FilesCompleteUploadExternalArguments);
}

async function upload(client: Client, { name, content }: OutFile): Promise<string> {
  if (content.byteLength === 0) throw new PlatformError("refused", `Slack takes no empty file, and ${name} is empty.`);
  const { file_id, upload_url } = await client.call("files.getUploadURLExternal", {
    filename: name,
    length: content.byteLength,
  });
  if (file_id === undefined || upload_url === undefined)
    throw new PlatformError("unavailable", "Slack did not say where the file goes.");
  await client.upload(upload_url, content);
  return file_id;
}
